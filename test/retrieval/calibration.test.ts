import { describe, expect, it } from 'vitest'
import { createBackground } from '../../src/retrieval/background.ts'
import { commonUsual, plainUsual, usualOf, zScore, type Moments } from '../../src/retrieval/calibration.ts'
import { agreementBonus, believable, fuseChannels, fuseScores, heardShare, toScore } from '../../src/retrieval/fusion.ts'
import { bestOfTexts } from '../../src/retrieval/fuse-texts.ts'
import { standardiseAcrossLanguages } from '../../src/retrieval/other-language.ts'
import { createPostings } from '../../src/retrieval/postings.ts'
import { termsOf } from '../../src/retrieval/terms.ts'
import { createVectorBlock } from '../../src/retrieval/vector-block.ts'

const momentsOf = (...scores: number[]): Moments => ({
  count: scores.length, sum: scores.reduce((a, b) => a + b, 0), sumOfSquares: scores.reduce((a, b) => a + b * b, 0),
})

describe('usualOf', () => {
  const fallback = { mean: 0.5, deviation: 0.1 }

  it('leans on what is common while the own background is thin', () => {
    // 10 texts at 1 and 3: mean 2, deviation 1. Common: mean 0, deviation 2. Trust 10 / (10 + 10) = ½: mean 1;
    // deviation ½ × (¾ × 1 + ¼ × 2) + ½ × 2 = 1.625
    const own = momentsOf(1, 1, 1, 1, 1, 3, 3, 3, 3, 3)
    const usual = usualOf(own, { mean: 0, deviation: 2 })
    expect(usual.mean).toBeCloseTo(1, 12)
    expect(usual.deviation).toBeCloseTo(1.625, 12)
    expect(zScore(4.25, usual)).toBeCloseTo(2, 12)
  })

  it('is what is common where a case has no background', () => {
    expect(usualOf(momentsOf(), fallback)).toEqual(fallback)
    expect(commonUsual([momentsOf()], fallback)).toEqual(fallback)
  })

  it('never divides by zero', () => {
    expect(zScore(0, usualOf(momentsOf(0, 0, 0), { mean: 0, deviation: 0 }))).toBe(0)
  })
})

describe('a background text', () => {
  const keys = { components: [], symptoms: [], dtcs: [] }
  it('is held against cases of its own language, where there are thirty of it', () => {
    const postings = createPostings()
    postings.add(0, termsOf('brake'))
    const corpus = { postings, examples: createPostings(), lengths: [1], size: 1, meanLength: 1 }
    const item = (text: string, at: number) => ({ text, embedding: null, caseId: null, feedbackId: `${text}${at}`, ...keys })
    const countedOf = (english: number) => {
      const background = createBackground([...Array.from({ length: english }, (_, at) => item('screen', at)), item('屏幕', 0)])
      background.renew(corpus)
      const scores = background.keyword(corpus, { caseId: 'own', feedbackIds: new Set(), document: 0, language: 'en' })
      return scores.filter(score => !Number.isNaN(score)).length
    }
    expect([countedOf(29), countedOf(30)]).toEqual([30, 30])
  })

  it('is held against every case but its own', () => {
    const postings = createPostings()
    postings.add(0, termsOf('brake'))
    const corpus = { postings, examples: createPostings(), lengths: [1], size: 1, meanLength: 1 }
    const vectors = createVectorBlock(2)
    vectors.set(0, [3, 4])
    const background = createBackground([
      { text: 'brake', embedding: [1, 0], caseId: null, feedbackId: 'a', ...keys },
      { text: 'brake', embedding: [0, 1], caseId: 'own', feedbackId: null, ...keys },
      { text: 'screen', embedding: null, caseId: null, feedbackId: 'b', ...keys },
      { text: 'brake', embedding: [1, 0], caseId: null, feedbackId: 'confirmed', ...keys },
    ])
    background.renew(corpus)
    const measured = { caseId: 'own', feedbackIds: new Set(['confirmed']), document: 0, language: 'en' as const }
    // The case holds the whole of one text and nothing of the other.
    expect([...background.keyword(corpus, measured)]).toEqual([1, NaN, 0, NaN])
    const [first, ...rest] = background.vector(vectors, measured)
    expect(first).toBeCloseTo(0.6, 6)
    expect(rest).toEqual([NaN, NaN, NaN])
  })
})

