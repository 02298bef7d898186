import { describe, expect, it } from 'vitest'
import { bootstrapByFamily, familyMean, firstHit, hitAt, ndcgAt, percentile, reciprocalRank } from '../../src/retrieval/metrics.ts'

describe('one query', () => {
  const relevant = new Set(['b', 'd'])

  it('finds the first relevant id, from 1', () => {
    expect(firstHit(['a', 'b', 'd'], relevant)).toBe(2)
    expect(firstHit(['a', 'c'], relevant)).toBeNull()
  })

  it('scores rank 2 with ½, and no hit with 0', () => {
    expect([hitAt(2, 1), hitAt(2, 2), hitAt(null, 10)]).toEqual([0, 1, 0])
    expect([reciprocalRank(2), reciprocalRank(null)]).toEqual([0.5, 0])
  })

  it('discounts by rank', () => {
    // found at 2 and 3: 1/log2(3) + 1/log2(4) = 0.63093 + 0.5; best 1 + 0.63093
    expect(ndcgAt(['a', 'b', 'd'], relevant, 3)).toBeCloseTo(1.13093 / 1.63093, 4)
    expect(ndcgAt(['a'], new Set(), 3)).toBe(0)
  })
})

describe('many queries', () => {
  const measured = [{ family: 'hose', value: 1 }, { family: 'seal', value: 0 }, { family: 'seal', value: 0 }, { family: 'seal', value: 1 / 2 }]

  it('counts a family once, however many queries it has', () => {
    // (1 + 1/6) / 2
    expect(familyMean(measured)).toBeCloseTo(7 / 12, 12)
  })

  it('draws families, not queries', () => {
    const draws = [0, 0, 0.9, 0.9]
    let at = 0
    const random = () => draws[at++ % draws.length]!
    // First draw: hose twice, 1. Second: seal twice, 1/6.
    expect(bootstrapByFamily(measured, { statistic: 'per-family', draws: 2, random })).toEqual([expect.closeTo(1 / 6, 12), 1])
  })

  it('takes the nearest rank', () => {
    expect([percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.95), percentile([], 0.5)]).toEqual([2, 4, 0])
  })
})
