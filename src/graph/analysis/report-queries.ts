import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const number = z.number()

/** Component, symptom, confidence. */
const findings = z.array(z.tuple([maybe, maybe, number]))
/** Status byte, suspected component, rank of the suspect. */
const codes = z.array(z.tuple([number.nullable(), text, number.nullable()]))
const repairResult = z.enum(['fixed', 'no-trouble-found', 'awaiting-part', 'returned']).nullable()
const found = z.strictObject({ id: text, isFeedback: z.boolean() })

export const FeedbackReportRow = z.strictObject({
  id: text, vehicleId: maybe, make: maybe, model: maybe, modelYear: number.nullable(), at: text, receivedAt: text,
  findings,
  codes,
  answers: z.array(z.object({ result: repairResult, partsReplaced: maybe, codes, findings: z.array(z.tuple([text, number])) })),
  toldTwiceOf: z.array(text).optional(), distinctFrom: z.array(text).optional(),
})
export type FeedbackReportRow = z.infer<typeof FeedbackReportRow>

export const RepairReportRow = z.strictObject({
  id: text, vehicleId: maybe, at: text, receivedAt: text, result: repairResult, partsReplaced: maybe, findings, codes,
})
export type RepairReportRow = z.infer<typeof RepairReportRow>

const asOf = '2022-09-05T00:00:00.000Z'

/** Statements that read who reported what: some find records, two read those found. */
export const reportQueries = {
  listReports: defineQuery({
    file: 'analysis/list-reports.cypher',
    mode: 'READ',
    params: z.object({ asOf: text }),
    row: found,
    sample: { asOf },
    trusted: true,
  }),
  findBySymptom: defineQuery({
    file: 'analysis/find-reports-by-symptom.cypher',
    mode: 'READ',
    params: z.object({ symptoms: z.array(text), components: z.array(text).nullable(), asOf: text }),
    row: found,
    sample: { symptoms: ['loss-of-power'], components: ['battery-pack'], asOf },
    trusted: true,
  }),
  findByComponent: defineQuery({
    file: 'analysis/find-reports-by-component.cypher',
    mode: 'READ',
    params: z.object({ components: z.array(text), asOf: text }),
    row: found,
    sample: { components: ['battery-pack'], asOf },
    trusted: true,
  }),
  readFeedback: defineQuery({
    file: 'analysis/read-feedback-reports.cypher',
    mode: 'READ',
    params: z.object({ ids: z.array(text), asOf: text }),
    row: FeedbackReportRow,
    sample: { ids: ['app:F-1'], asOf },
    trusted: true,
  }),
  readRepairs: defineQuery({
    file: 'analysis/read-repair-reports.cypher',
    mode: 'READ',
    params: z.object({ ids: z.array(text), asOf: text }),
    row: RepairReportRow,
    sample: { ids: ['RO-1'], asOf },
    trusted: true,
  }),
} as const
