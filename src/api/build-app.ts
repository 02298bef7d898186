import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { JobState } from '../domain/job.ts'
import type { GiveWay } from '../give-way.ts'
import type { IdempotencyStore } from '../graph/ports/workflow.ts'
import type { ApiKeys } from './api-keys.ts'
import { authentication } from './plugins/authentication.ts'
import { errorAnswers, sendProblem } from './plugins/error-answers.ts'
import { goingFirst } from './plugins/going-first.ts'
import { healthRoutes } from './plugins/health.ts'
import type { Health } from './plugins/health.ts'
import { idempotency } from './plugins/idempotency.ts'
import type { AnswerSeal } from './plugins/idempotency.ts'
import { metrics } from './plugins/metrics.ts'
import { openapi } from './plugins/openapi.ts'
import { security } from './plugins/security.ts'
import { slowBodies } from './plugins/slow-bodies.ts'
import { importRoutes } from './routes/imports.ts'
import type { ImportRouteServices } from './routes/imports.ts'
import { issueDecisionRoutes } from './routes/issue-decisions.ts'
import type { IssueDecisionServices } from './routes/issue-decisions.ts'
import { issueRoutes } from './routes/issues.ts'
import type { IssueRouteServices } from './routes/issues.ts'
import { jobRoutes } from './routes/jobs.ts'
import type { JobRouteServices } from './routes/jobs.ts'
import { metricRoutes } from './routes/metrics.ts'
import type { MetricRouteServices } from './routes/metrics.ts'
import { peopleRoutes } from './routes/people.ts'
import type { PeopleRouteServices } from './routes/people.ts'
import { recordRoutes } from './routes/records.ts'
import type { RecordRouteServices } from './routes/records.ts'
import { analysisRoutes } from './routes/root-cause-analyses.ts'
import type { AnalysisRouteServices } from './routes/root-cause-analyses.ts'
import { suggestionDecisionRoutes } from './routes/suggestion-decisions.ts'
import type { SuggestionDecisionServices } from './routes/suggestion-decisions.ts'
import { suggestionRoutes } from './routes/suggestions.ts'
import type { SuggestionRouteServices } from './routes/suggestions.ts'
import { vehicleRoutes } from './routes/vehicles.ts'
import type { VehicleRouteServices } from './routes/vehicles.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import type { WebhookRouteServices } from './routes/webhooks.ts'
import { refusalOfConnection } from './refused-connection.ts'
import { auditRoutes } from './routes/audit.ts'
import type { AuditRouteServices } from './routes/audit.ts'
import { caseRoutes } from './routes/cases.ts'
import type { CaseRouteServices } from './routes/cases.ts'
import { closedLoopRoutes } from './routes/closed-loop.ts'
import type { ClosedLoopServices } from './routes/closed-loop.ts'
import { duplicateRoutes } from './routes/duplicates.ts'
import type { DuplicateRouteServices } from './routes/duplicates.ts'
import { earlyWarningRoutes } from './routes/early-warning.ts'
import type { EarlyWarningRouteServices } from './routes/early-warning.ts'
import { feedbackRoutes } from './routes/feedback.ts'
import type { FeedbackRouteServices } from './routes/feedback.ts'
import { validateBySchema } from './schema-errors.ts'

export type ApiServices = FeedbackRouteServices &
  DuplicateRouteServices &
  CaseRouteServices &
  JobRouteServices &
  RecordRouteServices &
  ImportRouteServices &
  AnalysisRouteServices &
  EarlyWarningRouteServices &
  MetricRouteServices &
  SuggestionDecisionServices &
  VehicleRouteServices &
  SuggestionRouteServices &
  IssueRouteServices &
  IssueDecisionServices &
  WebhookRouteServices &
  ClosedLoopServices &
  PeopleRouteServices &
  AuditRouteServices & { jobCounts: () => Promise<Record<JobState, number>>; idempotencyStore: IdempotencyStore; answerSeal: AnswerSeal; giveWay: Pick<GiveWay, 'first'>; health: () => Promise<Health> }

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
    // Ids are up to 120 characters, and three times as long when escaped.
    routerOptions: { maxParamLength: 1_000 },
    bodyLimit: bodyLimitBytes,
    // An upload of 2 GiB takes its time; how slowly a body may come is told by slow-bodies.
    requestTimeout: 0,
    keepAliveTimeout: 10_000,
    // Node looks for late headers every 30 s unless told otherwise.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
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
  await app.register(slowBodies)
  logAnswers(app)
  app.setValidatorCompiler(validateBySchema)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(openapi, { version: options.version })
  await app.register(metrics, { jobCounts: services.jobCounts })
  await app.register(healthRoutes, { health: services.health })
  const closing = new AbortController()
  // Before the server waits for the calls under way: who only waits for news is let go.
  app.addHook('preClose', done => (closing.abort(), done()))
  await app.register(
    async v1 => {
      await v1.register(goingFirst, { giveWay: services.giveWay })
      await v1.register(idempotency, { store: services.idempotencyStore, seal: services.answerSeal, now: options.now })
      await v1.register(feedbackRoutes, { services })
      await v1.register(duplicateRoutes, { services })
      await v1.register(caseRoutes, { services })
      await v1.register(recordRoutes, { services })
      await v1.register(importRoutes, { services, closing: closing.signal })
      await v1.register(analysisRoutes, { services, closing: closing.signal })
      await v1.register(earlyWarningRoutes, { services, closing: closing.signal })
      await v1.register(metricRoutes, { services })
      await v1.register(suggestionDecisionRoutes, { services })
      await v1.register(suggestionRoutes, { services, closing: closing.signal })
      await v1.register(vehicleRoutes, { services })
      await v1.register(auditRoutes, { services })
      await v1.register(jobRoutes, { services, closing: closing.signal })
      await v1.register(issueRoutes, { services })
      await v1.register(issueDecisionRoutes, { services })
      await v1.register(webhookRoutes, { services })
      await v1.register(closedLoopRoutes, { services })
      await v1.register(peopleRoutes, { services })
    },
    { prefix: '/v1' },
  )
  return app
}
