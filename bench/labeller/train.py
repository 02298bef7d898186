"""
Trains the text labeller: the upper six layers of multilingual-e5-small, and for each label an attention over the tokens. `python train.py WORK FOLD [--seed N]`, after texts.ts.

FOLD is 0, 1 or 2: texts of that fold are left out and read afterwards, into fold-<n>.json (id -> chances: symptoms, components, quality issue). The weights go to <fold>.pt; those of `all` are what ships.
Needs torch, numpy and onnx from the Python registry. A processor with bf16 matrix units takes about 80 s a pass over 11,000 texts on two cores; two runs of one
thread each, side by side, take less time than one after the other with two.
"""
import argparse, json, os, random, time
import numpy as np, torch
import torch.nn as nn, torch.nn.functional as F
from network import Labeller, batches, embedded, load_encoder

cli = argparse.ArgumentParser()
cli.add_argument('work')
cli.add_argument('fold')
cli.add_argument('--model', default=os.path.expanduser('~/.cache/fishbone/models/multilingual-e5-small/onnx/model.onnx'))
cli.add_argument('--epochs', type=int, default=8)
cli.add_argument('--seed', type=int, default=1)
cli.add_argument('--threads', type=int, default=1)
args = cli.parse_args()
rate, head_rate, weight_decay, batch = 3e-4, 2e-3, 0.01, 32
dev_weight = 2  # of a text by the hand whose texts are measured
other_answer, optional_answer = 0.5, 0.7  # what a key counts that an honest reader could give instead, and one that may be left out
torch.manual_seed(args.seed), random.seed(args.seed), torch.set_num_threads(args.threads)

lines = lambda name: [json.loads(line) for line in open(f'{args.work}/{name}')]
texts, spoken, labels = lines('texts.jsonl'), lines('spoken.jsonl'), json.load(open(f'{args.work}/labels.json'))
symptoms, components = labels['symptoms'], labels['components']
place = {('symptoms', key): at for at, key in enumerate(symptoms)} | {('components', key): len(symptoms) + at for at, key in enumerate(components)}
width = len(place) + 1  # the last one: is it a quality issue


def target_of(text):
    due = np.zeros(width, np.float32)
    for side in ('symptoms', 'components'):
        for slot in text[side]:
            for nth, key in enumerate(slot['keys']):
                at = place[side, key]
                due[at] = max(due[at], (1 if nth == 0 else other_answer) * (optional_answer if slot['isOptional'] else 1))
    due[-1] = text['qualityIssue']
    return text['ids'], due, np.full(width, dev_weight if text['split'] == 'dev' else 1, np.float32)


def spoken_target(sentence):
    """Nobody labelled the components of a spoken sentence."""
    due, weight = np.zeros(width, np.float32), np.zeros(width, np.float32)
    weight[:len(symptoms)] = weight[-1] = 1
    due[place['symptoms', sentence['key']]], due[-1] = 1, sentence['key'] != 'not-a-quality-issue'
    return sentence['ids'], due, weight


load_encoder(args.model)
net = Labeller(width)
train = [target_of(text) for text in texts if str(text['fold']) != args.fold] + [spoken_target(one) for one in spoken]
optimizer = torch.optim.AdamW([{'params': net.layers.parameters(), 'lr': rate, 'weight_decay': weight_decay},
                               {'params': [net.att, net.out, net.bias], 'lr': head_rate, 'weight_decay': 0.0}], betas=(0.9, 0.98), fused=True)
rates = [group['lr'] for group in optimizer.param_groups]
ids = [one[0] for one in train]
steps, step, started = args.epochs * len(batches(ids, batch, False)), 0, time.time()
for epoch in range(args.epochs):
    net.train()
    for chosen in batches(ids, batch, True):
        for group, full in zip(optimizer.param_groups, rates): group['lr'] = full * min(1, step / (0.06 * steps)) * (1 - step / steps)
        logits = net(*embedded([train[i][0] for i in chosen], True))
        due, weight = (torch.tensor(np.stack([train[i][side] for i in chosen])) for side in (1, 2))
        loss = (F.binary_cross_entropy_with_logits(logits, due, reduction='none') * weight).sum() / len(chosen)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        step += 1
    print(f'pass {epoch + 1} of {args.epochs}, {time.time() - started:.0f} s, loss of the last batch {loss.item():.2f}', flush=True)

net.eval()
torch.save(net.state_dict(), f'{args.work}/{args.fold}.pt')
if args.fold != 'all':
    left_out, chances = [text for text in texts if str(text['fold']) == args.fold], {}
    with torch.no_grad():
        for chosen in batches([text['ids'] for text in left_out], 64, False):
            read = torch.sigmoid(net(*embedded([left_out[i]['ids'] for i in chosen], False)))
            chances |= {left_out[i]['id']: [round(float(chance), 4) for chance in row] for i, row in zip(chosen, read)}
    json.dump(chances, open(f'{args.work}/fold-{args.fold}.json', 'w'))
