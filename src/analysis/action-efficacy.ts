import { clopperPearson, smrInterval, type Interval } from './exact-intervals.ts'
import type { BeforeAfter } from './efficacy/pooled-ratio.ts'

export type EfficacyVerdict = 'effective' | 'partly' | 'worse' | 'not-shown'

export type ActionEfficacy = {
  before: { smr: number; interval: Interval }
  after: { smr: number; interval: Interval }
  /** Rate after relative to before, ψ = (O_a/E_a)/(O_b/E_b); null where nothing happened before. */
  rateRatio: number | null
  rateRatioInterval: Interval
  verdict: EfficacyVerdict
  /** Fewer than 3 expected afterwards: even no recurrence proves little. */
  weak: boolean
}

/**
 * Rate of a treated cohort before and after its action, each against what the fleet's baseline expects.
 * ψ has the exact interval of O_a in O_a + O_b, as odds p/(1−p) · E_b/E_a.
 *
 * @param counts both expectations above 0.
 */
export const actionEfficacy = (counts: BeforeAfter): ActionEfficacy => {
  const { observedBefore, expectedBefore, observedAfter, expectedAfter } = counts
  const after = { smr: observedAfter / expectedAfter, interval: smrInterval(observedAfter, expectedAfter) }
  const before = { smr: observedBefore / expectedBefore, interval: smrInterval(observedBefore, expectedBefore) }
  const rateRatioInterval = changeInterval(counts)
  return {
    before,
    after,
    rateRatio: observedBefore === 0 ? null : after.smr / before.smr,
    rateRatioInterval,
    verdict: efficacyVerdict(rateRatioInterval, after.interval),
    weak: expectedAfter < 3,
  }
}

/** Exact interval of ψ. */
export const changeInterval = ({ observedBefore, expectedBefore, observedAfter, expectedAfter }: BeforeAfter): Interval => {
  const odds = (p: number): number => (p >= 1 ? Infinity : ((p / (1 - p)) * expectedBefore) / expectedAfter)
  const total = observedAfter + observedBefore
  const [low, high] = total === 0 ? [0, 1] : clopperPearson(observedAfter, total)
  return [odds(low), odds(high)]
}

const efficacyVerdict = (ratio: Interval, after: Interval): EfficacyVerdict => {
  if (ratio[0] > 1) return 'worse'
  if (ratio[1] >= 1) return 'not-shown'
  return after[0] <= 1 ? 'effective' : 'partly'
}
