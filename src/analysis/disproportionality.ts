import { digamma, gammaP, gammaQuantile, invertCdf, lnGamma } from './special-functions.ts'
import type { Interval } from './exact-intervals.ts'

/** Reports: of the factor with the symptom (a) and without (b), of all others with (c) and without (d). */
export type ReportTable = readonly [a: number, b: number, c: number, d: number]

/** Proportional reporting ratio with its log interval, Yates χ² and the usual signal rule. @see Evans et al. 2001. */
export const proportionalReportingRatio = ([a, b, c, d]: ReportTable): {
  ratio: number
  interval: Interval
  chiSquare: number
  reportingOddsRatio: number
  signal: boolean
} => {
  const ratio = a / (a + b) / (c / (c + d))
  const se = Math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
  const n = a + b + c + d
  const chiSquare = (n * Math.max(0, Math.abs(a * d - b * c) - n / 2) ** 2) / ((a + b) * (c + d) * (a + c) * (b + d))
  return {
    ratio,
    interval: [ratio * Math.exp(-1.959963984540054 * se), ratio * Math.exp(1.959963984540054 * se)],
    chiSquare,
    reportingOddsRatio: (a * d) / (b * c),
    signal: ratio >= 2 && chiSquare >= 4 && a >= 3,
  }
}

/** Information component log2((O+½)/(E+½)) and its lower 2.5 % limit from Gamma(O+½, rate E+½). @see Norén et al. 2013. */
export const informationComponent = (observed: number, expected: number): { ic: number; ic025: number } => ({
  ic: Math.log2((observed + 0.5) / (expected + 0.5)),
  ic025: Math.log2(gammaQuantile(0.025, observed + 0.5) / (expected + 0.5)),
})

/** Prior of the gamma-Poisson shrinker: P·Gamma(a1, b1) + (1−P)·Gamma(a2, b2). */
export type ShrinkerPrior = { a1: number; b1: number; a2: number; b2: number; p: number }

/** ln of the negative-binomial marginal of a count under Gamma(a, b) and an expectation. */
export const lnMarginal = (n: number, a: number, b: number, expected: number): number =>
  lnGamma(a + n) - lnGamma(a) - lnGamma(n + 1) - n * Math.log1p(b / expected) - a * Math.log1p(expected / b)

/**
 * Multi-item gamma-Poisson shrinker: geometric mean and 5 % / 95 % limits of the posterior reporting ratio.
 *
 * @see DuMouchel 1999. Some papers print aN/((a+b)(a+c)) with a log-normal interval under the same name: that is the crude ratio.
 */
export const gammaPoissonShrinker = (observed: number, expected: number, prior: ShrinkerPrior): {
  weight: number
  ebgm: number
  eb05: number
  eb95: number
} => {
  const { a1, b1, a2, b2, p } = prior
  const first = Math.log(p) + lnMarginal(observed, a1, b1, expected)
  const second = Math.log(1 - p) + lnMarginal(observed, a2, b2, expected)
  const weight = 1 / (1 + Math.exp(second - first))
  const logMean = (a: number, b: number): number => digamma(a + observed) - Math.log(b + expected)
  const cdf = (x: number): number =>
    weight * gammaP(a1 + observed, x * (b1 + expected)) + (1 - weight) * gammaP(a2 + observed, x * (b2 + expected))
  let high = 10
  while (cdf(high) < 0.95) high *= 2
  return {
    weight,
    ebgm: Math.exp(weight * logMean(a1, b1) + (1 - weight) * logMean(a2, b2)),
    eb05: invertCdf(cdf, 0.05, 0, high),
    eb95: invertCdf(cdf, 0.95, 0, high),
  }
}
