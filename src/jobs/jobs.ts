import type { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import { isFinalJobState } from '../domain/job.ts'
import type { Job, JobRecord, JobState } from '../domain/job.ts'
import type { JobStore } from '../graph/ports/jobs.ts'
import type { JobKind } from './job-kind.ts'
import type { JobLog, JobQueue } from './ports.ts'
import { runJob } from './run-job.ts'
import type { JobRun } from './run-job.ts'

export type JobTimes = {
  leaseMs?: number
  beatMs?: number
  /** How often a wait looks at the record: another process may do the job. */
  pollMs?: number
}

export type JobsDependencies = JobTimes & {
  store: JobStore
  queue: JobQueue
  log: JobLog
  now: () => Date
  newId: () => string
  /** Work without a record, by its id: what is to be done is marked elsewhere in the graph. */
  standing?: Readonly<Record<string, () => Promise<Job>>>
}

export type JobQuestion = { state?: JobState | undefined; kind?: string | undefined; after?: { createdAt: string; jobId: string } | null; limit: number }

export type JobHandlerOf<R extends z.ZodType> = (request: z.output<R>, run: JobRun) => Promise<unknown>

const sweepBatch = 100

/**
 * Long work: kept in the graph, carried by the queue, done here or in another process. The record is the truth: a queue that lost everything
 * loses no work, for the sweep queues again what is due. A job runs at least once, so every handler may run twice without harm.
 */
export const createJobs = (dependencies: JobsDependencies) => {
  const { store, queue, log, now, newId, leaseMs = 30_000, beatMs = 1_000, pollMs = 500, standing = {} } = dependencies
  const kinds = new Map<string, JobKind>()
  const waiting = new Map<string, Set<() => void>>()
  const timers = new Set<NodeJS.Timeout>()
  const isClosed = new AbortController()

  const onChange = (jobId: string) => waiting.get(jobId)?.forEach(wake => wake())

  const wake = async (kind: Pick<JobKind, 'queue'>, jobId: string) => {
    try {
      await queue.enqueue(kind.queue, { jobId })
    } catch (error) {
      // It is kept: the sweep queues it when the queue is back.
      log.warn({ err: error, jobId }, 'the job is kept, but not queued yet')
    }
  }
  // A timer may end a millisecond before the clock says so: a job woken too early is not due yet, and would wait for the sweep.
  const wakeLater = (kind: Pick<JobKind, 'queue'>, jobId: string, afterMs: number) => {
    const timer = setTimeout(() => (timers.delete(timer), void wake(kind, jobId)), afterMs + 5)
    timers.add(timer)
  }

  const find = async (jobId: string): Promise<JobRecord | null> => {
    const own = Object.hasOwn(standing, jobId) ? standing[jobId] : undefined
    if (own) return { ...(await own()), request: null, requestedBy: null, availableAt: '' }
    return store.find(jobId)
  }

  /** Resolves when the record may have changed, at the latest after `ms`. */
  const changed = (jobId: string, ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise(resolve => {
      const listeners = waiting.get(jobId) ?? new Set()
      waiting.set(jobId, listeners)
      const done = () => {
        clearTimeout(timer)
        listeners.delete(done)
        if (listeners.size === 0) waiting.delete(jobId)
        for (const one of [signal, isClosed.signal]) one?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      listeners.add(done)
      for (const one of [signal, isClosed.signal]) one?.addEventListener('abort', done, { once: true })
      if (signal?.aborted || isClosed.signal.aborted) done()
    })

  return {
    /** Keeps the job, then queues it. @throws FB_GRAPH_UNAVAILABLE when it could not be kept. */
    async submit<R extends z.ZodType>(kind: JobKind<R>, request: z.input<R>, { requestedBy = null, jobId = `JOB-${newId()}` }: { requestedBy?: string | null; jobId?: string } = {}): Promise<JobRecord> {
      const job = await store.create({ jobId, kind: kind.kind, request, requestedBy, maxAttempts: kind.attempts, at: now().toISOString() })
      await wake(kind, jobId)
      return job
    },

    /** Begins to work on jobs of this kind in this process. */
    work<R extends z.ZodType>(kind: JobKind<R>, handler: JobHandlerOf<R>) {
      const known = kind as unknown as JobKind
      kinds.set(kind.kind, known)
      const parsed = async (request: unknown, run: JobRun) => {
        const checked = kind.request.safeParse(request)
        if (!checked.success) throw new FishboneError('FB_INVALID', `the request of a job ${kind.kind} is of another version`, { cause: checked.error })
        return handler(checked.data, run)
      }
      queue.work(known.queue, async ({ jobId }, { signal }) => {
        const retryMs = await runJob(jobId, { store, log, now, newId, leaseMs, beatMs, backoffMs: kind.backoffMs, onChange }, parsed, signal)
        if (retryMs !== null && !isClosed.signal.aborted) wakeLater(known, jobId, retryMs)
      })
    },

    find,

    list: ({ state, kind, after = null, limit }: JobQuestion) => store.list({ state: state ?? null, kind: kind ?? null, after, limit }),

    /** @returns null where there is none; one that is over stays as it is, one that runs is asked to stop. */
    async cancel(jobId: string): Promise<JobRecord | null> {
      const job = Object.hasOwn(standing, jobId) ? await find(jobId) : await store.cancel(jobId, now().toISOString())
      onChange(jobId)
      return job
    },

    /** Queues a failed or cancelled job again. @throws FB_NOT_FOUND; FB_CONFLICT where it is neither. */
    async retry(jobId: string): Promise<JobRecord> {
      const answer = await store.retry(jobId, now().toISOString())
      if (answer === null) throw new FishboneError('FB_NOT_FOUND', `there is no job ${jobId}`, { details: { jobId } })
      if (!answer.retried) throw new FishboneError('FB_CONFLICT', `job ${jobId} is ${answer.job.state}: only a failed or cancelled one can be tried again`, { details: { jobId } })
      const kind = kinds.get(answer.job.kind)
      if (kind) await wake(kind, jobId)
      onChange(jobId)
      return answer.job
    },

    /** The job when it is over, or as it is after `waitMs`. Null where there is none. */
    async waitFor(jobId: string, waitMs: number, signal?: AbortSignal): Promise<JobRecord | null> {
      const until = performance.now() + waitMs
      for (;;) {
        const job = await find(jobId)
        const leftMs = until - performance.now()
        if (job === null || isFinalJobState(job.state) || leftMs <= 0 || signal?.aborted || isClosed.signal.aborted) return job
        await changed(jobId, Math.min(pollMs, leftMs), signal)
      }
    },

    /** The job as it is and after each change, until it is over. @param seen the revision the reader has already. */
    async *watch(jobId: string, { seen = -1, signal }: { seen?: number; signal?: AbortSignal } = {}): AsyncGenerator<JobRecord> {
      let last = seen
      while (!signal?.aborted && !isClosed.signal.aborted) {
        const job = await find(jobId)
        if (job === null) return
        const isOver = isFinalJobState(job.state)
        // The end is always told: a reader that saw it and asks again would else wait for nothing.
        if (job.revision !== last || isOver) yield job
        if (isOver) return
        last = job.revision
        await changed(jobId, pollMs, signal)
      }
    },

    /** Queues what is due and nobody works on: after a crash, or when the queue lost it. @returns how many were queued. */
    async sweep(): Promise<number> {
      const due = await store.due(now().toISOString(), sweepBatch)
      const known = due.flatMap(({ jobId, kind }) => (kinds.has(kind) ? [{ jobId, kind: kinds.get(kind)! }] : []))
      for (const { jobId, kind } of known) await wake(kind, jobId)
      return known.length
    },

    counts: () => store.counts(),

    /** Lets go of those who wait; the queue is closed by its owner. */
    close() {
      for (const timer of timers) clearTimeout(timer)
      isClosed.abort()
    },
  }
}

export type Jobs = ReturnType<typeof createJobs>
