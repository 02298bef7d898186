import type { SymptomClass } from '../../domain/fleet.ts'
import type { Minute, Projection } from '../projection.ts'
import { vehiclesOf, type Cohort } from './cohort-scan.ts'
import { createFleetGrid, type Cell, type FleetGrid } from './fleet-grid.ts'
import { gridEventsOf, type GridEvent } from './grid-events.ts'
import { createNullThresholds, type StreamThreshold } from './null-streams.ts'
import { strongestOfNested } from './nested-streams.ts'
import type { MaskedWeeks } from './reporting-lag.ts'
import { createStreamJudge, type StreamState } from './stream-state.ts'
import { minutesPerWeek, warningParameters } from './warning-parameters.ts'
import type { WarningStream } from './warning-streams.ts'

/** An alarm that stands at the end of the scan. Windows are build weeks, `2022-W10`, both ends inclusive. */
export type FleetAlarm = {
  component: string | null
  symptom: string | null
  method: 'cohort-scan' | 'companion-cusum'
  cell: Cell
  window: { from: string; to: string }
  observed: number
  expected: number
  /** Evidence in nats; for the companion its sum. */
  llr: number
  threshold: number
  firstAlarmAt: Minute
  vehiclesAtRisk: number
  /** Reports of the cohort's cars in each of the last 52 weeks, oldest first. */
  weekly: number[]
  /** Streams within or around this one that alarm on overlapping build weeks with less evidence. */
  nested: SymptomClass[]
}

/** Weeks that count neither in reports nor in expectations: campaigns, press, batch uploads. Null sides mean any. */
export type ReportMask = SymptomClass & { from: Minute; to: Minute }

/** Limits for a stream of a number of events so far, on a grid. */
export type ThresholdSource = (grid: FleetGrid, events: number, week: number, companionShare?: number) => StreamThreshold

/**
 * Scans all streams under exposure with what was reported by the grid's cut-off.
 *
 * @param thresholds limits by level; `createThresholdSource` makes those of the product.
 * @param scanned streams to judge; all others only lend rates to them.
 */
export const scanFleet = (options: {
  grid: FleetGrid
  streams: ReadonlyMap<string, WarningStream>
  scanned: readonly WarningStream[]
  thresholds: ThresholdSource
  masks?: readonly ReportMask[]
  isRelated?: (supplied: string, component: string) => boolean
}): { alarms: FleetAlarm[]; streams: number } => {
  const { grid, thresholds } = options
  const events = new Map([...options.streams].map(([key, stream]) => [key, gridEventsOf(grid, stream).events]))
  const masked = (stream: SymptomClass): MaskedWeeks => maskedWeeks(grid, stream, options.masks ?? [])
  const judgeAt = (week: number) => createStreamJudge({ grid, events, week, masked, isRelated: options.isRelated })
  const week = grid.weeks - 1
  const judge = judgeAt(week)
  const scanned = options.scanned.filter(stream => events.get(stream.key)!.length >= warningParameters.minEvents)
  const alarms = scanned.flatMap(stream => {
    const own = events.get(stream.key)!
    const threshold = thresholds(grid, own.length, week)
    const state = judge.judge(stream, threshold)
    const standing = alarmsOf({ grid, stream, events: own, state, threshold, week })
    if (standing.length === 0) return []
    const past = firstAlarms({ stream, week, events: own, judgeAt, thresholdOf: count => thresholds(grid, count, week) })
    return standing.map(alarm => ({ ...alarm, firstAlarmAt: endOf(grid, past(alarm.method, alarm.cohort)) }))
  })
  return { alarms: strongestOfNested(alarms, overlaps).map(({ cohort: _, ...alarm }) => alarm), streams: scanned.length }
}

type Standing = Omit<FleetAlarm, 'firstAlarmAt' | 'nested'> & { cohort: Pick<Cohort, 'cell' | 'from' | 'to'> }

const endOf = (grid: FleetGrid, week: number): Minute => grid.cutOff - (grid.weeks - 1 - week) * minutesPerWeek

const maskedWeeks = (grid: FleetGrid, stream: SymptomClass, masks: readonly ReportMask[]): MaskedWeeks => {
  const covers = (one: string | null, other: string | null): boolean => one === null || one === other
  return new Set(masks
    .filter(mask => covers(mask.component, stream.component) && covers(mask.symptom, stream.symptom))
    .flatMap(mask => Array.from({ length: grid.weeks }, (_, week) => week).filter(week => endOf(grid, week) > mask.from && endOf(grid, week - 1) < mask.to)))
}

