import { z } from 'zod'
import { defineJob } from './ports.ts'

/**
 * Writes the vectors that are still missing. What is missing is marked in the graph, so the job needs no payload and two that wait are one.
 */
export const embedPendingJob = defineJob({
  name: 'embed-pending',
  payload: z.object({}),
  attempts: 3,
  backoffMs: 2_000,
  idempotencyKey: () => 'all',
})
