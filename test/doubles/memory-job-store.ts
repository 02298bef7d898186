import { isFinalJobState } from '../../src/domain/job.ts'
import type { JobRecord } from '../../src/domain/job.ts'
import type { JobStore } from '../../src/graph/ports/jobs.ts'

type Kept = JobRecord & { runId: string | null; leaseUntil: string }

/** The port in a map; test/contracts/job-store.ts holds it and the graph to one behaviour. */
export const createMemoryJobStore = (): JobStore => {
  const jobs = new Map<string, Kept>()
  const seen = ({ runId: _runId, leaseUntil: _leaseUntil, ...job }: Kept): JobRecord => structuredClone(job)
  const change = (job: Kept, fields: Partial<Kept>) => Object.assign(job, fields, { revision: job.revision + 1 })
  const isMine = (jobId: string, runId: string) => {
    const job = jobs.get(jobId)
    return job?.state === 'running' && job.runId === runId ? job : null
  }
  return {
    create({ jobId, kind, request, requestedBy, maxAttempts, at }) {
      if (!jobs.has(jobId))
        jobs.set(jobId, {
          jobId, kind, request: structuredClone(request), requestedBy, maxAttempts, state: 'queued', progress: { done: 0, total: 0, message: '' }, attempts: 0, createdAt: at,
          availableAt: at, startedAt: null, finishedAt: null, cancelRequested: false, revision: 1, runId: null, leaseUntil: '',
        })
      return Promise.resolve(seen(jobs.get(jobId)!))
    },
    find: jobId => Promise.resolve(jobs.has(jobId) ? seen(jobs.get(jobId)!) : null),
    list({ state, kind, after, limit }) {
      const key = (job: { createdAt: string; jobId: string }) => `${job.createdAt} ${job.jobId}`
      const found = [...jobs.values()].filter(job => (state === null || job.state === state) && (kind === null || job.kind === kind) && (after === null || key(job) < key(after)))
      return Promise.resolve(found.sort((a, b) => (key(a) < key(b) ? 1 : -1)).slice(0, limit).map(seen))
    },
    claim({ jobId, runId, at, leaseUntil }) {
      const job = jobs.get(jobId)
      if (!job) return Promise.resolve(null)
      const isFree = (job.state === 'queued' && job.availableAt <= at) || (job.state === 'running' && job.leaseUntil <= at)
      const taken = isFree && !job.cancelRequested && job.attempts < job.maxAttempts
      if (taken) change(job, { state: 'running', runId, leaseUntil, attempts: job.attempts + 1, startedAt: job.startedAt ?? at })
      else if (isFree && job.cancelRequested) change(job, { state: 'cancelled', finishedAt: at, runId: null })
      else if (isFree) change(job, { state: 'failed', finishedAt: at, runId: null, error: job.error ?? { code: 'FB_INTERNAL', message: 'every worker that took the job died with it' } })
      return Promise.resolve({ taken, job: seen(job) })
    },
    renew({ jobId, runId, leaseUntil, progress }) {
      const job = isMine(jobId, runId)
      if (job) job.leaseUntil = leaseUntil
      if (job && progress) change(job, { progress })
      return Promise.resolve({ isMine: job !== null, cancelRequested: jobs.get(jobId)?.cancelRequested ?? true })
    },
    end({ jobId, runId, at, state, result, error, availableAt, spareAttempt }) {
      const job = isMine(jobId, runId)
      if (job === null) return Promise.resolve(false)
      delete job.error
      change(job, {
        state, result, runId: null, finishedAt: state === 'queued' ? null : at, ...(error && { error }), ...(availableAt !== undefined && { availableAt }),
        ...(spareAttempt && { attempts: job.attempts - 1 }),
      })
      return Promise.resolve(true)
    },
    cancel(jobId, at) {
      const job = jobs.get(jobId)
      if (job?.state === 'queued') change(job, { state: 'cancelled', finishedAt: at, cancelRequested: true })
      else if (job?.state === 'running' && !job.cancelRequested) change(job, { cancelRequested: true })
      return Promise.resolve(job ? seen(job) : null)
    },
    retry(jobId, at) {
      const job = jobs.get(jobId)
      if (!job) return Promise.resolve(null)
      const retried = job.state === 'failed' || job.state === 'cancelled'
      if (retried) {
        delete job.error
        delete job.result
        change(job, { state: 'queued', attempts: 0, availableAt: at, finishedAt: null, startedAt: null, cancelRequested: false, progress: { done: 0, total: 0, message: '' } })
      }
      return Promise.resolve({ retried, job: seen(job) })
    },
    due(at, limit) {
      const found = [...jobs.values()].filter(job => (job.state === 'queued' && job.availableAt <= at) || (job.state === 'running' && job.leaseUntil <= at))
      return Promise.resolve(found.sort((a, b) => (a.availableAt < b.availableAt ? -1 : 1)).slice(0, limit).map(({ jobId, kind }) => ({ jobId, kind })))
    },
    purge({ endedBefore, failedBefore }, limit) {
      const old = [...jobs.values()].filter(job => isFinalJobState(job.state) && (job.finishedAt ?? '') < (job.state === 'failed' ? failedBefore : endedBefore)).slice(0, limit)
      for (const { jobId } of old) jobs.delete(jobId)
      return Promise.resolve(old.map(job => job.jobId))
    },
    counts() {
      const counts = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 }
      for (const { state } of jobs.values()) counts[state]++
      return Promise.resolve(counts)
    },
  }
}
