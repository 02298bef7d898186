import { foldEvents } from './event-folding.ts'
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
  /** Id of a feedback, for the reports it is told twice of or kept apart from; absent where there are none. */
  id?: string
  toldTwiceOf?: readonly string[]
  distinctFrom?: readonly string[]
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
 * Folds reports into events: one car's reports within `dedupDays` of the first are one event, unless kept apart, and so are the tellings of a report
 * told twice. A repair's result weighs its event
 * (confirmed fix 1, returned ½, no trouble found 0.2, anything else 0.8). A report that is less likely than not of the class is left out.
 *
 * @param isExposed whether a car was under exposure at an instant; events elsewhere are counted, not analysed.
 * @param isAsked whether a car is of the population asked about; a known car of another one is not counted at all.
 */
export const foldReports = (reports: readonly Report[], isExposed: (vehicle: number, at: Minute) => boolean, isAsked: (vehicle: number) => boolean = () => true): ClassEvents => {
  const window = analysisParameters.dedupDays * minutesPerDay
  const likely = reports.map((report, index) => ({ ...report, index })).filter(report => report.linkWeight >= analysisParameters.minLinkWeight)
  const sorted = likely.sort((a, b) => a.vehicle - b.vehicle || a.at - b.at || a.index - b.index)
  const folded = foldEvents(sorted.map(({ vehicle, at, id = null, toldTwiceOf = [], distinctFrom = [] }) => ({ car: vehicle < 0 ? null : vehicle, at, id, toldTwiceOf, distinctFrom })), window)
  const events: (Report & { index: number; result: Report['repairResult'] })[] = []
  let [withoutExposure, excludedDuplicates] = [0, 0]
  for (const members of folded.map(indexes => indexes.map(index => sorted[index]!))) {
    // A telling that names the car stands for one that does not.
    const first = members.find(({ vehicle }) => vehicle >= 0) ?? members[0]!
    if (first.vehicle >= 0 && !isAsked(first.vehicle)) continue
    excludedDuplicates += members.length - 1
    const result = members.findLast(({ repairResult }) => repairResult !== null)?.repairResult ?? null
    if (first.vehicle < 0 || !isExposed(first.vehicle, first.at)) withoutExposure++
    else events.push({ ...first, result, linkWeight: Math.max(...members.map(({ linkWeight }) => linkWeight)) })
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
