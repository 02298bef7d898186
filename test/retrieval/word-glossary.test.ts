import { describe, expect, it } from 'vitest'
import { readGlossaryFile } from '../../src/vocabulary-files.ts'
import { createWordGlossary } from '../../src/retrieval/word-glossary.ts'
import { languageOf } from '../../src/retrieval/text-language.ts'

const glossary = createWordGlossary({ entries: [
  { zh: ['电池'], en: ['battery'] }, { zh: ['动力电池'], en: ['traction battery', 'battery pack'] }, { zh: ['报警', '警报'], en: ['warning'] }, { zh: ['充电'], en: ['charge', 'charging'] },
] })

describe('createWordGlossary', () => {
  it('takes the longest word at each place and leaves Latin runs as they are', () => {
    expect(glossary.translate('動力電池报警，P0AA6 又来了', 'en')).toEqual({
      text: 'traction battery warning p0aa6', words: [['traction battery', 'battery pack'], ['warning'], ['p0aa6']],
    })
  })
  it('reads the fewest words that cover the most, not the longest first', () => {
    // Longest first reads 车门把, and leaves 手; 左右 says nothing and hides neither 左 nor 右.
    const parts = createWordGlossary({ entries: [{ zh: ['车门把'], en: ['grip'] }, { zh: ['车门'], en: ['door'] }, { zh: ['把手'], en: ['handle'] }, { zh: ['左'], en: ['left'] }], silent: ['左右'] })
    expect(parts.translate('车门把手松了，一百左右，左边', 'en').text).toBe('door handle left')
  })
  it('finds English phrases whatever their inflection', () => {
    expect(glossary.translate('Charging: the traction batteries gave two warnings', 'zh').text).toBe('充电动力电池报警')
  })
  it('says nothing where no word is known', () => {
    expect(glossary.translate('你好', 'en')).toEqual({ text: '', words: [] })
    expect(glossary.translate('hello', 'zh')).toEqual({ text: '', words: [] })
  })
  it('names the place of a fault', () => {
    expect(() => createWordGlossary({ entries: [{ zh: [], en: ['x'] }] })).toThrow(expect.objectContaining({ code: 'FB_VOCABULARY_INVALID', message: expect.stringContaining('entries.0.zh') as string }))
  })
  it('reads the list that ships', () => {
    expect(createWordGlossary(readGlossaryFile()).translate('高速上突然失去动力', 'en').text).toBe('highway suddenly lost power')
  })
})

describe('languageOf', () => {
  it.each([['充电到一半就停了', 'zh'], ['charging stops', 'en'], ['BMS 报警，无法充电', 'zh'], ['the screen says 故障 and goes black every time', 'en'], ['', 'en']] as const)('%s', (text, expected) => {
    expect(languageOf(text)).toBe(expected)
  })
})
