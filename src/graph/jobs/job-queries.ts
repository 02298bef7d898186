import { z } from 'zod'
import { jobStates } from '../../domain/job.ts'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const instant = z.string().min(20)
const state = z.enum(jobStates)
const at = '2023-01-09T06:12:46.000Z'
const jobId = 'JOB-none'

/** Properties of a `Job` node; those it does not have are absent. */
const StoredJob = z.object({
  id: text, kind: text, state, request: text, requestedBy: text.optional(), done: z.number(), total: z.number(), message: text, attempts: z.int(),
  maxAttempts: z.int(), createdAt: text, startedAt: text.optional(), finishedAt: text.optional(), availableAt: text, cancelRequested: z.boolean(),
  revision: z.int(), result: text.optional(), errorCode: text.optional(), errorMessage: text.optional(),
})
export type StoredJob = z.infer<typeof StoredJob>
const row = z.strictObject({ job: StoredJob })

export const createJob = defineQuery({
  file: 'jobs/create-job.cypher', mode: 'WRITE', row,
  params: z.object({ jobId: text, kind: text, request: text, requestedBy: maybe, maxAttempts: z.int().min(1), at: instant }),
  sample: { jobId, kind: 'import', request: '{}', requestedBy: 'key_1', maxAttempts: 3, at },
})

export const findJob = defineQuery({ file: 'jobs/find-job.cypher', mode: 'READ', params: z.object({ jobId: text }), row, sample: { jobId } })

export const listJobs = defineQuery({
  file: 'jobs/list-jobs.cypher', mode: 'READ', row,
  params: z.object({ state: maybe, kind: maybe, afterCreatedAt: maybe, afterId: maybe, limit: z.int().min(1) }),
  sample: { state: 'failed', kind: null, afterCreatedAt: at, afterId: jobId, limit: 10 },
})

export const claimJob = defineQuery({
  file: 'jobs/claim-job.cypher', mode: 'WRITE', params: z.object({ jobId: text, runId: text, at: instant, leaseUntil: instant }),
  row: z.strictObject({ taken: z.boolean(), job: StoredJob }), sample: { jobId, runId: '1', at, leaseUntil: at },
})

export const renewJob = defineQuery({
  file: 'jobs/renew-job.cypher', mode: 'WRITE',
  params: z.object({ jobId: text, runId: text, at: instant, leaseUntil: instant, done: z.number().nullable(), total: z.number().nullable(), message: maybe }),
  row: z.strictObject({ isMine: z.boolean(), cancelRequested: z.boolean() }),
  sample: { jobId, runId: '1', at, leaseUntil: at, done: 1, total: 2, message: 'reading' },
})

export const endJob = defineQuery({
  file: 'jobs/end-job.cypher', mode: 'WRITE', row: z.strictObject({ jobId: text }),
  params: z.object({ jobId: text, runId: text, at: instant, state, result: maybe, errorCode: maybe, errorMessage: maybe, availableAt: maybe, spareAttempt: z.boolean() }),
  sample: { jobId, runId: '1', at, state: 'done', result: '{}', errorCode: null, errorMessage: null, availableAt: null, spareAttempt: false },
})

export const cancelJob = defineQuery({ file: 'jobs/cancel-job.cypher', mode: 'WRITE', params: z.object({ jobId: text, at: instant }), row, sample: { jobId, at } })

export const retryJob = defineQuery({
  file: 'jobs/retry-job.cypher', mode: 'WRITE', params: z.object({ jobId: text, at: instant }), row: z.strictObject({ retried: z.boolean(), job: StoredJob }),
  sample: { jobId, at },
})

export const listDueJobs = defineQuery({
  file: 'jobs/list-due-jobs.cypher', mode: 'READ', params: z.object({ at: instant, limit: z.int().min(1) }),
  row: z.strictObject({ jobId: text, kind: text }), sample: { at, limit: 10 },
})

export const purgeJobs = defineQuery({
  file: 'jobs/purge-jobs.cypher', mode: 'WRITE', params: z.object({ endedBefore: instant, failedBefore: instant, limit: z.int().min(1) }),
  row: z.strictObject({ jobId: text }), sample: { endedBefore: at, failedBefore: at, limit: 10 },
})

export const countJobs = defineQuery({
  file: 'jobs/count-jobs.cypher', mode: 'READ', params: z.object({}), row: z.strictObject({ state, jobs: z.int() }), sample: {},
})