const alarmsOf = (options: {
  grid: FleetGrid
  stream: SymptomClass
  events: readonly GridEvent[]
  state: StreamState
  threshold: StreamThreshold
  week: number
}): Standing[] => {
  const { grid, stream: { component, symptom }, events, state, threshold, week } = options
  const named = (cohort: Pick<Cohort, 'cell' | 'from' | 'to'>) => ({
    component, symptom, cohort, cell: grid.cells[cohort.cell]!,
    window: { from: grid.weekNames[cohort.from]!, to: grid.weekNames[cohort.to]! },
    vehiclesAtRisk: vehiclesOf(grid, cohort, week),
    weekly: weeklyCounts(grid, events, cohort),
  })
  const cohorts: Standing[] = state.cohorts.map(cohort => ({
    ...named(cohort), method: 'cohort-scan', observed: cohort.observed, expected: cohort.expected, llr: cohort.llr, threshold: threshold.cohort + cohort.penalty,
  }))
  if (state.fleet.sum <= threshold.fleet) return cohorts
  const { observed, expected, sum } = state.fleet
  return [...cohorts, {
    ...named({ cell: 0, from: 0, to: grid.buildWeeks - 1 }), method: 'companion-cusum', observed, expected, llr: sum, threshold: threshold.fleet,
  }]
}

const shownWeeks = 52

const weeklyCounts = (grid: FleetGrid, events: readonly GridEvent[], { cell, from, to }: Pick<Cohort, 'cell' | 'from' | 'to'>): number[] => {
  const first = Math.max(0, grid.weeks - shownWeeks)
  const counts = new Array<number>(grid.weeks - first).fill(0)
  for (const { vehicle, stratum, reportWeek } of events) {
    const build = grid.build[stratum]!
    if (reportWeek >= first && build >= from && build <= to && grid.cellsOf(vehicle).includes(cell)) counts[reportWeek - first]!++
  }
  return counts
}

/**
 * First week of the unbroken run of alarms that leads to the one that stands, replayed week by week with what was reported then,
 * by the limits of the scan's own quarter: those of every quarter behind it would cost more than the scan.
 *
 * @returns looks up an alarm by its method and build weeks.
 */
const firstAlarms = (options: {
  stream: SymptomClass
  week: number
  events: readonly GridEvent[]
  judgeAt: (week: number) => { judge(stream: SymptomClass, threshold: StreamThreshold): StreamState }
  thresholdOf: (events: number) => StreamThreshold
}): ((method: FleetAlarm['method'], cohort: Pick<Cohort, 'from' | 'to'>) => number) => {
  const { stream, events } = options
  const replayed = new Map<number, { state: StreamState; threshold: StreamThreshold }>()
  const replay = (week: number) => {
    const known = replayed.get(week)
    if (known) return known
    const threshold = options.thresholdOf(events.filter(event => event.reportWeek <= week).length)
    const made = { state: options.judgeAt(week).judge(stream, threshold), threshold }
    replayed.set(week, made)
    return made
  }
  const third = events.map(event => event.reportWeek).sort((a, b) => a - b)[warningParameters.minEvents - 1] ?? options.week
  return (method, cohort) => {
    let first = options.week
    for (let week = options.week - 1; week >= third; week--) {
      const { state, threshold } = replay(week)
      const stands = method === 'companion-cusum'
        ? state.fleet.sum > threshold.fleet
        : state.cohorts.some(one => one.from <= cohort.to && cohort.from <= one.to)
      if (!stands) break
      first = week
    }
    return first
  }
}

const overlaps = (one: Standing, other: Standing): boolean =>
  one.method === other.method && one.cohort.from <= other.cohort.to && other.cohort.from <= one.cohort.to

/**
 * The product's limits: null streams on the fleet as of the start of the calendar quarter before each week (the grid's own weeks while that is
 * younger than half a year), kept by quarter and by the stream's level in powers of two.
 *
 * @param course expected reports of a car by weeks since its sale, cumulative, any scale.
 */
export const createThresholdSource = (options: {
  projection: Projection
  course: Float64Array
  seed: number
  nulls?: number | undefined
}): ThresholdSource => {
  const byQuarter = new Map<Minute, ReturnType<typeof createNullThresholds>>()
  return (grid, events, week, companionShare) => {
    const asOf = endOf(grid, week)
    const quarterStart = startOfQuarter(asOf)
    const youngest = endOf(grid, Math.min(week, 26))
    const cutOff = Math.max(quarterStart, youngest)
    let made = byQuarter.get(cutOff)
    if (!made) {
      const past = createFleetGrid({ projection: options.projection, cutOff })
      const reported = Float64Array.from({ length: past.weeks }, (_, age) => options.course[Math.min(age, options.course.length - 1)]!)
      made = createNullThresholds({ ...options, grid: past, reported })
      byQuarter.set(cutOff, made)
    }
    return made.thresholdOf(events, companionShare)
  }
}

const startOfQuarter = (at: Minute): Minute => {
  const date = new Date(at * 60_000)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (date.getUTCMonth() % 3), 1) / 60_000
}
