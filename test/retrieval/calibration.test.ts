import { describe, expect, it } from 'vitest'
import { createBackground } from '../../src/retrieval/background.ts'
import { commonUsual, usualOf, zScore, type Moments } from '../../src/retrieval/calibration.ts'
import { agreementBonus, fuseChannels, toScore } from '../../src/retrieval/fusion.ts'
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
  it('is compared with every case but itself', () => {
    const postings = createPostings()
    postings.add(0, termsOf('brake'))
    const corpus = { postings, lengths: [1], size: 1, meanLength: 1 }
    const vectors = createVectorBlock(2)
    vectors.set(0, [3, 4])
    const background = createBackground([
      { text: 'brake', embedding: [1, 0], caseId: null },
      { text: 'brake', embedding: [0, 1], caseId: 'own' },
      { text: 'screen', embedding: null, caseId: null },
    ])
    background.renew(corpus)
    // The case holds the whole of one text and nothing of the other.
    expect(background.keyword(corpus, 'own', 0)).toEqual({ count: 2, sum: 1, sumOfSquares: 1 })
    const moments = background.vector(vectors, 'own', 0)
    expect(moments.count).toBe(1)
    expect(moments.sum).toBeCloseTo(0.6, 6)
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

  it('maps to a score that rises from 0 to 1', () => {
    expect(toScore(3)).toBe(0.5)
    expect(toScore(-1e6)).toBe(0)
    expect(toScore(1e6)).toBe(1)
    expect(toScore(2)).toBeLessThan(toScore(2.1))
  })
})
