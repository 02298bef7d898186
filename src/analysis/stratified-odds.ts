import { lnGamma } from './special-functions.ts'
import type { Interval } from './exact-intervals.ts'

/** Vehicles of one stratum: with the level affected (a) and not (b), without it affected (c) and not (d). */
export type Stratum = readonly [a: number, b: number, c: number, d: number]

const z95 = 1.959963984540054
const logInterval = (estimate: number, variance: number): Interval => [
  estimate * Math.exp(-z95 * Math.sqrt(variance)),
  estimate * Math.exp(z95 * Math.sqrt(variance)),
]

const pooled = (strata: readonly Stratum[]): Stratum =>
  strata.reduce<[number, number, number, number]>((sum, s) => [sum[0] + s[0], sum[1] + s[1], sum[2] + s[2], sum[3] + s[3]], [0, 0, 0, 0])

/** Crude odds ratio with its log interval; `haldane` adds ½ to every cell, needed where a cell is 0. */
export const crudeOddsRatio = (strata: readonly Stratum[], haldane = false): { ratio: number; interval: Interval } => {
  const [a, b, c, d] = pooled(strata).map(n => n + (haldane ? 0.5 : 0)) as [number, number, number, number]
  const ratio = (a * d) / (b * c)
  return { ratio, interval: logInterval(ratio, 1 / a + 1 / b + 1 / c + 1 / d) }
}

/** One-sided p of Fisher's exact test: P(X ≥ a) with all margins fixed. */
export const fisherOneSided = ([a, b, c, d]: Stratum): number => {
  const lnChoose = (n: number, k: number): number => lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1)
  const [n, row, column] = [a + b + c + d, a + b, a + c]
  let p = 0
  for (let x = a; x <= Math.min(row, column); x++)
    p += Math.exp(lnChoose(column, x) + lnChoose(n - column, row - x) - lnChoose(n, row))
  return Math.min(1, p)
}

/**
 * Mantel–Haenszel odds ratio over strata, with the variance of Robins, Breslow & Greenland (1986).
 *
 * @returns NaN where no stratum holds both sides.
 */
export const mantelHaenszel = (strata: readonly Stratum[]): { ratio: number; interval: Interval } => {
  let [sumR, sumS, pr, psqr, qs] = [0, 0, 0, 0, 0]
  for (const [a, b, c, d] of strata) {
    const n = a + b + c + d
    if (n === 0) continue
    const [r, s, p, q] = [(a * d) / n, (b * c) / n, (a + d) / n, (b + c) / n]
    sumR += r
    sumS += s
    pr += p * r
    psqr += p * s + q * r
    qs += q * s
  }
  const variance = pr / (2 * sumR ** 2) + psqr / (2 * sumR * sumS) + qs / (2 * sumS ** 2)
  return { ratio: sumR / sumS, interval: logInterval(sumR / sumS, variance) }
}

/** Cochran–Mantel–Haenszel χ² with continuity correction, one degree of freedom. */
export const cmhChiSquare = (strata: readonly Stratum[]): number => {
  let [difference, variance] = [0, 0]
  for (const [a, b, c, d] of strata) {
    const n = a + b + c + d
    if (n < 2) continue
    difference += a - ((a + b) * (a + c)) / n
    variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1))
  }
  return variance === 0 ? 0 : Math.max(0, Math.abs(difference) - 0.5) ** 2 / variance
}

/** Whether stratifying takes the association away: crude/MH ≥ 1.5, or only the crude lower limit stays above 1. */
export const isConfounded = (strata: readonly Stratum[], ratioLimit = 1.5): boolean => {
  const [crude, stratified] = [crudeOddsRatio(strata), mantelHaenszel(strata)]
  return crude.ratio / stratified.ratio >= ratioLimit || (crude.interval[0] > 1 && stratified.interval[0] <= 1)
}
