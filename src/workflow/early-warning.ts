import type { ReportMask } from '../analysis/early-warning/fleet-scan.ts'
import type { Alarm, Alert, ReportSignal } from '../domain/alert.ts'
import { FishboneError } from '../domain/error.ts'
import type { ClassReport, SymptomClass } from '../domain/fleet.ts'
import { endOfAsOf } from '../domain/instant.ts'
import type { AlertChanges, AlertStore } from '../graph/ports/alerts.ts'
import type { FleetStore } from '../graph/ports/fleet.ts'
import { createThresholdMemory, lookForAlarms, type Found } from './early-warning-alarms.ts'
import { planAlerts } from './early-warning-plan.ts'
import type { FleetProjection } from './fleet-projection.ts'
import { dueInstants, type ServiceLevel } from './service-level.ts'

export type EarlyWarningRequest = {
  /** Instant or day; the clock's instant when absent. */
  asOf?: string | undefined
  /** Streams to look at; null sides mean any, a parent component its children too. All when absent. */
  streams?: readonly SymptomClass[] | undefined
  seed?: number | undefined
  /** Weeks of campaigns, press or batch uploads. */
  masks?: readonly ReportMask[] | undefined
}

/** Alerts that stand at `asOf`; `closed` are those this scan found gone. */
export type EarlyWarningScan = {
  asOf: string
  alerts: (Alert & { series: Alarm['series'] | null; nested: Alarm['nested'] })[]
  closed: Alert[]
  /** Reports of unknown cars that stand out among the models, most surprising first: a triage list. */
  signals: ReportSignal[]
  streams: number
  tookMs: number
  /** False for a look back behind what was scanned before: nothing is stored, ids of alerts not yet known are those they would get. */
  recorded: boolean
  seed: number
}

type ScanOptions = { signal?: AbortSignal; onProgress?: (progress: { done: number; total: number; message: string }) => void }
export type ScanEarlyWarning = (request?: EarlyWarningRequest, options?: ScanOptions) => Promise<EarlyWarningScan>

const defaultSeed = 42

/**
 * Looks for new problems: cohorts under exposure, causes that lift the whole fleet, and waves of reports of unknown cars.
 * Raises alerts with their issues, keeps those that still stand, closes those that do not. The same scan again changes nothing, and a scan as of
 * an earlier instant than was scanned before changes nothing either.
 *
 * @throws FB_GRAPH_UNAVAILABLE
 */
export const createScanEarlyWarning = (services: {
  fleetProjection: FleetProjection
  fleetStore: FleetStore
  store: AlertStore
  serviceLevel: ServiceLevel
  isWithin: (component: string, root: string) => boolean
  engineVersion: string
  now: () => Date
  /** Simulated null streams behind each limit; fewer are quicker and rougher. */
  nulls?: number
}): ScanEarlyWarning => {
  const thresholdsOf = createThresholdMemory()
  return async (request = {}, options = {}) => {
    const started = performance.now()
    const asOf = endOfAsOf(request.asOf ?? services.now().toISOString())
    const seed = request.seed ?? defaultSeed
    const { reports, projection, watermark } = await readFleet(services, asOf, options)
    const isScanned = scopeOf(request.streams, services.isWithin)
    options.onProgress?.({ done: 1, total: 2, message: 'scanning' })
    const found = lookForAlarms({
      reports, projection, asOf, seed, isScanned, masks: request.masks, isWithin: services.isWithin, nulls: services.nulls, thresholdsOf, watermark,
      indexOf: id => services.fleetProjection.indexOf(id) ?? -1,
    })
    options.signal?.throwIfAborted()
    const settled = await settle({ services, request, asOf, seed, isScanned, ...found })
    return { asOf, ...settled, signals: found.signals, streams: found.streams, tookMs: Math.round(performance.now() - started), seed }
  }
}

