import { foldReports, type ClassEvents, type Report } from '../class-events.ts'
import { analysisParameters, minutesPerDay, minutesPerMonth } from '../parameters.ts'
import { never, type Minute } from '../projection.ts'
import type { Population } from '../level-expectations.ts'
import { cohortBaseline, type CohortBaseline } from './cohort-baseline.ts'
import type { TreatedCohort } from './treated-cohort.ts'

/** Events against expectation on one side of an action. */
export type SideCount = { observed: number; expected: number; vehicles: number; vehicleMonths: number }

export type CohortCount = {
  before: SideCount
  after: SideCount
  baseline: Pick<CohortBaseline, 'kind' | 'events'>
  /** Reports within thirty days of an event that came before the treatment, but after it: they belong to that event and are counted on no side. */
  returns: number
  /** Instants of the events after treatment, in order, and what was expected by then. */
  recurrences: { at: Minute; vehicle: number; expected: number }[]
  /** Running totals after treatment at the end of each week since the action, up to the cut-off. */
  weeks: { observed: number; expected: number }[]
}

const week = 7 * minutesPerDay
const fold = analysisParameters.dedupDays * minutesPerDay

/**
 * Counts a class's events on the cohort before and after each car's own treatment, with what the fleet's baseline expects there.
 *
 * Untreated time of every affected car counts as before, that of cars never treated too: to take only the treated ones would choose cars by
 * the failure that brought them to the workshop. A treated car is at risk again thirty days after the event that led to its treatment, as
 * what is reported within them is that event.
 */
export const countCohort = (options: { population: Population; cohort: TreatedCohort; reports: readonly Report[]; effectiveFrom: Minute }): CohortCount => {
  const { population, cohort, reports, effectiveFrom } = options
  const { projection: { soldAt }, mask, cutOff } = population
  const isExposed = (vehicle: number, at: Minute): boolean => mask[vehicle] === 1 && soldAt[vehicle] !== never && soldAt[vehicle]! <= at && at < cutOff
  const events = foldReports(reports, isExposed)
  const baseline = cohortBaseline(population, cohort, events)
  const riskFrom = startsOfRisk(cohort, events)
  const after = createTimeline(effectiveFrom, cutOff)
  const [beforeSide, afterSide] = [emptySide(), emptySide()]
  cohort.vehicle.forEach((vehicle, i) => {
    const untreatedEnd = Math.min(cohort.treatedAt[i]!, cohort.until[i]!)
    addTime(beforeSide, baseline, vehicle, cohort.from[i]!, untreatedEnd)
    addTime(afterSide, baseline, vehicle, riskFrom[i]!, cohort.until[i]!, (start, end, expected) => after.add(start, end, expected))
  })
  const sides = sidesOf(cohort, events, riskFrom)
  beforeSide.observed = sides.before
  afterSide.observed = sides.after.length
  const recurrences = sides.after.map(({ at, vehicle }) => ({ at, vehicle, expected: after.expectedBy(at) }))
  return {
    before: beforeSide,
    after: afterSide,
    baseline: { kind: baseline.kind, events: baseline.events },
    returns: countReturns(cohort, reports, riskFrom),
    recurrences,
    weeks: after.ends.map(end => ({ observed: sides.after.filter(one => one.at < end).length, expected: after.expectedBy(end) })),
  }
}

const emptySide = (): SideCount => ({ observed: 0, expected: 0, vehicles: 0, vehicleMonths: 0 })

const addTime = (side: SideCount, baseline: CohortBaseline, vehicle: number, from: Minute, to: Minute, visit?: (from: Minute, to: Minute, expected: number) => void): void => {
  if (from >= to) return
  side.vehicles++
  side.vehicleMonths += (to - from) / minutesPerMonth
  baseline.eachPiece(vehicle, from, to, (start, end, expected) => {
    side.expected += expected
    visit?.(start, end, expected)
  })
}

/** Instant from which a car's reports are recurrences: its treatment, or thirty days after its last event before it. */
const startsOfRisk = (cohort: TreatedCohort, events: ClassEvents): Int32Array => {
  const starts = Int32Array.from(cohort.treatedAt, (treatedAt, i) => Math.max(treatedAt, cohort.from[i]!))
  const placeOf = new Map(Array.from(cohort.vehicle, (vehicle, i) => [vehicle, i]))
  for (let e = 0; e < events.claims; e++) {
    const i = placeOf.get(events.vehicle[e]!)
    if (i === undefined) continue
    const [at, treatedAt] = [events.at[e]!, cohort.treatedAt[i]!]
    if (treatedAt !== never && at < treatedAt && at + fold >= treatedAt) starts[i] = Math.max(starts[i]!, at + fold + 1)
  }
  return starts
}

const sidesOf = (cohort: TreatedCohort, events: ClassEvents, riskFrom: Int32Array) => {
  const placeOf = new Map(Array.from(cohort.vehicle, (vehicle, i) => [vehicle, i]))
  const after: { at: Minute; vehicle: number }[] = []
  let before = 0
  for (let e = 0; e < events.claims; e++) {
    const [vehicle, at] = [events.vehicle[e]!, events.at[e]!]
    const i = placeOf.get(vehicle)
    if (i === undefined || at < cohort.from[i]! || at >= cohort.until[i]!) continue
    if (at < cohort.treatedAt[i]!) before++
    else if (at >= riskFrom[i]!) after.push({ at, vehicle })
  }
  return { before, after }
}

const countReturns = (cohort: TreatedCohort, reports: readonly Report[], riskFrom: Int32Array): number => {
  const placeOf = new Map(Array.from(cohort.vehicle, (vehicle, i) => [vehicle, i]))
  return reports.filter(({ vehicle, at }) => {
    const i = placeOf.get(vehicle)
    return i !== undefined && at >= cohort.treatedAt[i]! && at < riskFrom[i]!
  }).length
}

/** Expected events after treatment by week since the action; between the ends of two weeks in proportion to the time. */
const createTimeline = (effectiveFrom: Minute, cutOff: Minute) => {
  const weeks = Math.max(1, Math.ceil((cutOff - effectiveFrom) / week))
  const expected = new Float64Array(weeks)
  const ends = Array.from({ length: weeks }, (_, w) => Math.min(cutOff, effectiveFrom + (w + 1) * week))
  const weekOf = (at: Minute): number => Math.min(weeks - 1, Math.max(0, Math.floor((at - effectiveFrom) / week)))
  let totals: Float64Array | null = null
  const running = (): Float64Array => {
    if (totals !== null) return totals
    let sum = 0
    return (totals = expected.map(value => (sum += value)))
  }
  return {
    ends,
    add(from: Minute, to: Minute, mass: number): void {
      for (let w = weekOf(from), at = from; at < to; w++) {
        const end = w + 1 < weeks ? Math.min(to, effectiveFrom + (w + 1) * week) : to
        expected[w]! += (mass * (end - at)) / (to - from)
        at = end
      }
    },
    expectedBy(at: Minute): number {
      const w = weekOf(at)
      const share = Math.min(1, Math.max(0, (at - effectiveFrom - w * week) / (ends[w]! - effectiveFrom - w * week)))
      return (w === 0 ? 0 : running()[w - 1]!) + expected[w]! * share
    },
  }
}
