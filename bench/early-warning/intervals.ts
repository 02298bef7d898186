import { betaQuantile, gammaQuantile } from '../../src/analysis/special-functions.ts'

/** Share and its exact 95 % interval (Clopper–Pearson). */
export const proportionInterval = (count: number, of: number): [number, number] => [
  count === 0 ? 0 : betaQuantile(0.025, count, of - count + 1),
  count === of ? 1 : betaQuantile(0.975, count + 1, of - count),
]

/** Exact 95 % interval of a Poisson rate. */
export const poissonRateInterval = (count: number, exposure: number): [number, number] => [
  count === 0 ? 0 : gammaQuantile(0.025, count) / exposure,
  gammaQuantile(0.975, count + 1) / exposure,
]

/** Median and its 95 % interval from order statistics; what was never found counts as infinite. */
export const medianInterval = (values: readonly number[]): [number, number, number] => {
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  const reach = (1.959963984540054 * Math.sqrt(n)) / 2
  const at = (index: number): number => sorted[Math.min(n - 1, Math.max(0, Math.round(index)))]!
  return [at((n - 1) / 2), at((n - 1) / 2 - reach), at((n - 1) / 2 + reach)]
}