describe('texts of one case', () => {
  it('count half by the prose, half by the best', () => {
    expect(bestOfTexts([1])).toBe(1)
    expect(bestOfTexts([1, 3, 2])).toBe(2)
    expect(bestOfTexts([4, 3])).toBe(4)
  })
})

describe('a question in another language', () => {
  it('is held against the line that its scores keep to what is usual', () => {
    // Sixty cases, usual .70 or .80; the question scores half of that plus .1, the odd cases .02 more, and one stands out by .2.
    const cases = Array.from({ length: 60 }, (_, at) => at)
    const means = cases.map(at => (at < 30 ? 0.7 : 0.8))
    const scores = cases.map(at => 0.1 + (at < 30 ? 0.35 : 0.4) + (at % 2 ? 0.02 : 0) + (at === 7 ? 0.2 : 0))
    const z = standardiseAcrossLanguages({ scores, means, deviations: cases.map(() => 0.02) })
    const all = cases.map(at => z(scores[at]!, means[at]!, 0.02))
    expect(plainUsual(all).mean).toBeCloseTo(0, 9)
    expect(plainUsual(all).deviation).toBeCloseTo(1, 9)
    expect(all.indexOf(Math.max(...all))).toBe(7)
  })
  it('is taken as it is where there are too few cases to tell', () => {
    expect(standardiseAcrossLanguages({ scores: [], means: [], deviations: [] })(3, 1, 2)).toBe(1)
  })
})

describe('fusion', () => {
  it('takes the mean of both channels, or the one there is', () => {
    expect(fuseChannels({ keyword: 2, vector: 4 })).toBe(3)
    expect(fuseChannels({ keyword: null, vector: 4 })).toBe(4)
    expect(fuseChannels({ keyword: 2, vector: null })).toBe(2)
    expect(fuseChannels({ keyword: null, vector: null })).toBe(0)
  })

  it('adds shared keys, a related component less than the same', () => {
    const none = { component: 'none', symptom: false, dtc: false, namedVehicle: 'none' } as const
    expect(agreementBonus(none)).toBe(0)
    const related = agreementBonus({ ...none, component: 'related' })
    expect(related).toBeGreaterThan(0)
    expect(agreementBonus({ ...none, component: 'same' })).toBeGreaterThan(related)
  })

  it('weighs words from another language the more, the more of them the glossary knew', () => {
    expect(heardShare(60)).toBe(0.5)
    expect(heardShare(180)).toBe(0.75)
    expect(fuseChannels({ keyword: 2, vector: 4, keywordShare: 0.25 })).toBe(3.5)
    expect(fuseScores(NaN, 4, 0.25)).toBe(4)
  })

  it('believes of a z no more than the words of the question can tell', () => {
    // The bound of 100 nats is .4·√100 = 4: a z of 3 becomes 3 / √(1 + (3/4)²) = 2.4.
    expect(believable(3, 100)).toBeCloseTo(2.4, 9)
    expect(believable(1e6, 100)).toBeCloseTo(4, 6)
    expect(believable(-2, 100)).toBe(-2)
    expect(believable(5, 0)).toBeCloseTo(0, 3)
    expect(believable(5, Infinity)).toBe(5)
    // "battery warning lamp": three words of about two nats each, whatever their z.
    expect(toScore(believable(15, 6.3))).toBeLessThan(0.15)
    expect(toScore(believable(15, 6.3), false)).toBeLessThan(0.1)
  })

  it('maps to a score that rises from 0 to 1', () => {
    expect(toScore(3.25)).toBe(0.5)
    expect(toScore(4, false)).toBe(0.5)
    expect(toScore(-1e6)).toBe(0)
    expect(toScore(1e6)).toBe(1)
    expect(toScore(2)).toBeLessThan(toScore(2.1))
  })
})
