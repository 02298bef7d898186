import { z } from 'zod'
import { defineQuery } from '../define-query.ts'
import { alertMethods, alertOutcomes, alertStates } from '../../domain/alert.ts'

const instant = z.string().min(20)
const text = z.string()
const maybe = text.nullable()

const stored = {
  alertId: text, component: maybe, symptom: maybe, cellDimension: z.enum(['all', 'plant', 'supplier', 'model', 'model-year']), cellLevel: text,
  windowFrom: text, windowTo: text, observed: z.number(), expected: z.number(), llr: z.number(), threshold: z.number(), firstAlarmAt: text,
  vehiclesAtRisk: z.number().nullable(), state: z.enum(alertStates), method: z.enum(alertMethods), model: maybe, raisedAt: text, assessedAt: text,
  closedAt: maybe, closedReason: z.enum(['no-longer-above-threshold', 'rejected-by-a-person']).nullable(), outcome: z.enum(alertOutcomes),
  outcomeReason: maybe, decidedAt: maybe, engineVersion: text,
}
export type StoredAlert = z.infer<z.ZodObject<typeof stored>>

const at = '2023-02-01T23:59:59.999Z'
const sampleAlert: StoredAlert = {
  alertId: 'ALT-none', component: 'battery-pack', symptom: 'loss-of-power', cellDimension: 'plant', cellLevel: 'hwaseong', windowFrom: '2022-W10',
  windowTo: '2022-W13', observed: 8, expected: 0.9, llr: 10.4, threshold: 8.9, firstAlarmAt: at, vehiclesAtRisk: 412, state: 'open', method: 'cohort-scan',
  model: null, raisedAt: at, assessedAt: at, closedAt: null, closedReason: null, outcome: 'open', outcomeReason: null, decidedAt: null, engineVersion: '0.1.0',
}

export const lockAlertWatch = defineQuery({
  file: 'alerts/lock-alert-watch.cypher', mode: 'WRITE', params: z.object({ at: instant }), row: z.strictObject({ scannedTo: maybe }), sample: { at },
})

export const advanceAlertWatch = defineQuery({
  file: 'alerts/advance-alert-watch.cypher', mode: 'WRITE', params: z.object({ asOf: instant }), row: z.strictObject({ scannedTo: text }), sample: { asOf: at },
})

export const recordAlertScan = defineQuery({
  file: 'alerts/record-alert-scan.cypher',
  mode: 'WRITE',
  params: z.object({ asOf: instant, streams: z.int().min(0), streamYears: z.number().min(0), engineVersion: text, seed: z.int() }),
  row: z.strictObject({ scanId: text }),
  sample: { asOf: at, streams: 12, streamYears: 1.5, engineVersion: '0.1.0', seed: 42 },
})

export const readAlertScans = defineQuery({
  file: 'alerts/read-alert-scans.cypher', mode: 'READ', params: z.object({}), row: z.strictObject({ scans: z.int(), streamYears: z.number() }), sample: {},
})

export const listAlerts = defineQuery({
  file: 'alerts/list-alerts.cypher', mode: 'READ', params: z.object({ alertId: maybe }), row: z.strictObject({ ...stored, issueId: maybe }), sample: { alertId: null },
})

export const writeAlerts = defineQuery({
  file: 'alerts/write-alerts.cypher', mode: 'WRITE', params: z.object({ alerts: z.array(z.object(stored)) }), row: z.strictObject({ alertId: text }),
  sample: { alerts: [sampleAlert] },
})

const issueClass = { classId: text, component: maybe, symptom: maybe, model: maybe }
const sampleClass = { classId: 'h_none', component: 'battery-pack', symptom: 'loss-of-power', model: 'EV6' }

export const findIssueOfAlert = defineQuery({
  file: 'alerts/find-issue-of-alert.cypher',
  mode: 'READ',
  params: z.object({ ...issueClass, finalStates: z.array(text) }),
  row: z.strictObject({ issuesOfClass: z.int().min(0), openId: maybe }),
  sample: { ...sampleClass, finalStates: ['closed'] },
})

export const openAlertIssue = defineQuery({
  file: 'alerts/open-alert-issue.cypher',
  mode: 'WRITE',
  params: z.object({ ...issueClass, alertId: text, issueId: text, asOf: instant, firstResponseDueAt: instant, resolutionDueAt: instant }),
  row: z.strictObject({ issueId: text }),
  sample: { ...sampleClass, classId: 'h_class', alertId: 'ALT-1', issueId: 'ISS-none', asOf: at, firstResponseDueAt: at, resolutionDueAt: at },
})

export const decideAlert = defineQuery({
  file: 'alerts/decide-alert.cypher',
  mode: 'WRITE',
  params: z.object({ alertId: text, outcome: z.enum(['confirmed', 'rejected']), reason: text, decidedAt: instant }),
  row: z.strictObject({ alertId: text }),
  sample: { alertId: 'ALT-none', outcome: 'rejected', reason: 'a press report', decidedAt: at },
})

export const readFirstHumanCases = defineQuery({
  file: 'alerts/first-human-cases.cypher', mode: 'READ', params: z.object({}),
  row: z.strictObject({ alertId: text, firstCaseAt: maybe, firstIssueAt: maybe }), sample: {},
})
