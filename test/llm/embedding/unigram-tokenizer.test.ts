import { expect, it } from 'vitest'
import { createUnigramTokenizer, prepareText } from '../../../src/llm/embedding/unigram-tokenizer.ts'

const vocab: [string, number][] = [
  ['<s>', 0], ['<pad>', 0], ['</s>', 0], ['<unk>', 0],
  ['▁', -2], ['▁刹车', -5], ['刹', -4], ['车', -4], ['▁刹', -6], ['异响', -3], ['😡', -7], ['<s', -1], ['>', -1],
]
const special = ['<s>', '<pad>', '</s>', '<unk>'].map((content, id) => ({ id, content }))
const tokenizer = createUnigramTokenizer({ added_tokens: special, model: { type: 'Unigram', unk_id: 3, vocab } })

it.each([
  // ▁刹车 (−5) beats ▁ + 刹 + 车 (−10) and ▁刹 + 车 (−10).
  ['刹车异响', [5, 9]],
  ['异响', [4, 9]],
  ['刹车 刹', [5, 8]],
  // Outside the basic plane: two UTF-16 units, one piece.
  ['异响😡', [4, 9, 10]],
  // Three unknown characters in a row, one of them two units long, are one unknown token.
  ['异响xy😀车', [4, 9, 3, 7]],
  // A special token spelt out in a text is cut like any text: ▁, <s, >.
  ['<s>', [4, 11, 12]],
  ['', [4]],
])('cuts %s along the most likely path', (text, expected) => {
  expect(tokenizer.encode(text)).toEqual([0, ...expected, 2])
})

it.each([
  ['  two   spaces ', '▁two▁spaces▁'],
  ['line\nbreak\ttab', '▁line▁break▁tab'],
  ['１２Ｖ', '▁12V'],
  ['a～b', '▁a～b'],
  ['bell\u0007gone', '▁bellgone'],
])('prepares %j', (text, expected) => {
  expect(prepareText(text)).toBe(expected)
})

it('refuses a vocabulary without its special tokens', () => {
  expect(() => createUnigramTokenizer({ added_tokens: [], model: { type: 'Unigram', unk_id: 3, vocab } })).toThrow('<s>')
})