const readFleet = async (services: { fleetProjection: FleetProjection; fleetStore: FleetStore }, asOf: string, options: ScanOptions) => {
  options.onProgress?.({ done: 0, total: 2, message: 'reading the fleet' })
  const { watermark } = await services.fleetProjection.current(options.signal ? { signal: options.signal } : {})
  const projection = await services.fleetProjection.asKnown(asOf, options.signal ? { signal: options.signal } : {})
  const reports: ClassReport[] = []
  for await (const report of services.fleetStore.streamReports(asOf)) if (report.symptom !== 'not-a-quality-issue') reports.push(report)
  return { reports, projection, watermark: JSON.stringify(watermark) }
}

const scopeOf = (wanted: readonly SymptomClass[] | undefined, isWithin: (component: string, root: string) => boolean) => (stream: SymptomClass): boolean =>
  wanted === undefined
  || wanted.some(({ component, symptom }) =>
    (component === null || (stream.component !== null && isWithin(stream.component, component))) && (symptom === null || stream.symptom === symptom))

const dayMs = 86_400_000

const settle = async (options: Found & {
  services: { store: AlertStore; serviceLevel: ServiceLevel; engineVersion: string; now: () => Date }
  request: EarlyWarningRequest
  asOf: string
  seed: number
  isScanned: (stream: SymptomClass) => boolean
}): Promise<Pick<EarlyWarningScan, 'alerts' | 'closed' | 'recorded'>> => {
  const { services: { store, serviceLevel, engineVersion, now }, request, asOf, seed, alarms, streams, isScanned } = options
  const plan = (stored: readonly Alert[]) => planAlerts({ alarms, stored, asOf, engineVersion, isScanned })
  const { recorded, alerts } = await store.reconcile({
    at: now().toISOString(), asOf, due: dueInstants(asOf, serviceLevel),
    plan: (stored, scannedTo): AlertChanges | null => {
      // A look back must not undo what later reports have shown since.
      if (scannedTo !== null && asOf < scannedTo) return null
      const watchedYears = scannedTo === null ? 0 : (Date.parse(asOf) - Date.parse(scannedTo)) / (365.25 * dayMs)
      return { ...plan(stored), scan: request.streams === undefined ? { asOf, streams, streamYears: streams * watchedYears, engineVersion, seed } : null }
    },
  })
  const alarmOf = (alert: Alert): Alarm | undefined =>
    alarms.find(alarm => alarm.method === alert.method && alarm.component === alert.component && alarm.symptom === alert.symptom && alarm.model === alert.model
      && alarm.window.from === alert.window.from && alarm.window.to === alert.window.to && alarm.cell.level === alert.cell.level)
  if (!recorded) {
    const standing = plan([]).raise.map(({ alert }) => alerts.find(one => one.alertId === alert.alertId) ?? { ...alert, issueId: null })
    return { recorded, closed: [], alerts: standing.map((alert, i) => ({ ...alert, series: alarms[i]!.series, nested: alarms[i]!.nested })) }
  }
  const standing = alerts.filter(alert => alert.state === 'open' && isScanned(alert)).map(alert => ({ ...alert, series: alarmOf(alert)?.series ?? null, nested: alarmOf(alert)?.nested ?? [] }))
  return { recorded, closed: alerts.filter(alert => alert.closedAt === asOf && alert.closedReason === 'no-longer-above-threshold'), alerts: standing.sort((a, b) => b.llr - b.threshold - (a.llr - a.threshold)) }
}

/** Keeps what an alert turned out to be, for the performance log; a rejected one is closed. */
export type DecideAlert = (alertId: string, decision: { outcome: 'confirmed' | 'rejected'; reason: string }) => Promise<Alert>

/** @throws FB_NOT_FOUND when there is no such alert; FB_GRAPH_UNAVAILABLE */
export const createDecideAlert =
  ({ store, now }: { store: AlertStore; now: () => Date }): DecideAlert =>
  async (alertId, decision) => {
    const alert = await store.decide(alertId, { ...decision, decidedAt: now().toISOString() })
    if (alert === null) throw new FishboneError('FB_NOT_FOUND', `there is no alert ${alertId}`, { details: { alertId } })
    return alert
  }
