/**
 * Distribution of the reporting delay from right-truncated counts, by the reverse hazard.
 *
 * @param byEventWeek one row an event week, oldest first: events seen so far with delay 0, 1, 2 … weeks.
 *   Row w of n can show delays 0 … n−1−w only; later cells are ignored.
 * @returns F(d) = P(delay ≤ d) given that it is at most n−1, for d = 0 … n−1; ends in 1.
 * @see Kalbfleisch & Lawless 1991: g(j) = #{delay = j} / #{delay ≤ j} over weeks old enough to show j; F(d) = Π_{j>d} (1 − g(j)).
 */
export const reportingDelayCdf = (byEventWeek: readonly (readonly number[])[]): number[] => {
  const weeks = byEventWeek.length
  const cdf = new Array<number>(weeks).fill(1)
  for (let delay = weeks - 1; delay >= 1; delay--) {
    let [equal, atMost] = [0, 0]
    for (let week = 0; week < weeks - delay; week++) {
      const row = byEventWeek[week]!
      equal += row[delay] ?? 0
      for (let j = 0; j <= delay; j++) atMost += row[j] ?? 0
    }
    cdf[delay - 1] = cdf[delay]! * (atMost === 0 ? 1 : 1 - equal / atMost)
  }
  return cdf
}

/**
 * Rate of events corrected for reports still to come: (N + k) / (T_F + k / λ_parent), T_F = Σ exposure · F.
 *
 * @param exposure vehicle-time a period (any unit); `cdf` the share of that period's events already reported.
 */
export const lagCorrectedRate = (options: {
  events: number
  exposure: readonly number[]
  cdf: readonly number[]
  parentRate: number
  shrinkEvents?: number
}): { effectiveExposure: number; rate: number } => {
  const { events, exposure, cdf, parentRate, shrinkEvents = 5 } = options
  const effectiveExposure = exposure.reduce((sum, time, i) => sum + time * (cdf[i] ?? 1), 0)
  return { effectiveExposure, rate: (events + shrinkEvents) / (effectiveExposure + shrinkEvents / parentRate) }
}
