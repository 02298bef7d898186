import { createHash } from 'node:crypto'
import type { Finding } from './finding.ts'

/** States of an issue in order (8D: contained D3, cause-confirmed D4, action-chosen D5, implemented D6, prevented D7, closed D8), and two ways out. */
export const issueStates = [
  'new', 'triaged', 'contained', 'cause-confirmed', 'action-chosen', 'implemented', 'prevented', 'closed', 'rejected', 'merged',
] as const

/** Issues in one of these states take no further feedback. */
export const finalIssueStates = ['closed', 'rejected', 'merged'] as const

/** Days after its last activity in which an issue is joined by feedback of its class. */
export const joinWindowDays = 30

/** The unit in which feedback is gathered: symptom class and model; either side of the class, and the model, may be unknown. */
export type IssueClass = {
  id: string
  component: string | null
  symptom: string | null
  model: string | null
}

/** A fault code as recorded by the car; `status` is the ISO 14229 status byte. */
export type StatusDtc = { code: string; failureType: string | null; status: number | null }

/** What the reporter's fields say outright, beside the text. */
export type ReportFlags = { crash: boolean | null; fire: boolean | null; injuries: number | null; sos: boolean | null }

/** A stored feedback with what its car and its snapshot add. `text` is redacted; model and year of a known car outrank those of the report. */
export type FeedbackContext = {
  feedbackId: string
  feedbackSha256: string
  text: string
  language: string | null
  /** Of a stored record; null for a text somebody asks about. */
  channel: string | null
  occurredAt: string | null
  receivedAt: string
  /** Pseudonym of the car. */
  vehicleId: string | null
  /** 1 (worst) to 5. */
  rating: number | null
  make: string | null
  model: string | null
  modelYear: number | null
  flags: ReportFlags
  recordedDtcs: StatusDtc[]
}

const hash = (...parts: string[]): string => createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)

/**
 * The finding a report is filed under: both sides known before one, then the surest, then the first said. Findings that are negated, past or
 * hypothetical are no event of this report and never chosen.
 */
export const primaryFinding = <F extends Omit<Finding, 'method'>>(findings: readonly F[]): F | null => {
  const sides = (finding: F) => Number(finding.component !== null) + Number(finding.symptom !== null)
  const counted = findings.filter(finding => !finding.negated && !finding.past && !finding.hypothetical)
  return counted.toSorted((a, b) => sides(b) - sides(a) || b.confidence - a.confidence || a.span[0] - b.span[0])[0] ?? null
}

/**
 * Class of a report. Where neither component nor symptom is known the class is the report's own: two reports nobody understood yet are not
 * the same problem.
 */
export const issueClassOf = (report: {
  feedbackId: string
  findings: readonly Omit<Finding, 'method'>[]
  model: string | null
}): IssueClass => {
  const finding = primaryFinding(report.findings)
  const component = finding?.component ?? null
  const symptom = finding?.symptom ?? null
  const model = report.model?.trim() || null
  const own = component === null && symptom === null ? report.feedbackId : ''
  return { id: `h_${hash('IssueClass', component ?? '*', symptom ?? '*', (model ?? '*').toLowerCase(), own)}`, component, symptom, model }
}

/** Id of the nth issue of a class, counted from 0: two writers that open the same one open one. */
export const issueIdOf = (classId: string, ordinal: number): string => `ISS-${hash('Issue', classId, String(ordinal)).slice(0, 16)}`

const dayMs = 86_400_000

/** Instants between which an issue's activity must lie to be joined by feedback of `receivedAt`; reports may arrive out of order, so both ways. */
export const joinWindow = (receivedAt: string): { from: string; to: string } => {
  const at = Date.parse(receivedAt)
  return { from: new Date(at - joinWindowDays * dayMs).toISOString(), to: new Date(at + joinWindowDays * dayMs).toISOString() }
}
