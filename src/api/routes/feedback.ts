import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { Feedback } from '../../domain/feedback.ts'
import { FeedbackRecord } from '../../domain/feedback-record.ts'
import { FeedbackResponse, RespondRequest } from '../../domain/feedback-response.ts'
import { TelemetrySnapshot } from '../../domain/telemetry-snapshot.ts'
import { Triage } from '../../domain/triage.ts'
import type { AcceptFeedback } from '../../workflow/accept-feedback.ts'
import type { Respond } from '../../workflow/triage/respond.ts'
import { callerSignal } from '../caller-signal.ts'
import { FieldError } from '../problem.ts'
import type { FieldError as Warning } from '../problem.ts'
import { problems } from '../problem-responses.ts'
import { unknownFields } from '../unknown-fields.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Fields of the body that are not stored. */
    warnings: Warning[]
  }
}

export const FeedbackArrival = Feedback.extend({ snapshot: TelemetrySnapshot.nullish() })

export const FeedbackReply = z.object({
  feedbackId: z.string(),
  issueId: z.string().nullable(),
  issueIsNew: z.boolean(),
  triage: Triage,
  jobs: z.array(z.object({ jobId: z.string(), kind: z.string() })),
  warnings: z.array(FieldError),
})

export type JobTicket = { jobId: string; kind: string }

export type FeedbackRouteServices = {
  acceptFeedback: AcceptFeedback
  /** Queues what may follow later (vectors); none when nothing is to follow. Never throws: the graph remembers what is left to do. */
  followUp: () => Promise<JobTicket[]>
  readFeedback: (feedbackId: string) => Promise<FeedbackRecord | null>
  respond: Respond
}

export const FeedbackParams = z.object({ feedbackId: z.string().min(1).max(300) })

/** Sending what a person said, reading it again, saying that it was answered. */
export const feedbackRoutes: FastifyPluginCallbackZod<{ services: FeedbackRouteServices }> = (app, { services }, done) => {
  app.decorateRequest('warnings')
  app.post(
    '/feedback',
    {
      config: { role: 'contributor' },
      schema: {
        tags: ['feedback'],
        summary: 'Send one feedback, optionally with the telemetry snapshot taken with it',
        description: 'A 2xx means: stored, triaged, and found by keyword at once. 201 for a new record, 200 for one that was there (same channel and sourceId).',
        querystring: z.strictObject({}),
        body: FeedbackArrival,
        response: { 200: FeedbackReply, 201: FeedbackReply, ...problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503) },
      },
      // Before validation: a record's schema drops what it does not know.
      preValidation: (request, _reply, next) => {
        request.warnings = unknownFields(FeedbackArrival, request.body)
        next()
      },
    },
    async (request, reply) => {
      const { snapshot, ...feedback } = request.body
      const { isNew, ...accepted } = await services.acceptFeedback({ feedback, snapshot }, { signal: callerSignal(reply) })
      request.log.info({ feedbackId: accepted.feedbackId, issueId: accepted.issueId, issueIsNew: accepted.issueIsNew }, 'feedback accepted')
      return reply.code(isNew ? 201 : 200).send({ ...accepted, jobs: await services.followUp(), warnings: request.warnings })
    },
  )
  app.get(
    '/feedback/:feedbackId',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['feedback'],
        summary: 'One feedback as it is stored, redacted, with its triage',
        params: FeedbackParams,
        querystring: z.strictObject({}),
        response: { 200: FeedbackRecord, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    async ({ params: { feedbackId } }) => {
      const record = await services.readFeedback(feedbackId)
      if (record === null) throw new FishboneError('FB_NOT_FOUND', 'there is no such feedback', { details: { feedbackId } })
      return record
    },
  )
  app.patch(
    '/feedback/:feedbackId',
    {
      config: { role: 'contributor' },
      schema: {
        tags: ['feedback'],
        summary: 'Say that a feedback was answered, or take that back',
        params: FeedbackParams,
        querystring: z.strictObject({}),
        body: RespondRequest,
        response: { 200: FeedbackResponse, ...problems(400, 401, 403, 404, 413, 415, 422, 429, 500, 503) },
      },
    },
    ({ params: { feedbackId }, body: { responded } }) => services.respond({ feedbackId, responded }),
  )
  done()
}
