import { binomialUpperTail, rateRatioInterval } from './exact-intervals.ts'

const xLnRatio = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(x / y))

/**
 * Log-likelihood ratio of a level under the conditional Poisson model, in nats; 0 where the level has no excess.
 *
 * @param observed events on the level (O), may be weighted.
 * @param expected events expected on it (E), in (0, claims).
 * @param claims all events with known exposure (C).
 * @see Kulldorff 1997.
 */
export const scanLlr = (observed: number, expected: number, claims: number): number =>
  observed <= expected ? 0 : xLnRatio(observed, expected) + xLnRatio(claims - observed, claims - expected)

/** Ranking score of a single level: LLR − ln K, K the known levels of its dimension with exposure. */
export const singleScore = (llr: number, levels: number): number => llr - Math.log(levels)

/** Ranking score of a pair: LLR − ln K_a − ln K_b − penalty (1 nat for having looked for pairs at all). */
export const pairScore = (llr: number, levelsA: number, levelsB: number, penalty = 1): number =>
  llr - Math.log(levelsA) - Math.log(levelsB) - penalty

/** A level is a candidate when it has at least `minEvents` events and its rate ratio's lower limit is above 1. */
export const passesGate = (observed: number, expected: number, claims: number, minEvents = 3): boolean =>
  observed >= minEvents && observed > expected && rateRatioInterval(observed, expected, claims)[0] > 1

/**
 * Rate of a cell, shrunk towards the stream's own: (N + k) / (T + k / r0).
 *
 * @param events N of the cell.
 * @param exposure T of the cell, vehicle-months.
 * @param overallRate r0 = ΣN / ΣT > 0.
 * @param shrinkEvents k, in events.
 */
export const shrunkRate = (events: number, exposure: number, overallRate: number, shrinkEvents = 5): number =>
  (events + shrinkEvents) / (exposure + shrinkEvents / overallRate)

/**
 * Expected evidence in nats of a cause that raises the rate `ratio`-fold on a level holding `share` of the exposure.
 *
 * @param claims C, all events of the class.
 */
export const expectedEvidence = (claims: number, share: number, ratio: number): number => {
  const q = (ratio * share) / (1 + share * (ratio - 1))
  return claims * (xLnRatio(q, share) + xLnRatio(1 - q, 1 - share))
}

/** The same for a share near 0: nats per expected background event, RR ln RR − RR + 1. Too kind above a share of about .05. */
export const evidencePerBackgroundEvent = (ratio: number): number => ratio * Math.log(ratio) - ratio + 1

/**
 * Power to see a level that caused `causedShare` of the events.
 *
 * @param s95 95 % quantile of the maximal null score.
 * @returns the least count that would be called, and the probability of reaching it.
 */
export const detectionPower = (options: {
  claims: number
  share: number
  levels: number
  s95: number
  causedShare?: number
  minEvents?: number
}): { criticalEvents: number; power: number } => {
  const { claims, share, levels, s95, causedShare = 0.5, minEvents = 3 } = options
  const q = causedShare + (1 - causedShare) * share
  for (let events = minEvents; events <= claims; events++) {
    if (events <= claims * share) continue
    if (singleScore(scanLlr(events, claims * share, claims), levels) >= s95)
      return { criticalEvents: events, power: binomialUpperTail(events, claims, q) }
  }
  return { criticalEvents: Infinity, power: 0 }
}
