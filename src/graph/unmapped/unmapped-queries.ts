import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()

/** Statements of the queue of clauses that no key fits. */
export const unmappedQueries = {
  listToGather: defineQuery({
    file: 'unmapped/list-feedback-to-gather.cypher',
    mode: 'READ',
    params: z.object({ vocabularyVersion: text, k: z.int().min(1).max(2_000) }),
    row: z.strictObject({ feedbackId: text, text, language: maybe, receivedAt: text, vehicleId: maybe, textSha256: text }),
    sample: { vocabularyVersion: '0', k: 10 },
  }),
  replaceClauses: defineQuery({
    file: 'unmapped/replace-clauses.cypher',
    mode: 'WRITE',
    params: z.object({
      rows: z.array(z.object({
        feedbackId: text, textSha256: text, receivedAt: text, vehicleId: maybe, vocabularyVersion: text,
        clauses: z.array(z.object({ id: text, text, language: text, components: z.array(text) })).max(500),
      })).max(2_000),
    }),
    row: z.strictObject({}),
    sample: {
      rows: [{
        feedbackId: 'app:F-1', textSha256: '02', receivedAt: '2022-09-01T02:11:00.000Z', vehicleId: null, vocabularyVersion: '0',
        clauses: [{ id: 'h_unmapped', text: 'it does the weird thing', language: 'en', components: [] }],
      }],
    },
  }),
  listClauses: defineQuery({
    file: 'unmapped/list-clauses.cypher',
    mode: 'READ',
    params: z.object({ asOf: text.min(20), k: z.int().min(1).max(50_000) }),
    row: z.strictObject({ clauseId: text, text, language: text, components: z.array(text), receivedAt: text, vehicleId: maybe, feedbackId: text }),
    sample: { asOf: '2023-01-01T00:00:00.000Z', k: 10 },
  }),
} as const
