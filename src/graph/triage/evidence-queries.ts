import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const milliseconds = z.int().min(0)

const storedFinding = z.strictObject({
  id: text, component: maybe, symptom: maybe, confidence: z.number(), method: text, spanStart: z.int(), spanEnd: z.int(), negated: z.boolean(),
  past: z.boolean(), hypothetical: z.boolean(), by: maybe, correctedBy: maybe,
})
const repair = z.strictObject({
  repairOrderId: text, openedAt: text, receivedAt: text, result: maybe, partsReplaced: maybe, answers: z.boolean(), components: z.array(text),
})
const correction = z.object({
  id: text, component: text, symptom: maybe, confidence: z.number().min(0).max(1), method: z.enum(['dtc', 'repair']), by: text, knownAt: text,
  spanStart: z.int(), spanEnd: z.int(), vocabularyVersion: text, saidId: maybe,
})

/** Statements that set what an owner named beside what fault codes and workshops found. */
export const evidenceQueries = {
  listCarsToWeigh: defineQuery({
    file: 'triage/list-cars-to-weigh.cypher',
    mode: 'READ',
    params: z.object({ since: milliseconds, vocabularyVersion: text, k: z.int().min(1).max(2_000) }),
    row: z.strictObject({ vehicleIds: z.array(text), readAt: milliseconds }),
    sample: { since: 0, vocabularyVersion: '0', k: 10 },
  }),
  readEvidence: defineQuery({
    file: 'triage/read-evidence-of-cars.cypher',
    mode: 'READ',
    params: z.object({ vehicleIds: z.array(text).max(2_000) }),
    row: z.strictObject({
      feedbackId: text, contentSha256: text, occurredAt: maybe, receivedAt: text, findings: z.array(storedFinding),
      codes: z.array(z.strictObject({ code: text, failureType: maybe, status: z.int().nullable() })), repairs: z.array(repair),
    }),
    sample: { vehicleIds: ['veh_00000000000000000000000000000001'] },
  }),
  writeCorrections: defineQuery({
    file: 'triage/write-corrections.cypher',
    mode: 'WRITE',
    params: z.object({ rows: z.array(z.object({ feedbackId: text, contentSha256: text, corrections: z.array(correction).max(100) })).max(20_000) }),
    row: z.strictObject({}),
    sample: {
      rows: [{
        feedbackId: 'app:F-1', contentSha256: '01',
        corrections: [{
          id: 'h_correction', component: 'traction-battery', symptom: 'no-start', confidence: 0.8, method: 'repair' as const, by: 'RO-1',
          knownAt: '2022-09-05T00:00:00.000Z', spanStart: 0, spanEnd: 3, vocabularyVersion: '0', saidId: null,
        }],
      }],
    },
  }),
  markWeighed: defineQuery({
    file: 'triage/mark-cars-weighed.cypher',
    mode: 'WRITE',
    params: z.object({ vehicleIds: z.array(text).max(2_000), weighedAt: milliseconds, vocabularyVersion: text }),
    row: z.strictObject({}),
    sample: { vehicleIds: ['veh_00000000000000000000000000000001'], weighedAt: 0, vocabularyVersion: '0' },
  }),
} as const
