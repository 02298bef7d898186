import type { SymptomClass } from '../../domain/fleet.ts'
import { cellPenalties } from './cell-penalties.ts'
import { companionCusum, expectedReports } from './companion-cusum.ts'
import { scanCohorts, withoutOverlaps, type Cohort } from './cohort-scan.ts'
import type { FleetGrid } from './fleet-grid.ts'
import type { GridEvent } from './grid-events.ts'
import type { StreamThreshold } from './null-streams.ts'
import { countedShare, delayCdfOf, type MaskedWeeks } from './reporting-lag.ts'
import { ageBins, expectedPerCar, exposureByAge, quarterFactors, ratesByAge, weeklyRate } from './stream-expectation.ts'
import { streamKey } from './warning-streams.ts'

/** Events of every stream under exposure, by stream key. */
export type StreamEvents = ReadonlyMap<string, readonly GridEvent[]>

/** A stream as it stands at the end of a week. */
export type StreamState = {
  events: number
  /** Cohorts above the limit, one a run of overlapping windows, best first. */
  cohorts: Cohort[]
  /** Companion sum, and what was seen and expected since it last was nought. */
  fleet: { sum: number; observed: number; expected: number; since: number }
}

/**
 * Judges streams with what was reported by the end of `week`; the rates of components and the delays of reports are read once and shared.
 *
 * @param masked weeks of a stream that count neither in reports nor in expectations.
 * @param isRelated whether suppliers of one component are likely causes of another's trouble; by default only of their own.
 */
export const createStreamJudge = (options: {
  grid: FleetGrid
  events: StreamEvents
  week: number
  masked: (stream: SymptomClass) => MaskedWeeks
  isRelated?: (supplied: string, component: string) => boolean
}) => {
  const { grid, week } = options
  const fleetEvents = once(() => [...options.events].filter(([key]) => key.endsWith('/*')).flatMap(([, events]) => events).filter(event => event.reportWeek <= week))
  const fleetCdf = once(() => delayCdfOf(fleetEvents(), week))
  const fleetFit = once(() => {
    const counted = countedShare(fleetCdf(), week, new Set())
    const rates = ratesByAge({ grid, events: fleetEvents(), exposure: exposureByAge(grid, counted), parent: null })
    return { rates, season: quarterFactors(grid, fleetEvents(), counted.length, weeklyRate(grid, rates, counted)) }
  })
  const known = (stream: SymptomClass, masked: MaskedWeeks): GridEvent[] =>
    (options.events.get(streamKey(stream)) ?? []).filter(event => event.reportWeek <= week && !masked.has(event.reportWeek))
  const cdfOf = (stream: SymptomClass, events: readonly GridEvent[]): number[] | null => delayCdfOf(events, week) ?? componentCdf(stream.component) ?? fleetCdf()
  const componentCdf = byKey((component: string) => delayCdfOf(options.events.get(`${component}/*`) ?? [], week))
  const parentOf = byKey((component: string) => {
    const parent = { component, symptom: null }
    const masked = options.masked(parent)
    const events = known(parent, masked)
    const exposure = exposureByAge(grid, countedShare(cdfOf(parent, events), week, masked))
    return { rates: ratesByAge({ grid, events, exposure, parent: null }), events: events.length }
  })

  const fit = (stream: SymptomClass) => {
    const masked = options.masked(stream)
    const events = known(stream, masked)
    const cdf = cdfOf(stream, events)
    const counted = countedShare(cdf, week, masked)
    const exposure = exposureByAge(grid, counted)
    const rates = ratesByAge({ grid, events, exposure, parent: stream.symptom === null ? null : parentOf(stream.component) })
    return { masked, events, cdf, counted, rates }
  }

  return {
    /** Expected reports of a car by weeks since its sale, cumulative: the course that null streams of all levels share. */
    reportedByAge: (): Float64Array => reportedCourse(fleetFit().rates, fleetCdf(), grid.weeks),

    judge(stream: SymptomClass, threshold: StreamThreshold): StreamState {
      const { masked, events, cdf, counted, rates } = fit(stream)
      const perCar = expectedPerCar({ grid, events, rates, counted })
      const cohorts = scanCohorts({ grid, events, perCar, penalties: cellPenalties(grid, stream.component, options.isRelated), above: threshold.cohort })
      return { events: events.length, cohorts: withoutOverlaps(cohorts), fleet: fleetState({ grid, events, rates, season: fleetFit().season, cdf, week, masked }) }
    },
  }
}

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

const byKey = <T>(make: (key: string) => T): ((key: string | null) => T | null) => {
  const made = new Map<string, T>()
  return key => {
    if (key === null) return null
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}

const reportedCourse = (rates: Float64Array, cdf: readonly number[] | null, weeks: number): Float64Array => {
  const bins = ageBins(weeks)
  const delays = cdf ?? [1]
  const course = new Float64Array(weeks)
  for (let age = 0; age < weeks; age++)
    for (let at = 0; at <= age; at++) course[age]! += rates[bins[at]!]! * (at === 0 ? 0.5 : 1) * (delays[Math.min(age - at, delays.length - 1)] ?? 1)
  return course
}

const fleetState = (options: {
  grid: FleetGrid
  events: readonly GridEvent[]
  rates: Float64Array
  season: Float64Array
  cdf: readonly number[] | null
  week: number
  masked: MaskedWeeks
}): StreamState['fleet'] => {
  const expected = expectedReports(options)
  const reports = new Float64Array(options.week + 1)
  for (const event of options.events) reports[event.reportWeek]!++
  const sums = companionCusum(reports, expected)
  const since = sums.lastIndexOf(0) + 1
  const total = (values: Float64Array): number => values.subarray(since).reduce((sum, value) => sum + value, 0)
  return { sum: sums.at(-1)!, observed: total(reports), expected: total(expected), since }
}
