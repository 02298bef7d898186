import { describe, expect, it } from 'vitest'
import { readWording } from '../../src/vocabulary-files.ts'
import { projectRoot } from '../../src/project-root.ts'
import { isSupportedNumber } from '../../src/verification/number-rule.ts'
import { createNumberReader } from '../../src/verification/read-numbers.ts'
import { parseVerificationRules } from '../../src/verification/verification-rules.ts'

const read = createNumberReader(parseVerificationRules(readWording('verification', `${projectRoot}/vocabulary`)))

// The row of llm-layer section 6.
const values = [
  { value: 23, unit: 'claims' }, { value: 3.1, unit: 'claims' }, { value: 7.4194, unit: 'ratio' }, { value: 41, unit: 'claims' },
  { value: 0.561, unit: 'share' }, { value: 123_000, unit: 'cars' }, { value: 0.001, unit: 'probability' },
]
const unsupported = (text: string) => read(text.normalize('NFKC')).filter(mention => !isSupportedNumber(mention, values)).map(mention => mention.text)
const found = (text: string) => read(text.normalize('NFKC')).length

describe('number rule', () => {
  it.each([
    '23 claims against 3.1 expected', '7.4 times', 'about 7', '56 %', '12.3 万辆', 'p < 0.01', '二十三起报告', 'twenty-three claims', '２３ claims', '7.4 倍',
    '百分之五十六', '0.56', '123,000 cars', '123 thousand vehicles', '7.42×', 'p = 0.001', 'p 值小于 0.01', '23 and 41 reports', '561 ‰', '23 of the 41 claims', '12万辆',
    'seven point four times', '23 warranty claims', '56–56 %',
  ])('passes %s', text => {
    expect(found(text)).toBeGreaterThan(0)
    expect(unsupported(text)).toEqual([])
  })

  it.each([
    '7.5 times', '24 claims', '2.3 万', '18 others', '56.2 %', '23 cars', '41 vehicles', 'p < 0.0005', 'p > 0.01', '0 claims', '23 %', 'twice', '翻倍', '两倍', 'half of them', '一半', '三成', '三分之一',
    '二十四起', '24起', '23多起', '23余起', 'a dozen claims', 'two dozen', '1 in 3', '23 batteries', '23 injuries', '23人', '23 个批次', '二一', '1.23 万辆', '123 万辆', '23 percentage points', '23 k', '-23 claims',
    '4 times', '7 claims', '2.3 claims', '23,000 claims', '第二批', 'one claim', '一辆', '三百', 'thirty',
  ])('refuses %s', text => {
    expect(unsupported(text)).not.toEqual([])
  })

  it.each(['one of the candidates', '万一', '进一步检查', '一起检查', '一个批次', '三元锂电池', 'no one', '十分明显'])('reads no number in %s', text => {
    expect(read(text)).toEqual([])
  })

  it('takes both ends of a range with the unit of the second', () => {
    const interval = [{ value: 2.1, unit: 'ratio' }, { value: 9.8, unit: 'ratio' }]
    for (const text of ['2.1–9.8 times', '2.1 to 9.8 times', '2.1至9.8倍', '2.1~9.8 倍'])
      expect(read(text.normalize('NFKC')).every(mention => isSupportedNumber(mention, interval))).toBe(true)
    expect(read('2.1–9.9 times').every(mention => isSupportedNumber(mention, interval))).toBe(false)
  })

  it('lets a whole number stand for no fraction, and 0 only for 0', () => {
    const share = [{ value: 0.6, unit: 'share' }, { value: 0.02, unit: 'ratio' }]
    for (const text of ['1', '0 times', '0.0 times']) expect(read(text).every(mention => isSupportedNumber(mention, share))).toBe(false)
  })
})
