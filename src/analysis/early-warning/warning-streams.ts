import type { ClassReport, SymptomClass } from '../../domain/fleet.ts'
import { foldEvents } from '../event-folding.ts'
import { toMinute, type Minute } from '../projection.ts'
import { analysisParameters, minutesPerDay } from '../parameters.ts'
import { warningParameters } from './warning-parameters.ts'

/** One event of a stream: of one car's reports within 30 days the first. `vehicle` is −1 where the car is not known. */
export type StreamEvent = { vehicle: number; at: Minute; receivedAt: Minute; report: ClassReport }

/** What is watched: a symptom class, or a side of it with the other one any (null). */
export type WarningStream = SymptomClass & { key: string; events: readonly StreamEvent[]; duplicates: number }

export const streamKey = ({ component, symptom }: SymptomClass): string => `${component ?? '*'}/${symptom ?? '*'}`

/**
 * Sorts reports into streams: one a class, one a component, and one a symptom. Reports of one car and stream within 30 days of the first are
 * one event, earliest kept; a report that speaks of two classes of a component is one event of the component.
 *
 * @param vehicleIndex index of a car in the projection, −1 for one it does not hold.
 */
export const createWarningStreams = (reports: Iterable<ClassReport>, vehicleIndex: (id: string) => number): Map<string, WarningStream> => {
  const gathered = new Map<string, { of: SymptomClass; events: StreamEvent[] }>()
  for (const report of reports) {
    if (report.linkWeight < warningParameters.minLinkWeight) continue
    const event = {
      vehicle: report.vehicleId === null ? -1 : vehicleIndex(report.vehicleId),
      at: toMinute(report.at, 0), receivedAt: Math.max(toMinute(report.receivedAt, 0), toMinute(report.at, 0)), report,
    }
    for (const of of streamsOf(report)) {
      const key = streamKey(of)
      const known = gathered.get(key)
      if (known === undefined) gathered.set(key, { of, events: [event] })
      else known.events.push(event)
    }
  }
  return new Map([...gathered].map(([key, { of, events }]) => [key, { key, ...of, ...withoutDuplicates(events) }]))
}

const streamsOf = ({ component, symptom }: ClassReport): SymptomClass[] => [
  ...(component !== null && symptom !== null ? [{ component, symptom }] : []),
  ...(component !== null ? [{ component, symptom: null }] : []),
  ...(symptom !== null ? [{ component: null, symptom }] : []),
]

/** A car is told by its id also where the projection does not hold it; a report without a car is only its own duplicate, and of what it is told twice of. */
const withoutDuplicates = (events: readonly StreamEvent[]): { events: StreamEvent[]; duplicates: number } => {
  const sorted = events.toSorted((a, b) => a.at - b.at || a.receivedAt - b.receivedAt || (a.report.recordId < b.report.recordId ? -1 : 1))
  const folded = foldEvents(sorted.map(({ at, report: { source, recordId, vehicleId, toldTwiceOf = [], distinctFrom = [] } }) =>
    ({ car: vehicleId ?? `${source}:${recordId}`, at, id: source === 'feedback' ? recordId : null, toldTwiceOf, distinctFrom })), analysisParameters.dedupDays * minutesPerDay)
  const kept = folded.map(indexes => indexes.map(index => sorted[index]!)).map((members): StreamEvent => {
    // A telling that names the car stands for one that does not; the event is known from the first of its reports to arrive.
    const first = members.find(({ report }) => report.vehicleId !== null) ?? members[0]!
    return { ...first, receivedAt: Math.min(...members.map(({ receivedAt }) => receivedAt)) }
  })
  return { events: kept, duplicates: events.length - kept.length }
}
