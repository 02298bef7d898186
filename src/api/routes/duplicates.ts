import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { FeedbackRelations, PartReportsRequest } from '../../domain/feedback-relations.ts'
import type { ShowRelations } from '../../workflow/show-relations.ts'
import type { Audit } from '../audit.ts'
import { problems } from '../problem-responses.ts'
import { FeedbackParams } from './feedback.ts'

export type DuplicateRouteServices = { relations: Pick<ShowRelations, 'readRelations' | 'part' | 'rejoin'>; audit: Audit }

const PairParams = FeedbackParams.extend({ otherId: z.string().min(1).max(300) })
const noQuery = z.strictObject({})
const answers = { 200: FeedbackRelations, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) }

/** Which reports belong together, and what people say to that. */
export const duplicateRoutes: FastifyPluginCallbackZod<{ services: DuplicateRouteServices }> = (app, { services: { relations, audit } }, done) => {
  const config = { role: 'engineer' } as const
  app.get(
    '/feedback/:feedbackId/duplicates',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['feedback'],
        summary: 'How a feedback stands to others: told twice, the same problem, alike, or kept apart',
        description: 'With by what, by whom and since when. distinct: a person, or a rule, keeps the two apart; was says what they were before.',
        params: FeedbackParams, querystring: noQuery, response: { 200: FeedbackRelations, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    ({ params: { feedbackId } }) => relations.readRelations(feedbackId),
  )
  app.post(
    '/feedback/:feedbackId/duplicates/:otherId/undo',
    { config, schema: { tags: ['feedback'], summary: 'These two do not belong together; no later run puts it back', params: PairParams, querystring: noQuery, body: PartReportsRequest, response: answers } },
    request => {
      const { feedbackId, otherId } = request.params
      return audit.decided(request, { action: 'duplicate.undone', subject: feedbackId, detail: { otherId } }, () =>
        relations.part({ feedbackId, otherId, reason: request.body.reason, by: request.principal?.keyId ?? 'nobody' }))
    },
  )
  app.post(
    '/feedback/:feedbackId/duplicates/:otherId/redo',
    { config, schema: { tags: ['feedback'], summary: 'Forget that the two were parted, and compare them again', params: PairParams, querystring: noQuery, body: z.strictObject({}).nullish(), response: answers } },
    request => {
      const { feedbackId, otherId } = request.params
      return audit.decided(request, { action: 'duplicate.redone', subject: feedbackId, detail: { otherId } }, () => relations.rejoin({ feedbackId, otherId }))
    },
  )
  done()
}
