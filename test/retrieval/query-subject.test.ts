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
