import { describe, expect, it } from 'vitest'
import { readWording } from '../../../src/vocabulary-files.ts'
import { fill, parseWording, spell } from '../../../src/workflow/root-causes/wording.ts'

const wording = parseWording(readWording('root-causes'))
const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+?)(?:Zh)?\}/g)].map(match => match[1]!).sort()

describe('the words of an analysis', () => {
  const both = [...Object.entries(wording.dimension), ...Object.entries(wording.candidate), ...Object.entries(wording.verdict)]
  it.each(both.filter(([key]) => key !== 'supplier' && key !== 'lot'))('%s says the same values in English and Chinese', (_key, { en, zh }) => {
    expect(new Set(namesIn(zh))).toEqual(new Set(namesIn(en)))
  })

  it('refuses other shapes and missing values', () => {
    expect(() => parseWording({ dimension: {} })).toThrowError(expect.objectContaining({ code: 'FB_VOCABULARY_INVALID' }))
    expect(() => fill('{a} and {b}', { a: 1 })).toThrowError(expect.objectContaining({ code: 'FB_VOCABULARY_INVALID' }))
    expect(fill('{a} and {b}', { a: 1, b: 'two' })).toBe('1 and two')
  })

  it.each([[3.1, '3.1'], [0.0723, '0.072'], [15.64, '15.6'], [412.4, '412'], [0, '0'], [Infinity, '∞'], [null, '∞'], [23, '23'], [1e-7, '1e-7']])('spells %s as %s', (value, text) => {
    expect(spell(value)).toBe(text)
  })
})
