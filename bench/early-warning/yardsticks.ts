import { drawGamma, drawPoisson, upperQuantile } from '../../src/analysis/early-warning/draws.ts'
import { warningParameters } from '../../src/analysis/early-warning/warning-parameters.ts'
import { maxSprtLlr } from '../../src/analysis/sequential-tests.ts'
import type { Random } from '../../src/analysis/random.ts'

/** Weeks in which EARS C2 alarms: above mean + 3 sd of seven weeks, two weeks back. @see Fricker et al. 2008. */
export const earsC2 = (reports: ArrayLike<number>): boolean[] =>
  Array.from(reports, (count, week) => {
    if (week < 9) return false
    const baseline = Array.from({ length: 7 }, (_, i) => reports[week - 9 + i]!)
    const mean = baseline.reduce((sum, value) => sum + value, 0) / 7
    const variance = baseline.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 6
    // Without any spread the usual floor of half a report keeps one report from being an alarm.
    return count > mean + 3 * Math.max(0.5, Math.sqrt(variance))
  })

/** Evidence by week that a whole stream runs above a baseline borrowed from a predecessor, cumulative, at least three reports. */
export const streamLlr = (reports: ArrayLike<number>, expected: ArrayLike<number>): number[] => {
  let [observed, awaited] = [0, 0]
  return Array.from(expected, (mean, week) => {
    observed += reports[week]!
    awaited += mean
    return observed < warningParameters.minEvents ? 0 : maxSprtLlr(observed, awaited)
  })
}

/** Limit of `streamLlr` at the design rate: weeks stray by a Gamma factor, the borrowed level by another of shape 10. */
export const streamLlrLimit = (expected: ArrayLike<number>, random: Random, nulls = 500): number => {
  const maxima = Array.from({ length: nulls }, () => {
    const level = drawGamma(random, 10)
    const reports = Array.from(expected, mean => (mean > 0 ? drawPoisson(random, mean * level * drawGamma(random, warningParameters.weekShape)) : 0))
    return Math.max(...streamLlr(reports, expected))
  })
  return upperQuantile(maxima, 1 - (warningParameters.falseAlarmShare * Math.min(expected.length, warningParameters.scanHorizon)) / warningParameters.scanHorizon)
}
