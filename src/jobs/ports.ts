import type { z } from 'zod'

/** One kind of work. Payloads are ids and hashes, never documents, and are parsed again where the work is done. */
export type JobDefinition<P extends z.ZodType = z.ZodType> = {
  readonly name: string
  readonly payload: P
  /** The first try included. */
  readonly attempts: number
  /** Pause before the second try; doubles with each further one. */
  readonly backoffMs: number
  /** Two jobs of one key that wait at the same time are one job. Letters, digits, dots, dashes and underscores. */
  readonly idempotencyKey: (payload: z.output<P>) => string
}

/** Names a job; the answer of the API that queued it holds it. */
export type JobTicket = { jobId: string; kind: string }

/**
 * Does one job; runs twice without harm. What it throws decides whether it is tried again: an error that says `isRetryable: false` is not.
 */
export type JobHandler = (payload: unknown, context: { signal: AbortSignal }) => Promise<void>

export type JobQueue = {
  /**
   * @returns at once; the job runs here or in another process.
   * @throws FB_INVALID for a payload of a wrong shape, FB_QUEUE_UNAVAILABLE when the queue cannot be reached or is closing.
   */
  enqueue<P extends z.ZodType>(definition: JobDefinition<P>, payload: z.input<P>): Promise<JobTicket>
  /** Begins to work on jobs of this definition. Call it once a definition. */
  work<P extends z.ZodType>(definition: JobDefinition<P>, handler: (payload: z.output<P>, context: { signal: AbortSignal }) => Promise<void>): void
  /** @throws FB_QUEUE_UNAVAILABLE */
  ping(): Promise<void>
  /** Takes no more jobs, waits for those that run (their signal is aborted after `graceMs`), then lets go of what it holds. */
  close(graceMs?: number): Promise<void>
}

/** What a queue tells about jobs that did not succeed. */
export type JobLog = {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export const defineJob = <P extends z.ZodType>(definition: JobDefinition<P>): JobDefinition<P> => Object.freeze(definition)
