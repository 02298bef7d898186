import { expect, it } from 'vitest'
import { pooledRateRatio } from '../../../src/analysis/efficacy/pooled-ratio.ts'

const one = { observedBefore: 24, expectedBefore: 6, observedAfter: 3, expectedAfter: 5 }

it('is the ratio of a single action', () => {
  // (3/5)/(24/6) = .15
  expect(pooledRateRatio([one])!.ratio).toBeCloseTo(0.15, 6)
})

it('weighs actions by their events', () => {
  // Equal E before and after: shares ψ/(1+ψ) of 27 + 9 events, 3 + 6 after: ψ = 9/27.
  const actions = [{ observedBefore: 24, expectedBefore: 2, observedAfter: 3, expectedAfter: 2 }, { observedBefore: 3, expectedBefore: 1, observedAfter: 6, expectedAfter: 1 }]
  const pooled = pooledRateRatio(actions)!
  expect(pooled.ratio).toBeCloseTo(9 / 27, 6)
  // At each end the log-likelihood is 1.9207 lower: 9 ln p + 27 ln(1−p) with p = ψ/(1+ψ).
  const at = (ratio: number) => 9 * Math.log(ratio / (1 + ratio)) - 27 * Math.log(1 + ratio)
  for (const end of pooled.interval) expect(at(1 / 3) - at(end)).toBeCloseTo(1.920729, 4)
})

it('has an upper limit without any recurrence', () => {
  // ln L = −n ln(1 + ψ E_a/E_b): 1 + ψ/2 = e^(1.9207/10)
  const { ratio, interval } = pooledRateRatio([{ observedBefore: 10, expectedBefore: 4, observedAfter: 0, expectedAfter: 2 }])!
  expect(ratio).toBe(0)
  expect(interval[0]).toBe(0)
  expect(interval[1]).toBeCloseTo(2 * Math.expm1(0.1920729), 5)
})

it('says nothing without events', () => {
  expect(pooledRateRatio([{ observedBefore: 0, expectedBefore: 4, observedAfter: 0, expectedAfter: 2 }])).toBeNull()
})
