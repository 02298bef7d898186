"""The network of the text labeller and how texts come to it: the lower six layers of multilingual-e5-small as they are, the upper six to be trained. Needs torch, numpy and onnx."""
import random
import numpy as np, onnx, torch
import torch.nn as nn, torch.nn.functional as F
from onnx import numpy_helper

frozen, hidden, heads = 6, 384, 12
word_dropout, dropout = 0.1, 0.1

floats, words = {}, None


def load_encoder(file):
    """Reads the weights of the encoder; to be called before a `Labeller` is made."""
    global words
    tensors = {one.name: numpy_helper.to_array(one) for one in onnx.load(file).graph.initializer}
    floats.update({name: torch.tensor(value.copy()) for name, value in tensors.items() if value.dtype == np.float32})
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
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.lower = [Layer(number, False) for number in range(frozen)]
        self.layers = nn.ModuleDict({str(number): Layer(number, True) for number in range(frozen, 12)})
        self.att, self.out = nn.Parameter(torch.randn(hidden, width) * 0.02), nn.Parameter(torch.randn(hidden, width) * 0.05)
        self.bias = nn.Parameter(torch.full((width,), -3.0))

    def middle(self, x, is_token):
        """After the frozen layers."""
        with torch.no_grad():
            for layer in self.lower: x = layer(x, mask_of(is_token))
        return x

    def upper(self, middle, is_token):
        """`middle`, and the states after each layer that is trained."""
        states = [middle]
        for layer in self.layers.values(): states.append(layer(states[-1], mask_of(is_token)))
        return states

    def heard(self, last, is_token):
        both = F.dropout(last, dropout, self.training) @ torch.cat([self.att, self.out], 1).bfloat16()
        return attended(both[..., :self.width], both[..., self.width:], is_token) + self.bias

    def forward(self, x, is_token):
        return self.heard(self.upper(self.middle(x, is_token), is_token)[-1], is_token)


def mask_of(is_token):
    return torch.zeros(is_token.shape, dtype=torch.bfloat16).masked_fill(~is_token, -1e4)[:, None, None, :]


def attended(attention, evidence, is_token):
    """Sum of the evidence of the tokens, by a softmax of the attention over them."""
    return (F.softmax(attention.float().masked_fill(~is_token[:, :, None], -1e4), 1) * evidence.float()).sum(1)


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
