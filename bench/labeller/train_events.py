"""
Trains what tells the events (crash, injury, danger): for each an attention over the states of three layers of a trained network, which stays as it is. `python train_events.py WORK`, after
train.py WORK all. The weights go to events.pt. Printed, cross-validated over families: average precision, and recall at the precision of several cuts.
"""
import argparse, json, os, random
import numpy as np, torch
import torch.nn as nn, torch.nn.functional as F
from network import Labeller, attended, batches, dropout, embedded, hidden, load_encoder

cli = argparse.ArgumentParser()
cli.add_argument('work')
cli.add_argument('--model', default=os.path.expanduser('~/.cache/fishbone/models/multilingual-e5-small/onnx/model.onnx'))
cli.add_argument('--passes', type=int, default=8)
cli.add_argument('--seed', type=int, default=1)
args = cli.parse_args()
event_layers = (6, 9, 12)  # as in labeller-graph.ts
rate, weight_decay, batch = 2e-3, 0.01, 64
event_weight = 3  # of a text written for its events
width_of_states = hidden * len(event_layers)

lines = lambda name: [json.loads(line) for line in open(f'{args.work}/{name}')]
labels = json.load(open(f'{args.work}/labels.json'))
events, rows = labels['events'], lines('texts.jsonl') + lines('events.jsonl')
first_written = len(rows) - len(lines('events.jsonl'))
due = np.array([[row['events'][event] or 0 for event in events] for row in rows], np.float32)
known = np.array([[row['events'][event] is not None for event in events] for row in rows], np.float32)
weight = known * np.where(np.arange(len(rows)) < first_written, 1, event_weight)[:, None].astype(np.float32)


class Events(nn.Module):
    def __init__(self):
        super().__init__()
        self.att, self.out = nn.Parameter(torch.randn(width_of_states, len(events)) * 0.02), nn.Parameter(torch.randn(width_of_states, len(events)) * 0.03)
        self.bias = nn.Parameter(torch.full((len(events),), -3.0))

    def forward(self, x, is_token):
        x = F.dropout(x, dropout, self.training)
        return attended(x @ self.att, x @ self.out, is_token) + self.bias


def read_states():
    """Of every text, a row a token, as the network leaves them."""
    load_encoder(args.model)
    net = Labeller(len(labels['symptoms']) + len(labels['components']) + 1)
    net.load_state_dict(torch.load(f'{args.work}/all.pt'))
    net.eval()
    states = [None] * len(rows)
    with torch.no_grad():
        for chosen in batches([row['ids'] for row in rows], batch, False):
            x, is_token = embedded([rows[i]['ids'] for i in chosen], False)
            layers = net.upper(net.middle(x, is_token), is_token)
            all_states = torch.cat([layers[layer - 6] for layer in event_layers], -1)
            for position, i in enumerate(chosen): states[i] = all_states[position, :len(rows[i]['ids'])].clone()
    return states


def padded(chosen):
    is_token = nn.utils.rnn.pad_sequence([torch.ones(len(states[i]), dtype=torch.bool) for i in chosen], batch_first=True)
    return nn.utils.rnn.pad_sequence([states[i] for i in chosen], batch_first=True).float(), is_token


def trained(chosen_rows):
    torch.manual_seed(args.seed), random.seed(args.seed)
    net, in_order = Events(), [rows[i]['ids'] for i in chosen_rows]
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=weight_decay)
    steps, step = args.passes * len(batches(in_order, batch, False)), 0
    net.train()
    for _ in range(args.passes):
        for positions in batches(in_order, batch, True):
            chosen = [chosen_rows[position] for position in positions]
            for group in optimizer.param_groups: group['lr'] = rate * min(1, step / (0.06 * steps)) * (1 - step / steps)
            losses = F.binary_cross_entropy_with_logits(net(*padded(chosen)), torch.tensor(due[chosen]), reduction='none') * torch.tensor(weight[chosen])
            optimizer.zero_grad()
            (losses.sum() / len(chosen)).backward()
            optimizer.step()
            step += 1
    return net.eval()


def read(net, chosen_rows):
    found = np.zeros((len(chosen_rows), len(events)), np.float32)
    with torch.no_grad():
        for positions in batches([rows[i]['ids'] for i in chosen_rows], batch, False):
            found[positions] = torch.sigmoid(net(*padded([chosen_rows[position] for position in positions]))).numpy()
    return found


def report(chances, of, asked_rows):
    for at, event in enumerate(events):
        asked = (known[:, at] > 0) & asked_rows
        is_told, chance = due[asked, at] > 0, chances[asked, at]
        ranked = is_told[np.argsort(-chance, kind='stable')]
        precision = (np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean()
        cuts = ', '.join(f'from {cut}: {(is_told & (chance >= cut)).sum() / max(1, (chance >= cut).sum()):.2f} right, {(is_told & (chance >= cut)).sum() / is_told.sum():.2f} found' for cut in (.2, .3, .5, .7))
        print(f'{of}, {event}: {is_told.sum()} texts, average precision {precision:.3f}; {cuts}', flush=True)


states = read_states()
chances = np.zeros_like(due)
for fold in (0, 1, 2):
    left_out = [i for i, row in enumerate(rows) if row['fold'] == fold]
    chances[left_out] = read(trained([i for i, row in enumerate(rows) if row['fold'] != fold]), left_out)
report(chances, 'labelled texts', np.arange(len(rows)) < first_written)
if first_written < len(rows): report(chances, 'texts written for events', np.arange(len(rows)) >= first_written)
net = trained(list(range(len(rows))))
torch.save(net.state_dict(), f'{args.work}/events.pt')
json.dump({row['id']: [round(float(chance), 4) for chance in found] for row, found in zip(rows, chances)}, open(f'{args.work}/events-folds.json', 'w'))
