/**
 * MaxSPRT form of the Poisson log-likelihood ratio in nats, 0 without excess: E − O + O ln(O/E).
 *
 * @see Kulldorff et al. 2011.
 */
export const maxSprtLlr = (observed: number, expected: number): number =>
  observed <= expected ? 0 : expected - observed + observed * Math.log(observed / expected)

/** Cohort expectation scaled by the stream's own total, so that cohorts compare with their siblings. */
export const scaleToStream = (expected: number, streamObserved: number, streamExpected: number, shrink = 5): number =>
  (expected * (streamObserved + shrink)) / (streamExpected + shrink)

/** Poisson CUSUM against a κ-fold rate: S_t = max(0, S_{t−1} + y_t ln κ − (κ − 1) μ_t). */
export const poissonCusum = (observed: readonly number[], expected: readonly number[], kappa = 2): number[] => {
  let s = 0
  return observed.map((y, t) => (s = Math.max(0, s + y * Math.log(kappa) - (kappa - 1) * expected[t]!)))
}
