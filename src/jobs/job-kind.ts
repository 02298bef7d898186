import { z } from 'zod'
import { defineJob } from './ports.ts'
import type { JobDefinition } from './ports.ts'

/** What the queue carries of a job with a record: its id. What is to be done is read from the record. */
const JobPayload = z.object({ jobId: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/) })

/** A kind of long work with a record of its own. */
export type JobKind<R extends z.ZodType = z.ZodType> = {
  readonly kind: string
  /** What is to be done; kept with the job, so without text and VIN as they came. Parsed again where the work is done. */
  readonly request: R
  /** The first included. A worker that dies uses up one, a stop of the process none. */
  readonly attempts: number
  /** Pause before the second attempt; doubles with each further one. */
  readonly backoffMs: number
  readonly queue: JobDefinition<typeof JobPayload>
}

export const defineJobKind = <R extends z.ZodType>(kind: Omit<JobKind<R>, 'queue'>): JobKind<R> =>
  Object.freeze({
    ...kind,
    // The record counts the attempts and plans the next one: the queue only wakes a worker.
    queue: defineJob({ name: kind.kind, payload: JobPayload, attempts: 1, backoffMs: kind.backoffMs, idempotencyKey: ({ jobId }) => jobId }),
  })
