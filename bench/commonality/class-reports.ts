import type { Report } from '../../src/analysis/class-events.ts'
import { toMinute } from '../../src/analysis/projection.ts'
import { bestReport, reportsOfFeedback, reportsOfRepair } from '../../src/graph/analysis/link-report.ts'
import type { TextLinks } from '../../src/domain/finding.ts'
import type { ClassReport } from '../../src/domain/fleet.ts'
import type { Records } from '../../simulator/records.ts'

type Row = Record<string, string | null>
type StreamKey = { component: string; symptom: string }

const reportOf = (vehicle: number, at: string, receivedAt: string, result: string | null, linkWeight = 1): Report => ({
  vehicle, at: toMinute(at, 0), receivedAt: toMinute(receivedAt, 0), linkWeight,
  repairResult: result === 'fixed' || result === 'returned' || result === 'no-trouble-found' ? result : null,
})

/** Reports of each stream by the ids the simulator gave them: linking is taken as perfect. */
export const givenReports = (records: Records, streams: readonly StreamKey[], index: ReadonlyMap<string, number>): Report[][] =>
  streams.map(({ component, symptom }) => {
    const isOf = (id: unknown): boolean => new RegExp(`^(F|RO)-${component}-${symptom}-\\d+(-2)?$`).test(String(id))
    return [
      ...(records.feedback as Row[]).filter(row => isOf(row['sourceId'])).map(row => reportOf(index.get(row['vin']!)!, row['occurredAt']!, row['receivedAt']!, null)),
      ...(records['repair-orders'] as Row[]).filter(row => isOf(row['repairOrderId'])).map(row => reportOf(index.get(row['vin']!)!, row['openedAt']!, row['closedAt']!, row['result']!)),
    ]
  })

/** Reports of each stream as the product finds them: texts linked, components completed by replaced parts; a repair that names no stream is in none. */
export const linkedReports = (options: {
  records: Records
  streams: readonly StreamKey[]
  index: ReadonlyMap<string, number>
  link: (text: string) => TextLinks
  descendantsOf: (component: string) => ReadonlySet<string>
}): Report[][] => {
  const { records, streams, index, link, descendantsOf } = options
  const findingsOf = (text: string): [string | null, string | null, number][] =>
    link(text).findings.filter(one => !one.negated && !one.past && !one.hypothetical).map(one => [one.component, one.symptom, one.confidence])
  const linked: ClassReport[][] = [
    ...(records.feedback as Row[]).map(row =>
      reportsOfFeedback({
        id: row['sourceId']!, vehicleId: row['vin']!, make: null, model: null, modelYear: null, at: row['occurredAt']!, receivedAt: row['receivedAt']!,
        findings: findingsOf(row['text']!), codes: [], answers: [],
      })),
    ...(records['repair-orders'] as Row[]).map(row =>
      reportsOfRepair({
        id: row['repairOrderId']!, vehicleId: row['vin']!, at: row['openedAt']!, receivedAt: row['closedAt']!, result: row['result'] as never,
        partsReplaced: JSON.stringify(row['partsReplaced']), findings: findingsOf([row['complaint'], row['correction']].filter(text => text !== undefined).join('\n')), codes: [],
      })),
  ]
  return streams.map(({ component, symptom }) => {
    const question = { components: descendantsOf(component), symptoms: descendantsOf(symptom) }
    return linked
      .map(reports => bestReport(reports, question))
      .filter(report => report !== null)
      .map(report => reportOf(index.get(report.vehicleId!)!, report.at, report.receivedAt, report.repairResult, report.linkWeight))
  })
}
