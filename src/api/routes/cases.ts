import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CaseConfirmation, CaseRecord, ConfirmCaseRequest } from '../../domain/case-record.ts'
import { SearchCasesReply, SearchCasesRequest } from '../../domain/case-search.ts'
import { InstantOrDay } from '../../domain/instant.ts'
import type { CaseConfirmations } from '../../retrieval/confirm-cases.ts'
import type { SearchCases } from '../../retrieval/index.ts'
import type { Audit } from '../audit.ts'
import { callerSignal } from '../caller-signal.ts'
import { problems } from '../problem-responses.ts'

export type CaseRouteServices = { searchCases: SearchCases; caseConfirmations: CaseConfirmations; audit: Audit }

const CaseParams = z.object({ caseId: z.string().min(1).max(300) })

/** Asking for past cases, and saying which complaint was which. */
export const caseRoutes: FastifyPluginCallbackZod<{ services: CaseRouteServices }> = (app, { services }, done) => {
  app.post(
    '/cases/search',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['cases'],
        summary: 'Similar past cases with cause, containment and corrective actions, best first',
        description: 'With vehicle, cases that affected its model and year rank first. asOf (an instant, or a day, which means its end in UTC) hides every case closed or received later.',
        querystring: z.strictObject({}),
        body: SearchCasesRequest,
        response: { 200: SearchCasesReply, ...problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    (request, reply) => services.searchCases(request.body, { signal: callerSignal(reply) }),
  )
  app.get(
    '/cases/:caseId',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['cases'],
        summary: 'One past case, with the complaints confirmed for it',
        params: CaseParams,
        querystring: z.strictObject({ asOf: InstantOrDay.optional() }),
        response: { 200: CaseRecord, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    ({ params: { caseId }, query: { asOf } }) => services.caseConfirmations.readCase(caseId, { asOf }),
  )
  app.post(
    '/cases/:caseId/confirmations',
    {
      config: { role: 'engineer' },
      schema: {
        tags: ['cases'],
        summary: 'This complaint was this case: from the next search on it is one more text of the case',
        params: CaseParams,
        querystring: z.strictObject({}),
        body: ConfirmCaseRequest,
        response: { 200: CaseConfirmation, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async request => {
      const { caseId } = request.params
      const { feedbackId } = request.body
      return services.audit.decided(request, { action: 'case.confirmed', subject: caseId, detail: { feedbackId } }, () =>
        services.caseConfirmations.confirmCase(caseId, feedbackId, { by: request.principal?.keyId ?? null }))
    },
  )
  app.delete(
    '/cases/:caseId/confirmations/:feedbackId',
    {
      config: { role: 'engineer' },
      schema: {
        tags: ['cases'],
        summary: 'It was not: the complaint is no text of the case any more',
        params: CaseParams.extend({ feedbackId: z.string().min(1).max(300) }),
        querystring: z.strictObject({}),
        response: { 204: z.null(), ...problems(401, 403, 404, 409, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { caseId, feedbackId } = request.params
      await services.audit.decided(request, { action: 'case.unconfirmed', subject: caseId, detail: { feedbackId } }, () =>
        services.caseConfirmations.unconfirmCase(caseId, feedbackId, { by: request.principal?.keyId ?? null }))
      return reply.code(204).send(null)
    },
  )
  done()
}
