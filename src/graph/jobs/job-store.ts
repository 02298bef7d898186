import type { JobRecord, JobState } from '../../domain/job.ts'
import type { GraphClient } from '../ports.ts'
import type { JobStore } from '../ports/jobs.ts'
import {
  cancelJob, claimJob, countJobs, createJob, endJob, findJob, listDueJobs, listJobs, purgeJobs, renewJob, retryJob, type StoredJob,
} from './job-queries.ts'

/** Job records in the graph. */
export const createJobStore = ({ client }: { client: GraphClient }): JobStore => ({
  create: async ({ request, ...job }) => fromNode((await client.one(createJob, { ...job, request: JSON.stringify(request ?? null) })).job),
  async find(jobId) {
    const row = await client.maybeOne(findJob, { jobId })
    return row && fromNode(row.job)
  },
  async list({ state, kind, after, limit }) {
    const rows = await client.all(listJobs, { state, kind, afterCreatedAt: after?.createdAt ?? null, afterId: after?.jobId ?? null, limit })
    return rows.map(row => fromNode(row.job))
  },
  async claim(lease) {
    const row = await client.maybeOne(claimJob, lease)
    return row && { taken: row.taken, job: fromNode(row.job) }
  },
  async renew({ progress, ...lease }) {
    const { done = null, total = null, message = null } = progress ?? {}
    return (await client.maybeOne(renewJob, { ...lease, done, total, message })) ?? { isMine: false, cancelRequested: true }
  },
  async end({ result, error, availableAt, spareAttempt = false, ...end }) {
    const written = await client.maybeOne(endJob, {
      ...end, spareAttempt, result: result === undefined ? null : JSON.stringify(result), errorCode: error?.code ?? null, errorMessage: error?.message ?? null,
      availableAt: availableAt ?? null,
    })
    return written !== null
  },
  async cancel(jobId, at) {
    const row = await client.maybeOne(cancelJob, { jobId, at })
    return row && fromNode(row.job)
  },
  async retry(jobId, at) {
    const row = await client.maybeOne(retryJob, { jobId, at })
    return row && { retried: row.retried, job: fromNode(row.job) }
  },
  due: (at, limit) => client.all(listDueJobs, { at, limit }),
  purge: async (before, limit) => (await client.all(purgeJobs, { ...before, limit })).map(row => row.jobId),
  async counts() {
    const counts: Record<JobState, number> = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 }
    for (const { state, jobs } of await client.all(countJobs, {})) counts[state] = jobs
    return counts
  },
})

const fromNode = (job: StoredJob): JobRecord => ({
  jobId: job.id,
  kind: job.kind,
  state: job.state,
  progress: { done: job.done, total: job.total, message: job.message },
  ...(job.result !== undefined && { result: JSON.parse(job.result) as unknown }),
  ...(job.errorCode !== undefined && { error: { code: job.errorCode, message: job.errorMessage ?? '' } }),
  attempts: job.attempts,
  maxAttempts: job.maxAttempts,
  createdAt: job.createdAt,
  startedAt: job.startedAt ?? null,
  finishedAt: job.finishedAt ?? null,
  cancelRequested: job.cancelRequested,
  revision: job.revision,
  request: JSON.parse(job.request) as unknown,
  requestedBy: job.requestedBy ?? null,
  availableAt: job.availableAt,
})
