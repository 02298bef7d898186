import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

export const listUntriagedFeedback = defineQuery({
  file: 'workflow/list-untriaged-feedback.cypher',
  mode: 'READ',
  params: z.object({ before: z.int().min(0), k: z.int().min(1).max(1_000) }),
  row: z.strictObject({ feedbackId: z.string() }),
  sample: { before: 1_700_000_000_000, k: 10 },
})
