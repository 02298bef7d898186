import type { Baseline } from './baseline.ts'
import type { Candidate } from './candidate.ts'
import { massOf, massOfBoth } from './level-sets.ts'
import { scanLlr } from './scan-score.ts'

/** Factors by which a fitted cause changes the expectation inside and outside its cars: O/E, (C−O)/(C−E). */
export const fitFactors = (observed: number, expected: number, claims: number): { inside: number; outside: number } => ({
  inside: observed / expected,
  outside: (claims - observed) / (claims - expected),
})

/**
 * Expectation and evidence of a rival once another candidate is taken as true.
 *
 * The rival's own expectation may come from another baseline (a large level), so its share inside the fitted cause is what is moved.
 */
export const fitted = (rival: Candidate, cause: Candidate, baseline: Baseline, claims: number): { expected: number; llr: number } => {
  const own = massOf(rival.set, baseline)
  const share = own > 0 ? massOfBoth(rival.set, cause.set, baseline) / own : 0
  const { inside, outside } = fitFactors(cause.observed, cause.expected, claims)
  const expected = rival.expected * (share * inside + (1 - share) * outside)
  return { expected, llr: expected >= claims ? 0 : scanLlr(rival.observed, Math.max(expected, 1e-9), claims) }
}

/** With the leader fitted the rival says less than 2 nats, and with the rival fitted the leader still says as much. */
export const isExplainedAway = (rival: Candidate, leader: Candidate, baseline: Baseline, claims: number, margin: number): boolean =>
  fitted(rival, leader, baseline, claims).llr < margin && fitted(leader, rival, baseline, claims).llr >= margin
