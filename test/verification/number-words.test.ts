import { describe, expect, it } from 'vitest'
import { englishNumberPattern, readChineseNumber, readEnglishNumber } from '../../src/verification/number-words.ts'

describe('numbers in words', () => {
  it.each([
    ['zero', 0], ['seven', 7], ['twenty-three', 23], ['one hundred and five', 105], ['a hundred', 100], ['two thousand three hundred', 2_300],
    ['a dozen', 12], ['two dozen', 24], ['one hundred twenty-three thousand', 123_000], ['seven point four', 7.4],
  ])('reads %s as %s', (text, value) => {
    expect(text.match(new RegExp(englishNumberPattern, 'i'))?.[0]).toBe(text)
    expect(readEnglishNumber(text).value).toBeCloseTo(value, 12)
  })

  it.each([
    ['两', 2], ['十', 10], ['二十三', 23], ['一百零五', 105], ['三点五', 3.5], ['十二万三千', 123_000], ['二〇二四', 2024], ['廿三', 23], ['贰拾叁', 23], ['一亿零二', 100_000_002], ['二一', 21],
  ])('reads %s as %s', (text, value) => {
    expect(readChineseNumber(text).value).toBeCloseTo(value, 12)
  })

  it('counts the decimals that were spoken', () => {
    expect(readEnglishNumber('seven point four').decimals).toBe(1)
    expect(readChineseNumber('三点五二').decimals).toBe(2)
  })
})
