import { expect, it } from 'vitest'
import { bytesPerBlock, decodeQ4, decodeQ4Numbers, q4ScaleBytes, weightsPerBlock } from '../../../src/llm/model-files/q4-block.ts'

/** A block with a scale in binary16 bits, and byte j of the sixteen. */
function block(scaleBits: number, byteAt: (j: number) => number): Uint8Array {
  return Uint8Array.from([scaleBits & 0xff, scaleBits >> 8, ...Array.from({ length: 16 }, (_, j) => byteAt(j))])
}

it('reads the low half of byte j as weight j, the high half as weight j + 16, less eight', () => {
  // Byte j = 0xf0 + j: low half j gives j − 8 for weights 0..15, high half 15 gives 7 for weights 16..31.
  const numbers = decodeQ4Numbers(block(0, j => 0xf0 + j))
  expect([...numbers.slice(0, 16)]).toEqual([-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7])
  expect([...numbers.slice(16)]).toEqual(new Array(16).fill(7))
})

it.each([
  // binary16: sign, exponent − 15, fraction / 1024.
  ['1', 0x3c00, 1],
  ['−2', 0xc000, -2],
  // 0x2e66: exponent 11 − 15 = −4, fraction 0x266 = 614: (1 + 614/1024) / 16
  ['about 0.1', 0x2e66, (1 + 614 / 1024) / 16],
  ['the smallest subnormal', 0x0001, 2 ** -24],
  ['zero', 0x0000, 0],
])('scales a block by a 16-bit float: %s', (_, bits, scale) => {
  // Byte 0x19: weight 0 is 9 − 8 = 1, weight 16 is 1 − 8 = −7.
  const weights = decodeQ4(block(bits, () => 0x19))
  expect(weights).toHaveLength(weightsPerBlock)
  expect(weights[0]).toBe(Math.fround(scale))
  expect(weights[16]).toBe(Math.fround(-7 * scale))
})

it('keeps each block with its own scale', () => {
  const two = Uint8Array.from([...block(0x3c00, () => 0x99), ...block(0x4000, () => 0x99)])
  expect(two).toHaveLength(2 * bytesPerBlock)
  expect([...q4ScaleBytes(two)]).toEqual([0x00, 0x3c, 0x00, 0x40])
  const weights = decodeQ4(two)
  expect([weights[31], weights[32]]).toEqual([1, 2])
})
