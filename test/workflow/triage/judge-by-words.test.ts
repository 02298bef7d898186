import { describe, expect, it } from 'vitest'
import { judgeBoundaryByWords, judgeSentimentByWords } from '../../../src/workflow/triage/judge-by-words.ts'
import type { BoundaryVerdict } from '../../../src/workflow/triage/quality-boundary.ts'
import { askTextJudge } from '../../../src/workflow/triage/text-judge.ts'
import { read, rules } from './reading.ts'

const judge = { cut: 0.6, features: { bias: 1 }, grams: { invoice: -4, '~inv': -4, broken: 4 } }
const byRule = (given: Partial<BoundaryVerdict> = {}): BoundaryVerdict => ({ qualityIssue: true, rule: 'in-doubt', reason: 'rule', topic: null, ...given })
const topic = { key: 'price', label: 'price' }
const drawn = (text: string, verdict = byRule(), given: { isGrave?: boolean; features?: Record<string, number> } = {}) =>
  judgeBoundaryByWords({ quality: judge, qualityWithLabels: { ...judge, features: { bias: 1, heard: 4 } } }, rules.topics, verdict, { text, features: { bias: 1, ...given.features }, language: 'en', isGrave: given.isGrave ?? false, topic })

describe('a model over grams', () => {
  it('sums features and grams, these over the root of their number', () => {
    // e^-(1 - (4 + 4) / √2)
    expect(askTextJudge(judge, 'my invoice', { bias: 1 }).chance).toBeCloseTo(1 / (1 + Math.exp(-(1 - 8 / Math.SQRT2))), 6)
    expect(askTextJudge(judge, 'broken', { bias: 1 })).toEqual({ chance: expect.closeTo(1 / (1 + Math.exp(-5)), 6) as number, for: ['broken'], against: [] })
  })
})

describe('what a text sounds like beside the rules', () => {
  it('overturns a rule in both directions, and names the words', () => {
    expect(drawn('my invoice')).toEqual({ qualityIssue: false, rule: 'sounds-like-other', reason: 'reads as a whole like another matter than a fault: invoice', topic })
    expect(drawn('broken', byRule({ qualityIssue: false, rule: 'topic', topic }))).toMatchObject({ qualityIssue: true, rule: 'sounds-like-fault', topic: null })
  })

  it.each([
    ['a text of a safety level', byRule(), { isGrave: true }],
    ['a flag', byRule({ rule: 'flag' }), {}],
    ['a hazard', byRule({ rule: 'hazard' }), {}],
    ['a fault code', byRule({ rule: 'dtc' }), {}],
  ])('never outweighs %s', (_, verdict, given) => {
    expect(drawn('my invoice', verdict, given)).toBe(verdict)
  })

  it('takes a fault that is named for another matter only where that is likelier than not', () => {
    // Without a gram the chance is that of the feature alone: 1 / (1 + e^-.2) = .55, between .5 and the cut of .6.
    const near = { cut: 0.6, features: { bias: 0.2 }, grams: { other: -0.1 } }
    const asked = (features: Record<string, number>) =>
      judgeBoundaryByWords({ quality: near, qualityWithLabels: { ...near, features: { bias: 0.2, heard: 4 } } }, rules.topics, byRule({ rule: 'symptom' }), { text: 'zzz', features: { bias: 1, ...features }, language: 'en', isGrave: false, topic })
    expect(asked({ named: 0.3 }).rule).toBe('symptom')
    expect(asked({ named: 0 }).rule).toBe('sounds-like-other')
    // The labeller decides where no words name a fault, and does not unsay one that they name.
    expect(asked({ named: 0, heard: 1 }).rule).toBe('symptom')
    expect(asked({ named: 0.3, heard: -1 }).rule).toBe('symptom')
  })

  it('leaves a fault that belongs to something else where it belongs', () => {
    const verdict = byRule({ qualityIssue: false, rule: 'topic', topic })
    expect(drawn('broken', verdict, { features: { owned: 1 } })).toBe(verdict)
  })

  it('keeps the score of a feeling within its label, and a rating over all', () => {
    const hears = { cut: 0.5, features: { bias: -3 }, grams: { furious: 9 } }
    const deaf = { cut: 1, features: {}, grams: {} }
    const ask = (text: string, score: number, rating: number | null = null) =>
      judgeSentimentByWords({ angry: hears, satisfied: deaf }, rules.sentiment, { label: 'neutral', score }, { text, features: { bias: 1 }, rating })
    expect(ask('furious', 0)).toEqual({ label: 'angry', score: rules.sentiment.angryBelow })
    expect(ask('calm', -0.9)).toEqual({ label: 'neutral', score: Number((rules.sentiment.angryBelow + 0.01).toFixed(2)) })
    expect(ask('furious', 0.1, 5)).toEqual({ label: 'neutral', score: 0.1 })
  })

  it('keeps fires and crashes in, whatever else is said', () => {
    for (const text of ['How much is the invoice for the car that caught fire?', '投诉服务态度：追尾后客服一直不回电'])
      expect(read(text).boundary.qualityIssue).toBe(true)
  })
})
