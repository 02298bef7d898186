import type { JobError, JobProgress, JobRecord, JobState } from '../../domain/job.ts'

/** What a worker that claimed a job found: another one works on it, it is over, it is to be waited for, or it was taken. */
export type JobClaim = { taken: boolean; job: JobRecord }

/** A worker's own mark on a job: writes of one that has lost the job to another change nothing. */
export type JobLease = { jobId: string; runId: string; at: string; leaseUntil: string }

/** What became of a run. `queued` gives the job back, to be done at `availableAt`; `spareAttempt`: the attempt does not count. */
export type JobEnd = {
  jobId: string
  runId: string
  at: string
  state: Exclude<JobState, 'running'>
  result?: unknown
  error?: JobError | null
  availableAt?: string
  spareAttempt?: boolean
}

/**
 * Job records in the graph: they outlive every process and every queue. Times are instants given by the caller.
 *
 * @throws FB_GRAPH_UNAVAILABLE
 */
export type JobStore = {
  /** Keeps a new job. An id that is there already stays as it is. */
  create(job: { jobId: string; kind: string; request: unknown; requestedBy: string | null; maxAttempts: number; at: string }): Promise<JobRecord>
  find(jobId: string): Promise<JobRecord | null>
  /** Newest first. @param after the last of the page before. */
  list(question: { state: JobState | null; kind: string | null; after: { createdAt: string; jobId: string } | null; limit: number }): Promise<JobRecord[]>
  /** Takes a job that is due, or whose worker is gone; of any number that try one gets it. Null where there is none of that id. */
  claim(lease: JobLease): Promise<JobClaim | null>
  /** Says that the work goes on, and how far it is. @returns whether it should; false where the job is another's now, or over. */
  renew(lease: JobLease & { progress: JobProgress | null }): Promise<{ isMine: boolean; cancelRequested: boolean }>
  end(end: JobEnd): Promise<boolean>
  /** Ends a job that waits, and marks one that runs. Null where there is none of that id; a job that is over stays as it is. */
  cancel(jobId: string, at: string): Promise<JobRecord | null>
  /** Queues a failed or cancelled job again with all its attempts. Null where there is none of that id. */
  retry(jobId: string, at: string): Promise<{ retried: boolean; job: JobRecord } | null>
  /** Jobs that nobody works on and that are due: waiting ones, and running ones whose worker is gone. */
  due(at: string, limit: number): Promise<{ jobId: string; kind: string }[]>
  /** Forgets jobs that ended well before one instant, or failed before another. @returns their ids, at most `limit`. */
  purge(before: { endedBefore: string; failedBefore: string }, limit: number): Promise<string[]>
  counts(): Promise<Record<JobState, number>>
}
