import { cellTime, countByCell } from '../baseline.ts'
import type { ClassEvents } from '../class-events.ts'
import { forEachCell, type ExposureGroups } from '../exposure.ts'
import { exposureGroupsOf, type Population } from '../level-expectations.ts'
import { multiplicativeRates, sum } from '../multiplicative-rates.ts'
import type { Minute } from '../projection.ts'
import type { TreatedCohort } from './treated-cohort.ts'

/**
 * Expected events of the cohort's cars. `outside`: at the rates of cars the action is not about. `untreated`: too few of those; the rates are of
 * all untreated time, the cohort's own included, without a calendar, which would take the action's effect for a change of season.
 */
export type CohortBaseline = {
  kind: 'outside' | 'untreated'
  /** Events the rates rest on. */
  events: number
  /** Calls back with the expected events of a car between two instants, in pieces of its exposure. */
  eachPiece(vehicle: number, from: Minute, to: Minute, visit: (from: Minute, to: Minute, expected: number) => void): void
}

/** Fewer events or a smaller share of the exposure outside the cohort do not carry a baseline. */
const fewestOutsideEvents = 10
const leastOutsideShare = 0.1
const noCalendarWeeks = 10_000

export const cohortBaseline = (population: Population, cohort: TreatedCohort, events: ClassEvents): CohortBaseline => {
  const groups = exposureGroupsOf(population, true)
  const isOutside = new Float64Array(population.mask.length).fill(1)
  for (const vehicle of cohort.vehicle) isOutside[vehicle] = 0
  const time = cellTime(groups, isOutside)
  const isCounted = (event: number): boolean => isOutside[events.vehicle[event]!] === 1
  const count = countByCell(groups, events, isCounted)
  const everyone = sum(cellTime(groups, new Float64Array(population.mask.length).fill(1)))
  if (sum(count) >= fewestOutsideEvents && sum(time) >= leastOutsideShare * everyone)
    return ratesOn(groups, 'outside', count, time)
  return untreatedBaseline(population, cohort, events, isOutside)
}

const untreatedBaseline = (population: Population, cohort: TreatedCohort, events: ClassEvents, isOutside: Float64Array): CohortBaseline => {
  const groups = exposureGroupsOf(population, true, noCalendarWeeks)
  const time = cellTime(groups, isOutside)
  const treatedAt = new Map<number, Minute>()
  cohort.vehicle.forEach((vehicle, i) => {
    treatedAt.set(vehicle, cohort.treatedAt[i]!)
    const end = Math.min(cohort.treatedAt[i]!, cohort.until[i]!)
    forEachCell(groups, groups.groupOf[vehicle]!, cohort.from[i]!, end, (cell, minutes) => (time[cell]! += minutes))
  })
  const count = countByCell(groups, events, event => events.at[event]! < (treatedAt.get(events.vehicle[event]!) ?? Infinity))
  return ratesOn(groups, 'untreated', count, time)
}

const ratesOn = (groups: ExposureGroups, kind: CohortBaseline['kind'], count: Float64Array, time: Float64Array): CohortBaseline => {
  const rates = multiplicativeRates(count, time, groups.shape)
  const { offsets, starts, cell, lag, cutOff } = groups
  return {
    kind,
    events: sum(count),
    eachPiece(vehicle, from, to, visit) {
      const group = groups.groupOf[vehicle]!
      if (group < 0) return
      const last = offsets[group + 1]!
      for (let k = offsets[group]!; k < last; k++) {
        const start = Math.max(from, starts[k]!)
        const end = Math.min(to, k + 1 < last ? starts[k + 1]! : cutOff)
        if (start < end) visit(start, end, rates[cell[k]!]! * lag.between(start, end))
      }
    },
  }
}
