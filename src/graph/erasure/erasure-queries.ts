import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const texts = z.array(text)
const ids = z.object({ feedbackIds: texts })
const someIds = { feedbackIds: ['hotline:none'] }
const label = z.enum(['Triage', 'SuggestionSet', 'Suggestion', 'Analysis'])

/** Statements by which what is known of a person is erased. */
export const erasureQueries = {
  ofPerson: defineQuery({
    file: 'erasure/find-of-person.cypher', mode: 'READ', params: z.object({ reference: text }), row: z.strictObject({ feedbackIds: texts, vehicleIds: texts }), sample: { reference: 'none' },
  }),
  ofVehicle: defineQuery({
    file: 'erasure/find-of-vehicle.cypher', mode: 'READ', params: z.object({ vehicleId: text }),
    row: z.strictObject({ feedbackIds: texts, vinSealed: maybe, personRef: maybe }), sample: { vehicleId: 'veh_none' },
  }),
  words: defineQuery({ file: 'erasure/read-words.cypher', mode: 'READ', params: ids, row: z.strictObject({ feedbackId: text, sourceId: text, text }), sample: someIds }),
  told: defineQuery({ file: 'erasure/read-told.cypher', mode: 'READ', params: ids, row: z.strictObject({ label, id: text, content: maybe }), sample: someIds }),
  writeTold: defineQuery({
    file: 'erasure/write-told.cypher', mode: 'WRITE', params: z.object({ rows: z.array(z.object({ label, id: text, content: text })) }), row: z.strictObject({ written: z.int() }),
    sample: { rows: [{ label: 'Triage', id: 'none', content: '{}' }] },
  }),
  eraseFeedback: defineQuery({ file: 'erasure/erase-feedback.cypher', mode: 'WRITE', params: ids, row: z.strictObject({ feedback: z.int() }), sample: someIds }),
  deleteVersions: defineQuery({
    file: 'erasure/delete-versions.cypher', mode: 'WRITE', params: ids.extend({ vehicleIds: texts }), row: z.strictObject({ versions: z.int() }),
    sample: { ...someIds, vehicleIds: ['veh_none'] },
  }),
  deleteClauses: defineQuery({ file: 'erasure/delete-clauses.cypher', mode: 'WRITE', params: ids, row: z.strictObject({}), sample: someIds }),
  touchCases: defineQuery({ file: 'erasure/touch-cases.cypher', mode: 'WRITE', params: ids.extend({ at: text }), row: z.strictObject({}), sample: { ...someIds, at: '2023-01-09T06:12:46.000Z' } }),
  eraseVehicles: defineQuery({
    file: 'erasure/erase-vehicles.cypher', mode: 'WRITE', params: z.object({ vehicleIds: texts }), row: z.strictObject({ vins: z.int(), vehicles: z.int() }),
    sample: { vehicleIds: ['veh_none'] },
  }),
  eraseRepairs: defineQuery({
    file: 'erasure/erase-repairs.cypher', mode: 'WRITE', params: z.object({ vehicleIds: texts }), row: z.strictObject({ repairs: z.int() }), sample: { vehicleIds: ['veh_none'] },
  }),
  forgetAnswers: defineQuery({ file: 'erasure/forget-answers.cypher', mode: 'WRITE', params: z.object({ needles: texts }), row: z.strictObject({ answers: z.int() }), sample: { needles: ['none'] } }),
  forgetJobs: defineQuery({ file: 'erasure/forget-jobs.cypher', mode: 'WRITE', params: z.object({ needles: texts }), row: z.strictObject({ jobs: z.int() }), sample: { needles: ['none'] } }),
  forgetBodies: defineQuery({ file: 'erasure/forget-bodies.cypher', mode: 'WRITE', params: z.object({ needles: texts }), row: z.strictObject({}), sample: { needles: ['none'] } }),
} as const
