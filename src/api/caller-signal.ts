import type { FastifyReply } from 'fastify'
import { FishboneError } from '../domain/error.ts'

/** Longest time one call may take. */
const longestMs = 60_000

/**
 * Aborts when the caller has hung up, or after a minute with FB_TIMEOUT as the reason. The framework's own `request.signal` aborts as soon as
 * the body is read, for it listens to the wrong side of the connection.
 */
export const callerSignal = (reply: FastifyReply): AbortSignal => {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new FishboneError('FB_TIMEOUT', 'the answer took too long; the same call may be repeated')), longestMs)
  reply.raw.once('close', () => {
    clearTimeout(timer)
    if (!reply.raw.writableFinished) controller.abort(new FishboneError('FB_TIMEOUT', 'the caller hung up'))
  })
  return controller.signal
}
