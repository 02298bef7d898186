"""
Trains the text labeller: the upper six layers of multilingual-e5-small, and for each label an attention over the tokens. `python train.py WORK FOLD [--seed N]`, after texts.ts.

FOLD is 0, 1 or 2: texts of that fold are left out and read afterwards, into fold-<n>.json (id -> chances: symptoms, components, quality issue). The weights go to <fold>.pt; those of `all` are what ships.
Needs torch, numpy and onnx from the Python registry. A processor with bf16 matrix units takes about 80 s a pass over 11,000 texts on two cores; two runs of one
thread each, side by side, take less time than one after the other with two.
"""
import argparse, json, os, random, time
import numpy as np, onnx, torch
import torch.nn as nn, torch.nn.functional as F
from onnx import numpy_helper

cli = argparse.ArgumentParser()
cli.add_argument('work')
cli.add_argument('fold')
cli.add_argument('--model', default=os.path.expanduser('~/.cache/fishbone/models/multilingual-e5-small/onnx/model.onnx'))
cli.add_argument('--epochs', type=int, default=8)
cli.add_argument('--seed', type=int, default=1)
cli.add_argument('--threads', type=int, default=1)
args = cli.parse_args()
frozen, hidden, heads = 6, 384, 12
rate, head_rate, weight_decay, batch, word_dropout, dropout = 3e-4, 2e-3, 0.01, 32, 0.1, 0.1
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


tensors = {one.name: numpy_helper.to_array(one) for one in onnx.load(args.model).graph.initializer}
floats = {name: torch.tensor(value.copy()) for name, value in tensors.items() if value.dtype == np.float32}
blocks = tensors['word.numbers'].astype(np.float32).reshape(*tensors['word.scales'].shape[:2], -1)
words = torch.tensor(blocks * tensors['word.scales'].astype(np.float32)).reshape(-1, hidden).half()


class Layer(nn.Module):
    """Post-layer-norm BERT. Attention is written out: the fused one is eight times slower backwards on a processor."""

    def __init__(self, number, is_trained):
        super().__init__()
        for part in ('attention', 'ao', 'fi', 'fo', 'aln', 'oln'):
            for kind in 'wb':
                weight = floats[f'l{number}.{part}.{kind}'].clone()
                setattr(self, f'{part}_{kind}', nn.Parameter(weight if is_trained else weight.bfloat16(), requires_grad=is_trained))

    def dense(self, x, part):
        return F.linear(x, getattr(self, f'{part}_w').bfloat16().t(), getattr(self, f'{part}_b').bfloat16())

    def norm(self, x, part):
        return F.layer_norm(x, (hidden,), getattr(self, f'{part}_w').bfloat16(), getattr(self, f'{part}_b').bfloat16(), 1e-12)

    def forward(self, x, mask):
        rows, tokens, _ = x.shape
        q, k, v = self.dense(x, 'attention').view(rows, tokens, 3, heads, hidden // heads).permute(2, 0, 3, 1, 4)
        attended = F.softmax(q * (hidden // heads) ** -0.5 @ k.transpose(-1, -2) + mask, -1) @ v
        x = self.norm(self.dense(attended.transpose(1, 2).reshape(rows, tokens, hidden), 'ao') + x, 'aln')
        return self.norm(self.dense(F.gelu(self.dense(x, 'fi').float()).bfloat16(), 'fo') + x, 'oln')


class Labeller(nn.Module):
    def __init__(self):
        super().__init__()
        self.lower = [Layer(number, False) for number in range(frozen)]
        self.layers = nn.ModuleDict({str(number): Layer(number, True) for number in range(frozen, 12)})
        self.att, self.out = nn.Parameter(torch.randn(hidden, width) * 0.02), nn.Parameter(torch.randn(hidden, width) * 0.05)
        self.bias = nn.Parameter(torch.full((width,), -3.0))

    def forward(self, x, is_token):
        mask = torch.zeros(is_token.shape, dtype=torch.bfloat16).masked_fill(~is_token, -1e4)[:, None, None, :]
        with torch.no_grad():
            for layer in self.lower: x = layer(x, mask)
        for layer in self.layers.values(): x = layer(x, mask)
        both = F.dropout(x, dropout, self.training) @ torch.cat([self.att, self.out], 1).bfloat16()
        attention = F.softmax(both[..., :width].float().masked_fill(~is_token[:, :, None], -1e4), 1)
        return (attention * both[..., width:].float()).sum(1) + self.bias


def embedded(ids, is_training):
    longest = -(-max(map(len, ids)) // 16) * 16
    tokens, is_token = torch.ones(len(ids), longest, dtype=torch.long), torch.zeros(len(ids), longest, dtype=torch.bool)
    for row, one in enumerate(ids): tokens[row, :len(one)], is_token[row, :len(one)] = torch.tensor(one), True
    if is_training: tokens = torch.where((torch.rand(tokens.shape) < word_dropout) & (tokens > 3), torch.full_like(tokens, 3), tokens)
    return F.layer_norm(words[tokens].float() + floats['positions'][:longest], (hidden,), floats['emb.ln.w'], floats['emb.ln.b'], 1e-12).bfloat16(), is_token


def batches(items, size, is_shuffled):
    """Texts of like length together, for little padding."""
    order = list(range(len(items)))
    if is_shuffled: random.shuffle(order)
    chunks = [sorted(order[at:at + size * 40], key=lambda i: len(items[i])) for at in range(0, len(order), size * 40)]
    cut = [chunk[at:at + size] for chunk in chunks for at in range(0, len(chunk), size)]
    if is_shuffled: random.shuffle(cut)
    return cut


net = Labeller()
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
