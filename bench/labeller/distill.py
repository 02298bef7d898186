"""
One network that says what several say together: `python distill.py WORK TEACHER...`, work folders of trained networks, after texts.ts WORK. It begins as the first of them and learns the mean of their
chances (Hinton, Vinyals and Dean 2015, arXiv:1503.02531) on the training texts, the spoken sentences and stretches of complaints nobody labelled, each with words left out and a third with another
text behind it, so that the teachers are asked about texts they have not read. A part of the stretches is left out; printed of it: how far the student, and each teacher alone, is from that mean.
The weights go to WORK/all.pt.
"""
import argparse, json, os, random, time
import torch
import torch.nn as nn, torch.nn.functional as F
from network import Labeller, batches, embedded, load_encoder

cli = argparse.ArgumentParser()
cli.add_argument('work')
cli.add_argument('teachers', nargs='+')
cli.add_argument('--model', default=os.path.expanduser('~/.cache/fishbone/models/multilingual-e5-small/onnx/model.onnx'))
cli.add_argument('--epochs', type=int, default=2)
cli.add_argument('--seed', type=int, default=1)
cli.add_argument('--threads', type=int, default=2)
args = cli.parse_args()
rate, head_rate, weight_decay, batch = 1e-4, 5e-4, 0.01, 32
joined_share, longest_joined, left_out_share = 1 / 3, 110, 0.04
torch.manual_seed(args.seed), random.seed(args.seed), torch.set_num_threads(args.threads)

lines = lambda name: [json.loads(line)['ids'] for line in open(f'{args.work}/{name}')]
labels = json.load(open(f'{args.work}/labels.json'))
width = len(labels['symptoms']) + len(labels['components']) + 1
stretches = lines('unlabelled.jsonl')
random.shuffle(stretches)
left_out, stretches = stretches[:int(left_out_share * len(stretches))], stretches[int(left_out_share * len(stretches)):]
texts = lines('texts.jsonl') + lines('spoken.jsonl') + stretches
load_encoder(args.model)


def network(folder):
    net = Labeller(width)
    net.load_state_dict(torch.load(f'{folder}/all.pt'))
    return net


student, teachers = network(args.teachers[0]), [network(folder).eval() for folder in args.teachers]


def said(net, middle, is_token):
    return net.heard(net.upper(middle, is_token)[-1], is_token)


def mean_chances(middle, is_token):
    with torch.no_grad():
        return torch.stack([torch.sigmoid(said(teacher, middle, is_token)) for teacher in teachers]).mean(0)


def joined(ids):
    """`query: one` and `query: other` as `query: one other`, where both are short."""
    other = texts[random.randrange(len(texts))]
    return ids[:-1] + other[4:] if random.random() < joined_share and len(ids) + len(other) <= longest_joined else ids


def distance(chances, mean):
    return F.binary_cross_entropy(chances.clamp(1e-6, 1 - 1e-6), mean) - F.binary_cross_entropy(mean.clamp(1e-6, 1 - 1e-6), mean)


def validate():
    student.eval()
    sums, count = torch.zeros(1 + len(teachers)), 0
    with torch.no_grad():
        for chosen in batches(left_out, 64, False):
            x, is_token = embedded([left_out[i] for i in chosen], False)
            middle = student.middle(x, is_token)
            mean = mean_chances(middle, is_token)
            sums += len(chosen) * torch.stack([distance(torch.sigmoid(said(net, middle, is_token)), mean) for net in [student, *teachers]])
            count += len(chosen)
    return ', '.join(f'{who} {1e4 * float(one):.2f}' for who, one in zip(['student', *(f'teacher {at + 1}' for at in range(len(teachers)))], sums / count))


optimizer = torch.optim.AdamW([{'params': student.layers.parameters(), 'lr': rate, 'weight_decay': weight_decay},
                               {'params': [student.att, student.out, student.bias], 'lr': head_rate, 'weight_decay': 0.0}], betas=(0.9, 0.98), fused=True)
rates = [group['lr'] for group in optimizer.param_groups]
steps, step, started = args.epochs * len(batches(texts, batch, False)), 0, time.time()
print('nats a label from the mean, times 10,000, before:', validate(), flush=True)
for epoch in range(args.epochs):
    student.train()
    for chosen in batches(texts, batch, True):
        for group, full in zip(optimizer.param_groups, rates): group['lr'] = full * min(1, step / (0.06 * steps)) * (1 - step / steps)
        x, is_token = embedded([joined(texts[i]) for i in chosen], True)
        middle = student.middle(x, is_token)
        due = mean_chances(middle, is_token)
        loss = F.binary_cross_entropy_with_logits(said(student, middle, is_token), due, reduction='sum') / len(chosen)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 200 == 0: print(f'step {step} of {steps}, {time.time() - started:.0f} s', flush=True)
    print(f'pass {epoch + 1} of {args.epochs}, {time.time() - started:.0f} s:', validate(), flush=True)
    torch.save(student.state_dict(), f'{args.work}/all.pt')
