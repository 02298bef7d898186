import { analysisParameters, minutesPerDay } from './parameters.ts'
import type { Minute } from './projection.ts'

/** One report or repair of a symptom class. `vehicle` is −1 where the car is not in the projection. */
export type Report = {
  vehicle: number
  at: Minute
  receivedAt: Minute
  /** Probability that the report is of the class; 1 for a firm link. */
  linkWeight: number
  repairResult: 'fixed' | 'returned' | 'no-trouble-found' | 'other' | null
}

/** Events under exposure in columns, one a car, class and thirty days; earliest first. */
export type ClassEvents = {
  /** Index of the event's first report among those given. */
  report: Int32Array
  vehicle: Int32Array
  at: Int32Array
  receivedAt: Int32Array
  weight: Float64Array
  claims: number
  withoutExposure: number
  excludedDuplicates: number
}

/**
 * Folds reports into events: one car's reports within `dedupDays` of the first are one event. A repair's result weighs its event
 * (confirmed fix 1, returned ½, no trouble found 0.2, anything else 0.8). A report that is less likely than not of the class is left out.
 *
 * @param isExposed whether a car was under exposure at an instant; events elsewhere are counted, not analysed.
 */
export const foldReports = (reports: readonly Report[], isExposed: (vehicle: number, at: Minute) => boolean): ClassEvents => {
  const window = analysisParameters.dedupDays * minutesPerDay
  const likely = reports.map((report, index) => ({ ...report, index })).filter(report => report.linkWeight >= analysisParameters.minLinkWeight)
  const sorted = likely.sort((a, b) => a.vehicle - b.vehicle || a.at - b.at || a.index - b.index)
  const events: (Report & { index: number; result: Report['repairResult'] })[] = []
  let [withoutExposure, excludedDuplicates] = [0, 0]
  for (const report of sorted) {
    const last = events.at(-1)
    if (last && report.vehicle >= 0 && last.vehicle === report.vehicle && report.at - last.at <= window) {
      excludedDuplicates++
      last.result = report.repairResult ?? last.result
      last.linkWeight = Math.max(last.linkWeight, report.linkWeight)
      continue
    }
    if (report.vehicle < 0 || !isExposed(report.vehicle, report.at)) withoutExposure++
    else events.push({ ...report, result: report.repairResult })
  }
  events.sort((a, b) => a.at - b.at || a.vehicle - b.vehicle)
  const weights = analysisParameters.repairWeights
  return {
    report: Int32Array.from(events, event => event.index),
    vehicle: Int32Array.from(events, event => event.vehicle),
    at: Int32Array.from(events, event => event.at),
    receivedAt: Int32Array.from(events, event => event.receivedAt),
    weight: Float64Array.from(events, event => event.linkWeight * weights[event.result ?? 'other']),
    claims: events.length,
    withoutExposure,
    excludedDuplicates,
  }
}
