import { z } from 'zod'
import { decisionVerdicts } from '../../domain/suggestion.ts'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const texts = z.array(text)
const ofReports = { analysisId: text, issueId: maybe }
const sampleReports = { analysisId: 'ANA-1', issueId: 'ISS-1' }
const ofClass = { components: texts.nullable(), symptoms: texts.nullable(), knownUntil: text }
const sampleClass = { components: ['battery-pack'], symptoms: ['loss-of-power'], knownUntil: '2022-10-01T00:00:00.000Z' }

/** What a set of suggestions rests on, read from the graph. */
export const subjectQueries = {
  readSubjectIssue: defineQuery({
    file: 'suggestions/read-subject-issue.cypher', mode: 'READ', params: z.object({ issueId: text }), sample: { issueId: 'ISS-1' },
    row: z.strictObject({ issueId: text, component: maybe, symptom: maybe, model: maybe, state: text, severity: z.unknown(), openedAt: text }),
  }),
  readCodes: defineQuery({
    file: 'suggestions/read-codes.cypher', mode: 'READ', params: z.object(ofReports), sample: sampleReports,
    row: z.strictObject({ code: text, meaning: maybe, reports: z.int(), confirmed: z.int(), snapshotIds: texts }),
  }),
  readSnapshots: defineQuery({
    file: 'suggestions/read-snapshots.cypher', mode: 'READ', params: z.object(ofReports), sample: sampleReports,
    row: z.strictObject({ snapshotId: text, signals: maybe, make: maybe, model: maybe }),
  }),
  readSignalRanges: defineQuery({
    file: 'suggestions/read-signal-ranges.cypher', mode: 'READ', params: z.object({ signalIds: texts }), sample: { signalIds: ['KIA/EV6/soc'] },
    row: z.strictObject({ signalId: text, name: text, unit: maybe, p01: z.number(), p99: z.number(), seen: z.int().nullable() }),
  }),
  readRepairs: defineQuery({
    file: 'suggestions/read-repairs.cypher', mode: 'READ', params: z.object(ofReports), sample: sampleReports,
    row: z.strictObject({ result: text, orders: z.int(), orderIds: texts }),
  }),
  readQuotes: defineQuery({
    file: 'suggestions/read-quotes.cypher', mode: 'READ', params: z.object({ ...ofReports, limit: z.int().min(1) }), sample: { ...sampleReports, limit: 2 },
    row: z.strictObject({ id: text, text, language: maybe, kind: z.enum(['feedback', 'repair']) }),
  }),
  readModels: defineQuery({
    file: 'suggestions/read-models-of-reports.cypher', mode: 'READ', params: z.object(ofReports), sample: sampleReports,
    row: z.strictObject({ model: text, reports: z.int() }),
  }),
  readOutcomes: defineQuery({
    file: 'suggestions/read-outcomes.cypher', mode: 'READ', params: z.object(ofClass), sample: sampleClass,
    row: z.strictObject({ actionId: text, caseId: text, kind: z.enum(['ICA', 'PCA']), actionType: text, text: maybe, verification: maybe, recurred: z.boolean() }),
  }),
  countCases: defineQuery({
    file: 'suggestions/count-cases-of-class.cypher', mode: 'READ', params: z.object(ofClass), sample: sampleClass, row: z.strictObject({ cases: z.int() }),
  }),
  readFleetNames: defineQuery({ file: 'suggestions/read-fleet-names.cypher', mode: 'READ', params: z.object({}), sample: {}, row: z.strictObject({ name: text }) }),
  readPastDecisions: defineQuery({
    file: 'suggestions/read-past-decisions.cypher', mode: 'READ',
    params: z.object({ component: maybe, symptom: maybe, knownUntil: text }), sample: { component: 'battery-pack', symptom: null, knownUntil: '2022-10-01T00:00:00.000Z' },
    row: z.strictObject({
      kind: z.enum(['root-cause', 'containment', 'corrective']), verdict: z.enum(decisionVerdicts), actionType: maybe, causeKind: maybe, caseId: maybe,
      factors: texts.nullable(), sameClass: z.boolean().nullable(),
    }),
  }),
} as const

const factor = z.object({ dimension: text, nodeId: maybe, component: maybe, value: maybe, from: maybe, to: maybe })
const scopeParams = { cutOff: text, factors: z.array(factor), models: texts.nullable() }
const sampleScope = {
  cutOff: '2022-10-01T00:00:00.000Z', models: ['EV6'],
  factors: [{ dimension: 'lot', nodeId: '37501-CV000/21W08', component: 'battery-pack', value: null, from: null, to: null }],
}

/** The cars an action touches. */
export const scopeQueries = {
  countScope: defineQuery({
    file: 'suggestions/count-scope.cypher', mode: 'READ', params: z.object(scopeParams), sample: sampleScope,
    row: z.strictObject({ stock: z.int(), inTransit: z.int(), atOutlet: z.int(), sold: z.int() }),
  }),
  listScope: defineQuery({
    file: 'suggestions/list-scope.cypher', mode: 'READ', params: z.object({ ...scopeParams, limit: z.int().min(1) }), sample: { ...sampleScope, limit: 10 },
    row: z.strictObject({ vehicleId: text, vinSealed: maybe, model: maybe, modelYear: z.int().nullable(), state: z.enum(['stock', 'in-transit', 'at-outlet', 'sold']) }),
  }),
  readActionConditions: defineQuery({
    file: 'suggestions/read-action-conditions.cypher', mode: 'READ', params: z.object({ actionId: text }), sample: { actionId: 'h_5' },
    row: z.strictObject({ actionId: text, actionType: maybe, lots: texts, software: texts }),
  }),
} as const
