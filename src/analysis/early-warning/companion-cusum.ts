import { poissonCusum, scaleToStream } from '../sequential-tests.ts'
import { ageBins } from './stream-expectation.ts'
import type { FleetGrid } from './fleet-grid.ts'
import type { MaskedWeeks } from './reporting-lag.ts'
import { warningParameters } from './warning-parameters.ts'

/**
 * Reports of the whole fleet that are expected to arrive in each week up to `week`, from rates by age and the delay of reports.
 *
 * @param season factor of each calendar quarter; that of all streams together, so that a stream's own rise is not taken for a season.
 */
export const expectedReports = (options: {
  grid: FleetGrid
  rates: Float64Array
  season: Float64Array
  cdf: readonly number[] | null
  week: number
  masked: MaskedWeeks
}): Float64Array => {
  const { grid, rates, season, week, masked } = options
  const cdf = options.cdf ?? [1]
  const bins = ageBins(grid.weeks)
  const events = new Float64Array(week + 1)
  for (let sold = 0; sold <= week; sold++) {
    let cars = 0
    for (let model = 0; model < grid.models; model++) cars += grid.soldCars[model * grid.weeks + sold]!
    if (cars > 0) for (let at = sold; at <= week; at++) events[at]! += cars * rates[bins[at - sold]!]! * season[grid.quarterOf[at]!]! * (at === sold ? 0.5 : 1)
  }
  const reports = new Float64Array(week + 1)
  events.forEach((count, at) => {
    for (let delay = 0; delay < cdf.length && at + delay <= week; delay++)
      if (!masked.has(at + delay)) reports[at + delay]! += count * (cdf[delay]! - (delay === 0 ? 0 : cdf[delay - 1]!))
  })
  return reports
}

/**
 * CUSUM of a stream's weekly reports against a κ-fold rate, for causes that lift the whole fleet and that the cohort scan, which compares
 * siblings, cannot see. Each week's expectation is brought to the level of the stream up to the week before.
 */
export const companionCusum = (reports: ArrayLike<number>, expected: ArrayLike<number>): number[] => {
  let [seen, awaited] = [0, 0]
  const levelled = Array.from(expected, (mean, week) => {
    const scaled = scaleToStream(mean, seen, awaited)
    seen += reports[week]!
    awaited += mean
    return scaled
  })
  return poissonCusum(Array.from(reports), levelled, warningParameters.cusumKappa)
}
