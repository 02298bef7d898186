import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { SearchCasesReply, SearchCasesRequest } from '../../domain/case-search.ts'
import type { SearchCases } from '../../retrieval/index.ts'
import { callerSignal } from '../caller-signal.ts'
import { problems } from '../problem-responses.ts'

export type CaseRouteServices = { searchCases: SearchCases }

/** Asking for past cases. */
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
  done()
}
