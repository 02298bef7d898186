import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Feedback } from '../../domain/feedback.ts'
import { TelemetrySnapshot } from '../../domain/telemetry-snapshot.ts'
import { Triage } from '../../domain/triage.ts'
import type { AcceptFeedback } from '../../workflow/accept-feedback.ts'
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
}

/** Sending what a person said. */
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
  done()
}
