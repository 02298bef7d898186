import { z } from 'zod'
import { dtcEvidence, dtcStatusBits } from '../../domain/dtc.ts'
import type { ClassReport } from '../../domain/fleet.ts'
import type { FeedbackReportRow, RepairReportRow } from './report-queries.ts'

/** Above this a finding counts as said for sure (section 3 of the methods: "linked with p < .8 enters with weight p"). */
const firmConfidence = 0.8

/**
 * How surely something else than the finding itself names the component of a symptom; times the weight of the symptom. All below `firmConfidence`:
 * such a report is never firm. Chosen, not fitted: a replaced part is what the workshop held to blame, a text that names the component in another
 * clause mostly means it, a fault code points at several suspects.
 */
export const completionStrength = { partReplaced: 0.7, namedElsewhere: 0.7, namedAmongOthers: 0.4, namedByAnswer: 0.6, firstSuspect: 0.5, otherSuspect: 0.25 } as const

type Code = FeedbackReportRow['codes'][number]
type Said = FeedbackReportRow['findings'][number]

/** A class that a record speaks of, as probable as `weight`. */
export type LinkedClass = { component: string | null; symptom: string | null; weight: number }

/** What names a component beside the findings of a record: pairs of component and strength in (0, 1). */
export type ComponentEvidence = readonly (readonly [component: string, strength: number])[]

const weightOf = (confidence: number): number => (confidence >= firmConfidence ? 1 : confidence)

/**
 * The classes a record speaks of, each once with its best weight: what its findings say, and for a symptom whose component is nowhere said in the
 * record, that symptom with every component that something else names.
 *
 * @returns in the order of first mention; completed classes last, with weights below `firmConfidence`.
 */
export function linkReport(findings: readonly Said[], evidence: ComponentEvidence): LinkedClass[] {
  const best = new Map<string, LinkedClass>()
  const add = (component: string | null, symptom: string | null, weight: number): void => {
    if ((component === null && symptom === null) || weight <= 0) return
    const key = JSON.stringify([component, symptom])
    const known = best.get(key)
    if (known === undefined) best.set(key, { component, symptom, weight })
    else known.weight = Math.max(known.weight, weight)
  }
  for (const [component, symptom, confidence] of findings) add(component, symptom, weightOf(confidence))
  const placed = new Set(findings.filter(([component]) => component !== null).map(([, symptom]) => symptom))
  const spoken = new Set(findings.flatMap(([component]) => component ?? []))
  const strength = spoken.size === 1 ? completionStrength.namedElsewhere : completionStrength.namedAmongOthers
  const named: ComponentEvidence = [
    ...evidence,
    ...findings.flatMap(([component, , confidence]) => (component !== null ? [[component, strength * weightOf(confidence)] as const] : [])),
  ]
  for (const [component, symptom, confidence] of findings) {
    if (component !== null || symptom === null || placed.has(symptom)) continue
    for (const [suspect, strength] of named) add(suspect, symptom, strength * weightOf(confidence))
  }
  return [...best.values()]
}

const Replaced = z.array(z.looseObject({ component: z.string() }))

const replacedComponents = (partsReplaced: string | null): ComponentEvidence =>
  partsReplaced === null ? [] : Replaced.parse(JSON.parse(partsReplaced)).map(({ component }) => [component, completionStrength.partReplaced] as const)

/** Suspects of codes that the car confirmed (bit 3 of the status byte, tested since the last clear) or a workshop wrote down (no status). */
const suspectsOf = (codes: readonly Code[]): ComponentEvidence =>
  codes
    .filter(([status]) => status === null || (dtcEvidence(status) === 'full' && (status & dtcStatusBits.confirmedDtc) !== 0))
    .map(([, component, rank]) => [component, rank === 1 ? completionStrength.firstSuspect : completionStrength.otherSuspect] as const)

/**
 * Nothing happens after it was told of: an event dated later (a clock that runs ahead, a mistyped year) counts at the instant its report came in,
 * so that it neither lies after the cut-off nor leaves the exposure.
 */
const eventInstant = ({ at, receivedAt }: { at: string; receivedAt: string }): string => (at > receivedAt ? receivedAt : at)

/** One row a class of a feedback. Its repair result is that of the repair that answered it last. */
export function reportsOfFeedback(row: FeedbackReportRow): ClassReport[] {
  const evidence = [
    // The codes of a snapshot have a status byte; one without proves nothing of a test that ran.
    ...suspectsOf(row.codes.filter(([status]) => status !== null)),
    ...row.answers.flatMap(answer => [
      ...replacedComponents(answer.partsReplaced),
      ...suspectsOf(answer.codes),
      ...answer.findings.map(([component, confidence]) => [component, completionStrength.namedByAnswer * weightOf(confidence)] as const),
    ]),
  ]
  const { id, vehicleId, make, model, modelYear, receivedAt, toldTwiceOf = [], distinctFrom = [] } = row
  const repairResult = row.answers.findLast(({ result }) => result !== null)?.result ?? null
  return linkReport(row.findings, evidence).map(({ component, symptom, weight }) => ({
    source: 'feedback', recordId: id, vehicleId, make, model, modelYear, component, symptom, at: eventInstant(row), receivedAt, linkWeight: weight, repairResult,
    ...(toldTwiceOf.length > 0 && { toldTwiceOf }), ...(distinctFrom.length > 0 && { distinctFrom }),
  }))
}

/** One row a class of a repair order; its instant is that of its opening. */
export function reportsOfRepair(row: RepairReportRow): ClassReport[] {
  const { id, vehicleId, receivedAt, result } = row
  return linkReport(row.findings, [...replacedComponents(row.partsReplaced), ...suspectsOf(row.codes)]).map(({ component, symptom, weight }) => ({
    source: 'repair-order', recordId: id, vehicleId, make: null, model: null, modelYear: null, component, symptom, at: eventInstant(row), receivedAt,
    linkWeight: weight, repairResult: result,
  }))
}

/** The best report of a record for a question; null where it has none. */
export function bestReport(
  reports: readonly ClassReport[],
  { components, symptoms }: { components: ReadonlySet<string> | null; symptoms: ReadonlySet<string> | null },
): ClassReport | null {
  const isIn = (asked: ReadonlySet<string> | null, said: string | null): boolean => asked === null || (said !== null && asked.has(said))
  return reports
    .filter(({ component, symptom }) => isIn(components, component) && isIn(symptoms, symptom))
    .reduce<ClassReport | null>((best, report) => (best === null || report.linkWeight > best.linkWeight ? report : best), null)
}
