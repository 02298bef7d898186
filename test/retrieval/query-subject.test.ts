import { describe, expect, it } from 'vitest'
import type { LinkedSymptom, TextLinks } from '../../src/domain/finding.ts'
import { readSubject, type Glossary } from '../../src/retrieval/query-subject.ts'

const forms: Record<string, Record<'en' | 'zh', string[]>> = { 'charging-stops': { en: ['charging stops'], zh: ['充电中断'] } }
const glossary: Glossary = {
  ancestorsOf: () => [],
  formsOf: (key, language) => forms[key]?.[language] ?? [],
  resolveComponent: name => (name === 'pack' ? 'traction-battery' : null),
  resolveSymptom: name => (name in forms ? name : null),
}
const symptom = (said: Partial<LinkedSymptom>): LinkedSymptom => ({
  key: 'charging-stops', label: 'Charging stops', confidence: 0.9, span: [0, 4], method: 'alias', negated: false, past: false, hypothetical: false, ...said,
})
const read = (request: Parameters<typeof readSubject>[0], links: Partial<TextLinks> = {}) =>
  readSubject(request, {
    link: () => ({ language: 'en', findings: [], components: [], symptoms: [], dtcs: [], ...links }), glossary, redact: text => text,
  })

describe('readSubject', () => {
  it('adds the words of the other language, at half the weight of what was written', () => {
    const { terms, translations } = read({ text: '充电停' }, { language: 'zh', symptoms: [symptom({})] })
    expect(translations).toEqual(['charging stops'])
    expect([...terms]).toEqual([['充电', 1], ['电停', 1], ['charg', 0.5], ['stop', 0.5]])
  })

  it.each(['negated', 'past', 'hypothetical'] as const)('does not look for a symptom that is %s', flag => {
    expect(read({ text: 'charging' }, { symptoms: [symptom({ [flag]: true })] }).symptoms).toEqual([])
  })

  it('does not look for a symptom that is rather not meant', () => {
    expect(read({ text: 'charging' }, { symptoms: [symptom({ confidence: 0.49 })] }).symptoms).toEqual([])
    expect(read({ text: 'charging' }, { symptoms: [symptom({ confidence: 0.5 })] }).symptoms).toEqual(['charging-stops'])
  })

  it('counts a word of the retelling as often as it is said, its forms sharing the weight', () => {
    const words = { translate: () => ({ text: 'stall, car, stall', words: [['stall', 'shut off'], ['car'], ['stall', 'shut off']] }) }
    const { termsIn } = readSubject({ text: '熄火，车又熄火' }, {
      link: () => ({ language: 'zh', findings: [], components: [], symptoms: [], dtcs: [] }), glossary, redact: text => text, words,
    })
    expect([...termsIn.en].map(([term, weight]) => [term, Math.round(weight * 1_000) / 1_000])).toEqual([['stall', 1.414], ['shut', 1.414], ['off', 1.414], ['car', 1]])
  })

  it('tells what the request gave from what the text says', () => {
    const { given, symptoms } = read({ text: 'charging', components: ['pack'], dtcs: ['P0AA6'] }, { symptoms: [symptom({})] })
    expect(given).toEqual({ components: ['traction-battery'], symptoms: [], dtcs: ['P0AA6'] })
    expect(symptoms).toEqual(['charging-stops'])
  })

  it('reads codes in any spelling, and the names of fields', () => {
    expect(read({ dtcs: ['p0aa600', ' P0AA6 '], components: ['pack'] })).toMatchObject({ dtcs: ['P0AA6'], components: ['traction-battery'], text: '' })
  })

  it('takes a name that is no key as words', () => {
    expect([...read({ components: ['flux capacitor'] }).terms.keys()]).toEqual(['flux', 'capacitor'])
  })

  it.each([{}, { text: '' }, { text: ' \t' }, { dtcs: [], components: [], symptoms: [] }])('refuses %j', request => {
    expect(() => read(request)).toThrow(expect.objectContaining({ code: 'FB_NO_SUBJECT' }))
  })
})
