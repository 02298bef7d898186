import { betaI, betaQuantile, gammaP, gammaQuantile } from './special-functions.ts'

/** Lower and upper limit; the upper one may be `Infinity`. */
export type Interval = readonly [number, number]

/**
 * Standardised morbidity ratio O/E with its exact Poisson interval.
 *
 * @param observed events on the level, a whole number ≥ 0.
 * @param expected events expected there, > 0.
 * @see Garwood 1936: [χ²(α/2; 2O)/2, χ²(1−α/2; 2O+2)/2] / E.
 */
export const smrInterval = (observed: number, expected: number, alpha = 0.05): Interval => [
  observed === 0 ? 0 : gammaQuantile(alpha / 2, observed) / expected,
  gammaQuantile(1 - alpha / 2, observed + 1) / expected,
]

/** Exact binomial interval of `successes` in `trials`. @see Clopper & Pearson 1934. */
export const clopperPearson = (successes: number, trials: number, alpha = 0.05): Interval => [
  successes === 0 ? 0 : betaQuantile(alpha / 2, successes, trials - successes + 1),
  successes === trials ? 1 : betaQuantile(1 - alpha / 2, successes + 1, trials - successes),
]

/** Rate of a level against the rest of the fleet: O/(C−O) · (C−E)/E. `Infinity` when the rest has no event. */
export const rateRatio = (observed: number, expected: number, claims: number): number =>
  observed === claims ? Infinity : (observed / (claims - observed)) * ((claims - expected) / expected)

/** Exact interval of `rateRatio`: each limit p of O in C, as odds p/(1−p) · (C−E)/E. */
export const rateRatioInterval = (observed: number, expected: number, claims: number, alpha = 0.05): Interval => {
  const odds = (p: number): number => (p >= 1 ? Infinity : (p / (1 - p)) * ((claims - expected) / expected))
  const [low, high] = clopperPearson(observed, claims, alpha)
  return [odds(low), odds(high)]
}

/** P(X ≥ k) of Poisson(mean). */
export const poissonUpperTail = (k: number, mean: number): number => (k <= 0 ? 1 : gammaP(k, mean))

/** P(X > k) + ½ P(X = k) of Poisson(mean). */
export const poissonMidP = (k: number, mean: number): number =>
  (poissonUpperTail(k, mean) + poissonUpperTail(k + 1, mean)) / 2

/** P(X ≥ k) of Binomial(n, p). */
export const binomialUpperTail = (k: number, n: number, p: number): number => {
  if (k <= 0) return 1
  return k > n ? 0 : betaI(p, k, n - k + 1)
}

/** P(X > k) + ½ P(X = k) of Binomial(n, p). */
export const binomialMidP = (k: number, n: number, p: number): number =>
  (binomialUpperTail(k, n, p) + binomialUpperTail(k + 1, n, p)) / 2
