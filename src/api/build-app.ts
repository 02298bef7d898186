import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { IdempotencyStore } from '../graph/ports/workflow.ts'
import type { ApiKeys } from './api-keys.ts'
import { authentication } from './plugins/authentication.ts'
import { errorAnswers, sendProblem } from './plugins/error-answers.ts'
import { healthRoutes } from './plugins/health.ts'
import type { Health } from './plugins/health.ts'
import { idempotency } from './plugins/idempotency.ts'
import { openapi } from './plugins/openapi.ts'
import { security } from './plugins/security.ts'
import { refusalOfConnection } from './refused-connection.ts'
import { caseRoutes } from './routes/cases.ts'
import type { CaseRouteServices } from './routes/cases.ts'
import { feedbackRoutes } from './routes/feedback.ts'
import type { FeedbackRouteServices } from './routes/feedback.ts'
import { validateBySchema } from './schema-errors.ts'

export type ApiServices = FeedbackRouteServices &
  CaseRouteServices & { idempotencyStore: IdempotencyStore; health: () => Promise<Health> }

/** A pino logger. */
export type ApiLogger = FastifyBaseLogger
export type ApiApp = FastifyInstance

export type ApiOptions = {
  apiKeys: ApiKeys
  logger: ApiLogger
  version: string
  requestsPerMinute: number
  now: () => Date
}

/** One record or question. */
const bodyLimitBytes = 1024 * 1024
const requestIdForm = /^[A-Za-z0-9._-]{1,100}$/

const createServer = (logger: FastifyBaseLogger) =>
  Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    requestIdHeader: false,
    genReqId: raw => {
      const given = raw.headers['x-request-id']
      return typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID()
    },
    bodyLimit: bodyLimitBytes,
    // A caller that sends slowly holds a connection, not the server.
    requestTimeout: 30_000,
    keepAliveTimeout: 10_000,
    http: { headersTimeout: 10_000, maxHeaderSize: 16 * 1024 },
    forceCloseConnections: 'idle',
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
      socket.end(refusalOfConnection(error.code, randomUUID()))
    },
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request as FastifyRequest, reply as FastifyReply),
  }).withTypeProvider<ZodTypeProvider>()

const logAnswers = (app: FastifyInstance) => {
  app.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, principal } = request
    const route = routeOptions.url ?? 'none'
    const level = route.startsWith('/health') ? 'debug' : 'info'
    request.log[level]({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), keyId: principal?.keyId }, 'answered')
  })
}

/**
 * The HTTP API, the same for production and for tests (`app.inject`); it listens when told to and closes nothing that it was handed.
 */
export const buildApp = async (services: ApiServices, options: ApiOptions): Promise<ApiApp> => {
  const app = createServer(options.logger) as unknown as FastifyInstance
  await app.register(errorAnswers)
  await app.register(authentication, { apiKeys: options.apiKeys })
  await app.register(security, { requestsPerMinute: options.requestsPerMinute })
  logAnswers(app)
  app.setValidatorCompiler(validateBySchema)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(openapi, { version: options.version })
  await app.register(healthRoutes, { health: services.health })
  await app.register(
    async v1 => {
      await v1.register(idempotency, { store: services.idempotencyStore, now: options.now })
      await v1.register(feedbackRoutes, { services })
      await v1.register(caseRoutes, { services })
    },
    { prefix: '/v1' },
  )
  return app
}
