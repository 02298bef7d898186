import { createFleetGrid } from '../analysis/early-warning/fleet-grid.ts'
import { createThresholdSource, scanFleet, type FleetAlarm, type ReportMask, type ThresholdSource } from '../analysis/early-warning/fleet-scan.ts'
import { gridEventsOf } from '../analysis/early-warning/grid-events.ts'
import { createReportLimits } from '../analysis/early-warning/report-nulls.ts'
import { scanReports, type ReportAlarm } from '../analysis/early-warning/report-scan.ts'
import { scanReportWaves } from '../analysis/early-warning/wave-scan.ts'
import { createReportTable } from '../analysis/early-warning/report-table.ts'
import { createStreamJudge } from '../analysis/early-warning/stream-state.ts'
import { createWarningStreams, type WarningStream } from '../analysis/early-warning/warning-streams.ts'
import { never, type Minute, type Projection } from '../analysis/projection.ts'
import type { Alarm, ReportSignal } from '../domain/alert.ts'
import type { ClassReport, SymptomClass } from '../domain/fleet.ts'

export type ThresholdMemory = (key: string, make: () => ThresholdSource) => ThresholdSource

/** Limits cost more than the scan: they are kept while fleet, quarter and seed are the same. */
export const createThresholdMemory = (): ThresholdMemory => {
  let kept: { key: string; source: ThresholdSource } | null = null
  return (key, make) => (kept?.key === key ? kept : (kept = { key, source: make() })).source
}

export type Found = { alarms: Alarm[]; signals: ReportSignal[]; streams: number }

type Look = {
  reports: readonly ClassReport[]
  projection: Projection
  asOf: string
  seed: number
  isScanned: (stream: SymptomClass) => boolean
  masks: readonly ReportMask[] | undefined
  isWithin: (component: string, root: string) => boolean
  nulls: number | undefined
  thresholdsOf: ThresholdMemory
  /** Tells of which state of the fleet the projection is. */
  watermark: string
  indexOf: (id: string) => number
}

/** Alarms that stand as of an instant, best first: of cars under exposure, and of reports whose car is not known. */
export const lookForAlarms = (options: Look): Found => {
  // Exposure ends with the newest report: months in which nothing was loaded are not months without trouble.
  const newest = options.reports.reduce((latest, report) => (report.receivedAt > latest ? report.receivedAt : latest), '')
  const cutOff = Math.floor(Date.parse(newest !== '' && newest < options.asOf ? newest : options.asOf) / 60_000) + 1
  const isKnown = (report: ClassReport): boolean => report.vehicleId !== null && options.indexOf(report.vehicleId) >= 0
  const exposed = createWarningStreams(options.reports.filter(isKnown), options.indexOf)
  const unknown = createWarningStreams(options.reports.filter(report => !isKnown(report)), () => -1)
  const underExposure = underExposureAlarms({ ...options, streams: exposed, cutOff })
  const withoutExposure = lookAtReports({ ...options, streams: unknown, cutOff })
  const keys = new Set([...exposed.keys(), ...unknown.keys()])
  return {
    alarms: [...underExposure, ...withoutExposure.alarms].sort((a, b) => b.llr - b.threshold - (a.llr - a.threshold)),
    signals: withoutExposure.signals,
    streams: [...keys].filter(key => options.isScanned((exposed.get(key) ?? unknown.get(key))!)).length,
  }
}

type Streams = ReadonlyMap<string, WarningStream>

const underExposureAlarms = (options: Look & { streams: Streams; cutOff: Minute }): Alarm[] => {
  const { projection, streams, cutOff, seed, isWithin } = options
  if (!projection.soldAt.some((at, car) => at !== never && at < cutOff && projection.week[car]! >= 0)) return []
  const grid = createFleetGrid({ projection, cutOff })
  const quarter = startOfQuarter(cutOff)
  const source = options.thresholdsOf(`${options.watermark}/${quarter}/${seed}`, () => {
    const events = new Map([...streams].map(([key, stream]) => [key, gridEventsOf(grid, stream).events]))
    // The course of reports over age as it was known at the quarter's start, so that every scan of the quarter has the same limits.
    const week = Math.max(Math.min(grid.weeks - 1, 26), Math.min(grid.weeks - 1, grid.weekOf(quarter)))
    const course = createStreamJudge({ grid, events, week, masked: () => new Set() }).reportedByAge()
    return createThresholdSource({ projection, course, seed, nulls: options.nulls })
  })
  const { alarms } = scanFleet({
    grid, streams, scanned: [...streams.values()].filter(options.isScanned), thresholds: source, masks: options.masks ?? [],
    isRelated: (supplied, own) => isWithin(supplied, own) || isWithin(own, supplied),
  })
  return alarms.map(alarmUnderExposure)
}

const startOfQuarter = (at: Minute): Minute => {
  const date = new Date(at * 60_000)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (date.getUTCMonth() % 3), 1) / 60_000
}

const instantOf = (at: Minute): string => new Date(at * 60_000).toISOString()

const alarmUnderExposure = ({ cell, weekly, firstAlarmAt, ...alarm }: FleetAlarm): Alarm => ({
  ...alarm, cell: { dimension: cell.dimension, level: cell.level }, firstAlarmAt: instantOf(firstAlarmAt), model: null, series: { unit: 'week', counts: weekly },
})

/** Tables of fewer reports tell nothing. */
const leastReports = 30

const lookAtReports = ({ streams, cutOff, seed, nulls, isScanned }: Look & { streams: Streams; cutOff: Minute }): Pick<Found, 'alarms' | 'signals'> => {
  const table = createReportTable(streams.values(), cutOff)
  if (table.factorsOf.length < leastReports) return { alarms: [], signals: [] }
  const scanned = [...streams.values()].filter(isScanned)
  const { alarms: signals } = scanReports({ table, scanned, limits: createReportLimits({ table, seed, nulls }) })
  return { alarms: scanReportWaves({ table, scanned, seed }).map(alarmOfWave), signals: signals.map(signalOf).sort((a, b) => b.eb05 - a.eb05) }
}

const alarmOfWave = ({ component, symptom, factor, window, observed, expected, llr, threshold, firstAlarmAt, monthly, nested }: ReportAlarm & Pick<Alarm, 'nested'>): Alarm => ({
  component, symptom, cell: { dimension: factor.dimension, level: factor.level }, window, observed, expected, llr, threshold,
  firstAlarmAt: instantOf(firstAlarmAt), vehiclesAtRisk: null, method: 'report-wave', model: factor.name, series: { unit: 'month', counts: monthly }, nested,
})

const signalOf = ({ component, symptom, factor, window, observed, expected, prr, ic025, ebgm, eb05 }: ReportAlarm): ReportSignal => ({
  component, symptom, cell: { dimension: factor.dimension, level: factor.level }, window, observed, expected, model: factor.name,
  prr: Number.isFinite(prr) ? prr : null, ic025, ebgm, eb05,
})
