import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

export const countPendingVectors = defineQuery({
  file: 'workflow/count-pending-vectors.cypher',
  mode: 'READ',
  params: z.object({}),
  row: z.strictObject({ feedback: z.int().min(0), cases: z.int().min(0) }),
  sample: {},
})
