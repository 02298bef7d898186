import { lagCorrectedRate } from '../reporting-delay.ts'
import { analysisParameters, minutesPerMonth } from '../parameters.ts'
import type { FleetGrid } from './fleet-grid.ts'
import type { GridEvent } from './grid-events.ts'
import { minutesPerWeek, warningParameters } from './warning-parameters.ts'

/** Months-in-service bin of each age in weeks, 0 … weeks − 1. */
export const ageBins = (weeks: number): Int32Array =>
  Int32Array.from({ length: weeks }, (_, age) => analysisParameters.misBinMonths.findLastIndex(months => months * minutesPerMonth <= age * minutesPerWeek))

/** Part of a week that a car sold in it is exposed for, on average. */
const weekOfSale = 0.5

/** Exposure in car-weeks by age bin, each week weighed by the share of its events that is counted: T_F(a). */
export const exposureByAge = (grid: FleetGrid, counted: Float64Array): Float64Array => {
  const bins = ageBins(grid.weeks)
  const exposure = new Float64Array(analysisParameters.misBinMonths.length)
  for (let sold = 0; sold < counted.length; sold++) {
    let cars = 0
    for (let model = 0; model < grid.models; model++) cars += grid.soldCars[model * grid.weeks + sold]!
    if (cars === 0) continue
    for (let week = sold; week < counted.length; week++)
      exposure[bins[week - sold]!]! += cars * counted[week]! * (week === sold ? weekOfSale : 1)
  }
  return exposure
}

const countByAge = (grid: FleetGrid, events: readonly GridEvent[]): Float64Array => {
  const bins = ageBins(grid.weeks)
  const counts = new Float64Array(analysisParameters.misBinMonths.length)
  for (const event of events) counts[bins[event.eventWeek - grid.sold[event.stratum]!]!]!++
  return counts
}

const sum = (values: ArrayLike<number>): number => Array.prototype.reduce.call(values, (total, value) => (total as number) + (value as number), 0) as number

/**
 * Rate of events a car-week by age bin, corrected for reports to come and shrunk: a parent stream towards its overall rate, a stream towards
 * its parent's course over age at its own level.
 *
 * @param events those counted; `parent` events of the component, its rates, or null for a stream without a parent.
 * @see Kalbfleisch, Lawless & Robinson 1991.
 */
export const ratesByAge = (options: {
  grid: FleetGrid
  events: readonly GridEvent[]
  exposure: Float64Array
  parent: { rates: Float64Array; events: number } | null
}): Float64Array => {
  const { grid, events, exposure, parent } = options
  const counts = countByAge(grid, events)
  const overall = Math.max(events.length, 0.5) / sum(exposure)
  const share = parent === null ? 0 : Math.max(events.length, 0.5) / Math.max(parent.events, 0.5)
  return counts.map((count, bin) =>
    lagCorrectedRate({
      events: count,
      exposure: [exposure[bin]!],
      cdf: [1],
      parentRate: parent === null ? overall : parent.rates[bin]! * share,
      shrinkEvents: warningParameters.shrinkEvents,
    }).rate)
}

/** Expected counted events of one car in a week, by its week of sale. */
export const weeklyRate = (grid: FleetGrid, rates: Float64Array, counted: Float64Array): ((sold: number, week: number) => number) => {
  const bins = ageBins(grid.weeks)
  return (sold, week) => rates[bins[week - sold]!]! * counted[week]! * (week === sold ? weekOfSale : 1)
}

const shrunkFactor = (observed: number, expected: number): number =>
  (observed + warningParameters.shrinkEvents) / (expected + warningParameters.shrinkEvents)

/**
 * Events of one car that are expected to be counted by the end of the last week seen, `perCar[model * weeks + sold]`: rate by age × factor of
 * the calendar quarter × factor of the model, each factor shrunk towards 1.
 */
export const expectedPerCar = (options: {
  grid: FleetGrid
  events: readonly GridEvent[]
  rates: Float64Array
  counted: Float64Array
}): Float64Array => {
  const { grid, events, rates, counted } = options
  const weekly = weeklyRate(grid, rates, counted)
  const quarters = quarterFactors(grid, events, counted.length, weekly)
  const perSale = new Float64Array(grid.weeks)
  for (let sold = 0; sold < counted.length; sold++)
    for (let week = sold; week < counted.length; week++) perSale[sold]! += weekly(sold, week) * quarters[grid.quarterOf[week]!]!
  const observed = new Float64Array(grid.models)
  for (const event of events) observed[grid.model[event.stratum]!]!++
  const perCar = new Float64Array(grid.models * grid.weeks)
  for (let model = 0; model < grid.models; model++) {
    let expected = 0
    for (let sold = 0; sold < counted.length; sold++) expected += grid.soldCars[model * grid.weeks + sold]! * perSale[sold]!
    const factor = shrunkFactor(observed[model]!, expected)
    for (let sold = 0; sold < counted.length; sold++) perCar[model * grid.weeks + sold] = perSale[sold]! * factor
  }
  return perCar
}

/** Observed over expected events by calendar quarter, shrunk towards 1. @param weekly expected events of a car sold in a week, by week of the event. */
export const quarterFactors = (grid: FleetGrid, events: readonly GridEvent[], weeks: number, weekly: (sold: number, week: number) => number): Float64Array => {
  const [observed, expected] = [new Float64Array(grid.quarters), new Float64Array(grid.quarters)]
  for (const event of events) observed[grid.quarterOf[event.eventWeek]!]!++
  for (let sold = 0; sold < weeks; sold++) {
    let cars = 0
    for (let model = 0; model < grid.models; model++) cars += grid.soldCars[model * grid.weeks + sold]!
    if (cars > 0) for (let week = sold; week < weeks; week++) expected[grid.quarterOf[week]!]! += cars * weekly(sold, week)
  }
  return observed.map((count, quarter) => shrunkFactor(count, expected[quarter]!))
}
