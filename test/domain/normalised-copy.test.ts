import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectLanguage, matchingCopy, nfkcCopy, stripInvisible } from '../../src/domain/normalised-copy.ts'

const seed = { seed: 20230109, numRuns: 500 }
const carText = fc
  .array(
    fc.oneof(
      fc.constantFrom('充电', '電池', '１２３', 'ＡＢ', '㎞', '½', '①', 'é', 'é', 'İ', 'ﬁ', '가', '한', 'ｶﾞ', '…', '，', '\u3000', '\n', '😀', '車', 'P0AA6'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map(parts => parts.join(''))

describe('stripInvisible', () => {
  it.each([
    ['tag characters that spell a hidden order', 'a\u{E0069}\u{E0067}b', 'ab'],
    ['zero-width characters in a number', '138\u200B1234\u20605678\uFEFF', '13812345678'],
    ['bidi controls', '\u202Eabc\u2069', 'abc'],
    ['variation selectors', '❤\uFE0F葛\u{E0100}', '❤葛'],
    ['a soft hyphen', '138\u00AD00', '13800'],
    ['a lone surrogate', 'a\uD83Db', 'a\uFFFDb'],
    ['halves of a pair kept apart by an invisible', '\uD83D\u200B\uDE00', '\uFFFD\uFFFD'],
    ['nothing of a normal text', '充电到一半就停了 😀\r\n\tok', '充电到一半就停了 😀\r\n\tok'],
  ])('handles %s', (_, text, expected) => {
    expect(stripInvisible(text)).toBe(expected)
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(stripInvisible(stripInvisible(text))).toBe(stripInvisible(text))
      }),
      seed,
    )
  })
})

describe('nfkcCopy', () => {
  it('is the NFKC form of the whole text', () => {
    fc.assert(
      fc.property(carText, text => {
        expect(nfkcCopy(text).text).toBe(text.normalize('NFKC'))
      }),
      seed,
    )
  })

  it('leads every single unit back to a source span that normalises to something holding it', () => {
    fc.assert(
      fc.property(carText, text => {
        const copy = nfkcCopy(text)
        for (let offset = 0; offset < copy.text.length; offset++) {
          const [start, end] = copy.toSource(offset, offset + 1)
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(text.slice(start, end).normalize('NFKC')).toContain(copy.text.charAt(offset))
        }
      }),
      seed,
    )
  })

  it('maps spans forward in order, whole text to whole text', () => {
    fc.assert(
      fc.property(carText.filter(text => text.length > 0), text => {
        const copy = nfkcCopy(text)
        expect(copy.toSource(0, copy.text.length)).toEqual([0, text.length])
        let last = 0
        for (let offset = 0; offset < copy.text.length; offset++) {
          const [start] = copy.toSource(offset, offset + 1)
          expect(start).toBeGreaterThanOrEqual(last)
          last = start
        }
      }),
      seed,
    )
  })

  it('finds a full-width number and cuts it out of the source', () => {
    const text = '跑了㎞数１２０３４公里'
    const copy = nfkcCopy(text)
    // ㎞ becomes two letters, so the number starts one unit later in the copy: 跑了km数12034
    expect(copy.text.indexOf('12034')).toBe(5)
    expect(copy.toSource(5, 10)).toEqual([4, 9])
    expect(text.slice(4, 9)).toBe('１２０３４')
  })

  it('gives an empty span for an empty range', () => {
    expect(nfkcCopy('㎞a').toSource(2, 2)).toEqual([1, 1])
  })
})

describe('matchingCopy', () => {
  it.each([
    ['動力電池報故障', '动力电池报故障'],
    ['儀表盤黑屏，車機當機', '仪表盘黑屏,车机当机'],
    ['BMS 過溫', 'bms 过温'],
    ['ＯＴＡ升級失敗', 'ota升级失败'],
    ['İSTANBUL', 'istanbul'],
  ])('folds %s', (text, expected) => {
    expect(matchingCopy(text).text).toBe(expected)
  })

  it('keeps the offsets of the NFKC form', () => {
    fc.assert(
      fc.property(carText, text => {
        expect(matchingCopy(text).text).toHaveLength(nfkcCopy(text).text.length)
      }),
      seed,
    )
  })
})

describe('detectLanguage', () => {
  it.each([
    ['充电到一半就停了，仪表提示动力电池故障', 'zh'],
    // 4 Han, 1 word: 0.8
    ['BMS报故障', 'zh'],
    // 2 Han, 4 words: 0.33
    ['the car 黑屏 while driving', 'mixed'],
    ['The car lost power at 60 mph', 'en'],
    // 1 Han, 9 words: exactly 0.1
    ['one two three four five six seven eight nine 车', 'en'],
    // 3 Han, 2 words: exactly 0.6
    ['打不开 sun roof', 'zh'],
    // identifiers are not words
    ['ES8 P0AA6-00 BMS@3.1.4 BAT-100-A 坏了', 'zh'],
    ['[name] 打不开 [vin:veh_0123456789abcdef0123456789abcdef]', 'zh'],
    ['我の车充不上电', 'zh'],
    ['ブレーキが効かない', 'other'],
    ['브레이크가 작동하지 않음', 'other'],
    ['Не заводится', 'other'],
    ['12034', 'other'],
    ['', 'other'],
  ])('%s is %s', (text, expected) => {
    expect(detectLanguage(text)).toBe(expected)
  })
})
