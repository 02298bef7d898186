import { z } from 'zod'
import { ActionRecurrence } from '../../domain/action-efficacy.ts'
import { actionTypes } from '../../domain/case.ts'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const texts = z.array(text)

/** Statements about actions and what became of them. */
export const actionQueries = {
  listActions: defineQuery({
    file: 'actions/list-actions.cypher',
    mode: 'READ',
    params: z.object({ actionId: maybe, caseId: maybe, actionType: maybe, knownUntil: text }),
    row: z.strictObject({
      actionId: text, caseId: text, kind: z.enum(['ICA', 'PCA']), actionType: z.enum(actionTypes).catch('other'), text: maybe, effectiveFrom: maybe,
      components: texts, symptoms: texts, models: z.array(z.object({ make: maybe, model: maybe, modelYear: z.number().nullable() })), lots: texts,
      partNumbers: texts, software: texts,
    }),
    sample: { actionId: null, caseId: null, actionType: null, knownUntil: '2023-01-01T00:00:00.000Z' },
  }),
  keepRecurrence: defineQuery({
    file: 'actions/keep-recurrence.cypher',
    mode: 'WRITE',
    params: z.object(ActionRecurrence.shape),
    row: z.strictObject({ isNew: z.boolean() }),
    sample: {
      recurrenceId: 'h_none', actionId: 'h_6', caseId: 'C-1', actionType: 'design-change', alarmAt: '2021-09-01T00:00:00.000Z', observed: 4, expected: 0.2,
      llr: 8.2, threshold: 2.8, foundAt: '2021-10-01T00:00:00.000Z',
    },
  }),
  listUnannouncedRecurrences: defineQuery({
    file: 'actions/list-unannounced-recurrences.cypher',
    mode: 'READ',
    params: z.object({ limit: z.int().min(1).max(1_000) }),
    row: z.strictObject(ActionRecurrence.shape),
    sample: { limit: 100 },
  }),
} as const
