import { describe, expect, it } from 'vitest'
import type { SimilarCase } from '../../src/domain/case-search.ts'
import { firstHypothesis } from '../../src/workflow/first-hypothesis.ts'

const none = { text: 0, component: false, symptom: false, dtc: false, model: null, modelYear: null, channels: [] }
const past = (score: number, facets: Partial<SimilarCase['facets']>, given: Partial<SimilarCase> = {}): SimilarCase => ({
  caseId: '8D-2021-044', title: 'Charging stops in damp weather', kind: '8d', score, rank: 1, facets: { ...none, ...facets },
  rootCause: 'connector seal under-cured', containment: [], corrective: [], snippet: '', dates: { openedAt: null, closedAt: null }, ...given,
})

describe('firstHypothesis', () => {
  it.each([
    ['component and symptom', 0.3, { component: true, symptom: true }, 'past-case'],
    ['a fault code', 0.3, { dtc: true }, 'past-case'],
    ['too little likeness', 0.29, { component: true, symptom: true, dtc: true }, 'none'],
    ['the same car and component', 0.15, { component: true, model: true, modelYear: true }, 'past-case'],
    ['the same model of another year', 0.2, { component: true, model: true, modelYear: false }, 'none'],
    ['the same car, component and symptom', 0.05, { component: true, symptom: true, model: true, modelYear: true }, 'past-case'],
    ['the same car and a symptom only', 0.29, { symptom: true, model: true, modelYear: true }, 'none'],
    ['words alone', 0.9, {}, 'none'],
  ])('weighs %s', (_what, score, facets, basis) => {
    expect(firstHypothesis([past(score, facets)], 'en').basis).toBe(basis)
  })

  it('names the case and its cause, in the language of the report', () => {
    const twin = [past(0.876, { component: true, symptom: true })]
    expect(firstHypothesis(twin, 'en')).toEqual({ statement: 'Possibly the cause of past case 8D-2021-044: connector seal under-cured', basis: 'past-case', confidence: 0.88 })
    expect(firstHypothesis(twin, 'zh').statement).toBe('可能与历史案例 8D-2021-044 同因：connector seal under-cured')
  })

  it('passes over a case whose cause is not known', () => {
    const cases = [past(0.9, { dtc: true }, { rootCause: ' ' }), past(0.5, { dtc: true }, { caseId: 'second' })]
    expect(firstHypothesis(cases, 'en').statement).toContain('second')
    expect(firstHypothesis([], 'zh').basis).toBe('none')
  })
})
