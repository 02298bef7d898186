import type { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import type { JobDefinition } from './ports.ts'

/** @throws FB_INVALID */
export const parsePayload = <P extends z.ZodType>(definition: JobDefinition<P>, payload: unknown): z.output<P> => {
  const parsed = definition.payload.safeParse(payload)
  if (parsed.success) return parsed.data
  throw new FishboneError('FB_INVALID', `the payload of job ${definition.name} does not match its schema`, {
    cause: parsed.error,
    details: { job: definition.name, at: parsed.error.issues.map(issue => issue.path.join('.')) },
  })
}

export const jobIdOf = <P extends z.ZodType>(definition: JobDefinition<P>, payload: z.output<P>): string =>
  `${definition.name}-${definition.idempotencyKey(payload)}`

/** A failure is worth another try unless it says otherwise itself. */
export const isWorthRetrying = (error: unknown): boolean => !(error instanceof FishboneError) || error.isRetryable
