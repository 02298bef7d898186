import { z } from 'zod'

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export const JobState = z.enum(jobStates)
export type JobState = z.infer<typeof JobState>

/** States in which nothing more happens by itself; `failed` may be queued again by a person. */
export const isFinalJobState = (state: JobState): boolean => state === 'done' || state === 'failed' || state === 'cancelled'

/** How far a job has come; `total` is 0 where that is not known yet. */
export const JobProgress = z.object({ done: z.number(), total: z.number(), message: z.string() })
export type JobProgress = z.infer<typeof JobProgress>

/** Why a job did not end well: a code of docs/errors.md and what was wrong. */
export const JobError = z.object({ code: z.string(), message: z.string() })
export type JobError = z.infer<typeof JobError>

/** Long work as its caller sees it: the answer of `GET /v1/jobs/{id}`. */
export const Job = z.object({
  jobId: z.string(),
  kind: z.string(),
  state: JobState,
  progress: JobProgress,
  /** What the work came to, of the shape the kind says; absent until `done`. */
  result: z.unknown().optional(),
  /** Of the last attempt; a job that is queued again keeps it until it ends. */
  error: JobError.optional(),
  /** Attempts begun, and how many there may be. */
  attempts: z.int().min(0),
  maxAttempts: z.int().min(1),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** A running job that was asked to stop and has not stopped yet. */
  cancelRequested: z.boolean(),
  /** Grows with every change; the id of the events of `GET /v1/jobs/{id}/events`. */
  revision: z.int().min(0),
})
export type Job = z.infer<typeof Job>

/** A job as it is kept: with what is to be done and who asked. `request` holds no text and no VIN that was not made unreadable before. */
export type JobRecord = Job & { request: unknown; requestedBy: string | null; availableAt: string }

/** What is kept of an error: the words of an error of ours, of any other only that there was one. */
export const jobErrorOf = (error: unknown): JobError => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  return typeof code === 'string' && code.startsWith('FB_') && typeof message === 'string'
    ? { code, message }
    : { code: 'FB_INTERNAL', message: 'something went wrong here; the job id finds it in the log' }
}
