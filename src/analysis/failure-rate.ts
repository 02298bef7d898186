import { foldReports, type Report } from './class-events.ts'
import { smrInterval } from './exact-intervals.ts'
import type { Population } from './level-expectations.ts'
import { minutesPerMonth } from './parameters.ts'
import { never, type Minute } from './projection.ts'

/** One row of the R/1000 table. */
export type FailureRateMonth = {
  /** Months since the sale, from 1. */
  monthsInService: number
  /** Cars that have been in the field for at least so many months. */
  vehicles: number
  /** Events of these cars within so many months of their sale. */
  events: number
  /** Events per 1,000 of these cars, with the exact Poisson interval. */
  per1000: number
  per1000Interval: [number, number]
  /** Exposure and events of all cars in this one month of service. */
  vehicleMonths: number
  eventsInMonth: number
}

/** Beyond these months nothing is told. */
const mostMonths = 120

/**
 * Events per 1,000 cars by months in service (R/1000 at MIS): for each m the cars that have been sold for at least m months, and their events
 * within m months. One event a car and thirty days; a young fleet has few rows.
 *
 * @returns rows until no car has been in the field so long, and what was left out: events of cars outside the exposure.
 */
export const failureRateByMonths = ({ projection, mask, cutOff }: Omit<Population, 'lag'>, reports: readonly Report[]): { months: FailureRateMonth[]; vehicles: number; events: number; withoutExposure: number } => {
  const { soldAt } = projection
  const isExposed = (vehicle: number, at: Minute): boolean => mask[vehicle] === 1 && soldAt[vehicle] !== never && soldAt[vehicle]! <= at && at < cutOff
  const folded = foldReports(reports, isExposed, vehicle => mask[vehicle] === 1)
  /** Cars by whole months seen, and minutes of the month after. */
  const cars = new Float64Array(mostMonths + 2)
  const minutes = new Float64Array(mostMonths + 2)
  let vehicles = 0
  soldAt.forEach((sold, vehicle) => {
    if (mask[vehicle] === 0 || sold === never || sold >= cutOff) return
    vehicles++
    const seen = (cutOff - sold) / minutesPerMonth
    cars[Math.min(mostMonths, Math.floor(seen))]!++
    if (seen < mostMonths) minutes[Math.floor(seen)]! += (seen - Math.floor(seen)) * minutesPerMonth
  })
  const events = Array.from({ length: mostMonths + 1 }, () => new Float64Array(mostMonths + 1))
  const inMonth = new Float64Array(mostMonths + 1)
  folded.vehicle.forEach((vehicle, i) => {
    const age = Math.floor((folded.at[i]! - soldAt[vehicle]!) / minutesPerMonth)
    if (age >= mostMonths) return
    inMonth[age]!++
    events[Math.min(mostMonths, Math.floor((cutOff - soldAt[vehicle]!) / minutesPerMonth))]![age]!++
  })
  return { months: rowsOf({ cars, minutes, events, inMonth }), vehicles, events: folded.claims, withoutExposure: folded.withoutExposure }
}

const rowsOf = ({ cars, minutes, events, inMonth }: { cars: Float64Array; minutes: Float64Array; events: Float64Array[]; inMonth: Float64Array }): FailureRateMonth[] => {
  const rows: FailureRateMonth[] = []
  // Cars seen for at least m months, from the oldest down.
  const atLeast = new Float64Array(mostMonths + 2)
  for (let m = mostMonths; m >= 0; m--) atLeast[m] = atLeast[m + 1]! + cars[m]!
  for (let m = 1; m <= mostMonths && atLeast[m - 1]! > 0; m++) {
    let within = 0
    for (let seen = m; seen <= mostMonths; seen++) for (let age = 0; age < m; age++) within += events[seen]![age]!
    const vehicleMonths = atLeast[m]! + minutes[m - 1]! / minutesPerMonth
    if (atLeast[m]! === 0) break
    const unit = atLeast[m]! / 1_000
    const [low, high] = smrInterval(within, unit)
    rows.push({ monthsInService: m, vehicles: atLeast[m]!, events: within, per1000: within / unit, per1000Interval: [low, high], vehicleMonths, eventsInMonth: inMonth[m - 1]! })
  }
  return rows
}
