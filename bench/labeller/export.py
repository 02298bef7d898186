"""Hands a trained labeller to write-labeller.ts: `python export.py WORK` reads all.pt and events.pt there, writes weights.json and weights.bin (float32, rows of a matrix are output features)."""
import json, sys
import torch

work = sys.argv[1]
state = torch.load(f'{work}/all.pt')
tensors = {}
for layer in sorted({int(name.split('.')[1]) for name in state if name.startswith('layers.')}):
    part = lambda name: state[f'layers.{layer}.{name}'].float()
    for column, name in enumerate('qkv'):
        tensors[f'l{layer}.{name}.w'] = part('attention_w')[:, column * 384:(column + 1) * 384].t()
        tensors[f'l{layer}.{name}.b'] = part('attention_b')[column * 384:(column + 1) * 384]
    for name in ('ao', 'fi', 'fo'):
        tensors[f'l{layer}.{name}.w'], tensors[f'l{layer}.{name}.b'] = part(f'{name}_w').t(), part(f'{name}_b')
    for name in ('aln', 'oln'):
        tensors[f'l{layer}.{name}.w'], tensors[f'l{layer}.{name}.b'] = part(f'{name}_w'), part(f'{name}_b')
events = torch.load(f'{work}/events.pt')
tensors |= {'attend': state['att'], 'tell': state['out'], 'bias': state['bias']}
tensors |= {'event.attend': events['att'], 'event.tell': events['out'], 'event.bias': events['bias']}
index, at = {}, 0
with open(f'{work}/weights.bin', 'wb') as file:
    for name, tensor in tensors.items():
        index[name] = [at, tensor.numel()]
        file.write(tensor.float().contiguous().numpy().tobytes())
        at += tensor.numel() * 4
json.dump(index, open(f'{work}/weights.json', 'w'))
