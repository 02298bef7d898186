import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ActionEfficacy } from '../../domain/action-efficacy.ts'
import { InstantOrDay } from '../../domain/instant.ts'
import type { ActionEfficacyService } from '../../workflow/action-efficacy.ts'
import { callerSignal } from '../caller-signal.ts'
import { problems } from '../problem-responses.ts'

export type ActionRouteServices = { actionEfficacy: ActionEfficacyService['actionEfficacy'] }

const ActionParams = z.object({ actionId: z.string().min(1).max(200) })

/** What containment and corrective actions touch and did. */
export const actionRoutes: FastifyPluginCallbackZod<{ services: ActionRouteServices }> = (app, { services }, done) => {
  app.get(
    '/actions/:actionId/efficacy',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['actions'],
        summary: 'Rate before and after an action with its interval, and recurrences',
        params: ActionParams,
        querystring: z.strictObject({ asOf: InstantOrDay.optional() }),
        response: { 200: ActionEfficacy, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    ({ params: { actionId }, query: { asOf } }, reply) => services.actionEfficacy(actionId, { asOf, signal: callerSignal(reply) }),
  )
  done()
}
