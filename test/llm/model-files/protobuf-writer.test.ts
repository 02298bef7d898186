import { describe, expect, it } from 'vitest'
import { bytesField, encodeVarint, floatField, integerField, lengthPrefix, messageField, textField } from '../../../src/llm/model-files/protobuf-writer.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('wire format', () => {
  it.each([
    // 300 = 0b10_0101100: low seven bits 0x2c with the continuation bit, then 0x02 (the example of the protobuf guide).
    [0, '00'], [1, '01'], [127, '7f'], [128, '8001'], [300, 'ac02'],
    // 2^35: five groups of seven zero bits, then 1.
    [2 ** 35, '808080808001'],
    [-1, 'ffffffffffffffffff01'],
  ])('writes %d as a varint', (value, expected) => {
    expect(hex(encodeVarint(value))).toBe(expected)
  })

  it('puts field number and wire type before a value', () => {
    // Field 1, varint: 1·8 + 0 = 0x08. Field 2, length-delimited: 2·8 + 2 = 0x12. Field 16: 16·8 + 2 = 130 = 0x8201.
    expect(hex(integerField(1, 150))).toBe('089601')
    expect(hex(textField(2, 'testing'))).toBe('120774657374696e67')
    expect(hex(bytesField(16, Uint8Array.of(7)))).toBe('82010107')
    // Field 2, fixed32: 0x15; 1.0 is 0x3f800000, little-endian.
    expect(hex(floatField(2, 1))).toBe('150000803f')
  })

  it('counts the bytes of text, not its characters', () => {
    // 绝 is e7 bb 9d.
    expect(hex(textField(1, '绝'))).toBe('0a03e7bb9d')
  })

  it('nests a message with the length of what it holds', () => {
    expect(hex(messageField(3, [integerField(1, 150)]))).toBe('1a03089601')
    expect(hex(lengthPrefix(3, 3))).toBe('1a03')
  })
})
