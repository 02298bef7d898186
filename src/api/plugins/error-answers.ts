import fp from 'fastify-plugin'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { FishboneError } from '../../domain/error.ts'
import { asFishboneError, problemOf, retryAfterSeconds } from '../problem.ts'

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '/'

/** Sends one error as problem+json. */
export const sendProblem = (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const error = asFishboneError(thrown)
  const problem = problemOf(error, { path: pathOf(request), requestId: request.id })
  void reply.header('x-request-id', request.id)
  if (problem.status >= 500) request.log.error({ err: error, code: error.code, details: error.details }, 'request failed')
  else request.log.debug({ code: error.code }, 'request refused')
  const retryAfter = error.details['retryAfterSeconds'] ?? retryAfterSeconds[error.code]
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfter))))
  if (error.code === 'FB_UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer realm="fishbone"')
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').serializer(JSON.stringify).send(problem)
}

/** Every error leaves as problem+json: thrown by a route, by the framework, or for an address that is not there. */
export const errorAnswers = fp(
  app => {
    app.setErrorHandler(sendProblem)
    app.setNotFoundHandler((request, reply) =>
      sendProblem(new FishboneError('FB_NOT_FOUND', `there is nothing at ${request.method} ${pathOf(request)}`), request, reply),
    )
    return Promise.resolve()
  },
  { name: 'error-answers' },
)
