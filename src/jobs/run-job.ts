import { isFinalJobState, jobErrorOf } from '../domain/job.ts'
import type { JobProgress, JobRecord } from '../domain/job.ts'
import type { JobLease, JobStore } from '../graph/ports/jobs.ts'
import { isWorthRetrying } from './payload.ts'
import type { JobLog } from './ports.ts'

/** What a handler may say and must heed while it works. */
export type JobRun = { jobId: string; requestedBy: string | null; signal: AbortSignal; onProgress: (progress: JobProgress) => void }

export type RunJobDependencies = {
  store: Pick<JobStore, 'claim' | 'renew' | 'end'>
  log: JobLog
  now: () => Date
  newId: () => string
  /** A worker that says nothing for so long is taken for dead. */
  leaseMs: number
  /** How often a worker says that it lives; a cancel is heeded within this time. */
  beatMs: number
  backoffMs: number
  /** The record changed: who waits for it here need not look for themselves. */
  onChange: (jobId: string) => void
}

/** Why a handler was told to stop. */
type Halt = 'cancelled' | 'lost' | 'stopping' | null

/**
 * Does one job: takes it, works, writes what came of it. Does nothing when another worker has it or it is over.
 *
 * @param stop aborts when the process is to end: the job is given back and costs no attempt.
 * @returns milliseconds after which it is to be tried again, null when it is over or another's.
 * @throws FB_GRAPH_UNAVAILABLE: the job is found by the sweep.
 */
export const runJob = async (
  jobId: string, dependencies: RunJobDependencies, handler: (request: unknown, run: JobRun) => Promise<unknown>, stop: AbortSignal,
): Promise<number | null> => {
  const { store, now, newId, leaseMs, onChange } = dependencies
  const runId = newId()
  const lease = () => ({ jobId, runId, at: now().toISOString(), leaseUntil: new Date(now().getTime() + leaseMs).toISOString() })
  const claim = await store.claim(lease())
  if (claim === null || !claim.taken) {
    if (claim !== null && isFinalJobState(claim.job.state)) onChange(jobId)
    return null
  }
  onChange(jobId)
  const watch = startBeat(dependencies, lease, stop)
  const { outcome, halt } = await settle(() => handler(claim.job.request, { jobId, requestedBy: claim.job.requestedBy, signal: watch.signal, onProgress: watch.tell }), watch)
  if (halt === 'lost') return null
  const retryMs = await writeEnd(claim.job, { runId, outcome, halt }, dependencies)
  onChange(jobId)
  return retryMs
}

type Outcome = { ok: true; result: unknown } | { ok: false; error: unknown }

const settle = async (work: () => Promise<unknown>, watch: ReturnType<typeof startBeat>): Promise<{ outcome: Outcome; halt: Halt }> => {
  let outcome: Outcome
  try {
    outcome = { ok: true, result: await work() }
  } catch (error) {
    outcome = { ok: false, error }
  }
  const halt = await watch.end()
  // Work that was finished all the same counts, whoever wanted it stopped.
  return { outcome, halt: outcome.ok && halt !== 'lost' ? null : halt }
}

const writeEnd = async (
  job: JobRecord, { runId, outcome, halt }: { runId: string; outcome: Outcome; halt: Halt }, { store, log, now, backoffMs }: RunJobDependencies,
): Promise<number | null> => {
  const { jobId, kind, attempts, maxAttempts } = job
  const end = { jobId, runId, at: now().toISOString() }
  if (outcome.ok) return (await store.end({ ...end, state: 'done', result: outcome.result ?? null }), null)
  if (halt === 'cancelled') return (await store.end({ ...end, state: 'cancelled' }), null)
  if (halt === 'stopping') {
    await store.end({ ...end, state: 'queued', availableAt: end.at, spareAttempt: true })
    log.info({ jobId, kind }, 'job given back: the process stops')
    return null
  }
  const { error } = outcome
  const isLast = attempts >= maxAttempts || !isWorthRetrying(error)
  log[isLast ? 'error' : 'warn']({ err: error, jobId, kind, attempt: attempts }, isLast ? 'job failed' : 'job will be tried again')
  if (isLast) return (await store.end({ ...end, state: 'failed', error: jobErrorOf(error) }), null)
  const pauseMs = Math.min(backoffMs * 2 ** (attempts - 1), longestPauseMs)
  await store.end({ ...end, state: 'queued', error: jobErrorOf(error), availableAt: new Date(now().getTime() + pauseMs).toISOString() })
  return pauseMs
}

const longestPauseMs = 300_000

/** Renews the lease, hands on progress, and aborts the work when it is cancelled, lost or to be stopped. */
const startBeat = ({ store, log, beatMs, leaseMs, onChange }: RunJobDependencies, lease: () => JobLease, stop: AbortSignal) => {
  const controller = new AbortController()
  let halt: Halt = null
  let news: JobProgress | null = null
  let renewedAt = Date.now()
  const halted = (why: Halt) => {
    halt ??= why
    controller.abort(new Error(`the job is ${why ?? 'over'}`))
  }
  const onStop = () => halted('stopping')
  stop.addEventListener('abort', onStop, { once: true })
  if (stop.aborted) onStop()

  const beat = async () => {
    const progress = news
    news = null
    const told = lease()
    try {
      const { isMine, cancelRequested } = await store.renew({ ...told, progress })
      renewedAt = Date.now()
      if (!isMine) halted('lost')
      else if (cancelRequested) halted('cancelled')
      if (progress !== null) onChange(told.jobId)
    } catch (error) {
      news ??= progress
      // Another worker may have it by now.
      if (Date.now() - renewedAt > leaseMs) halted('lost')
      log.warn({ err: error, jobId: told.jobId }, 'the lease of a job could not be renewed')
    }
  }
  let current: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const plan = () => {
    timer = setTimeout(() => {
      current = beat().then(plan)
    }, beatMs)
  }
  plan()
  return {
    signal: controller.signal,
    tell: (progress: JobProgress) => void (news = progress),
    async end(): Promise<Halt> {
      // A beat under way plans the next one when it ends.
      await current
      clearTimeout(timer)
      if (news !== null && halt === null) await beat()
      stop.removeEventListener('abort', onStop)
      return halt
    },
  }
}
