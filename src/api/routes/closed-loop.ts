import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ClosedLoop } from '../../domain/closed-loop.ts'
import type { LoopFigures } from '../../domain/closed-loop.ts'
import { InstantOrDay } from '../../domain/instant.ts'
import type { ReadClosedLoop } from '../../workflow/issues/read-closed-loop.ts'
import { toCsv } from '../csv.ts'
import { prefers } from '../preferred-type.ts'
import { problems } from '../problem-responses.ts'

export type ClosedLoopServices = { readClosedLoop: ReadClosedLoop }

const columns = [
  'group', 'key', 'opened', 'initiated', 'initiationRate', 'due', 'onTime', 'onTimeClosure', 'closed', 'rejected', 'firstResponseHoursMedian', 'firstResponseHoursP90',
  'resolutionHoursMedian', 'resolutionHoursP90', 'repairs', 'repeatRepairs', 'repeatRepairShare', 'noTroubleFound', 'noTroubleFoundShare',
]

const row = (group: string, one: LoopFigures) => [
  group, one.key, one.opened, one.initiated, one.initiationRate, one.due, one.onTime, one.onTimeClosure, one.closed, one.rejected, one.firstResponseHours.median,
  one.firstResponseHours.p90, one.resolutionHours.median, one.resolutionHours.p90, one.repairs, one.repeatRepairs, one.repeatRepairShare, one.noTroubleFound, one.noTroubleFoundShare,
]

const closedLoopCsv = ({ total, byComponent, byModel, byServiceCenter }: ClosedLoop): string =>
  toCsv(columns, [
    row('total', total),
    ...byComponent.map(one => row('component', one)),
    ...byModel.map(one => row('model', one)),
    ...byServiceCenter.map(one => row('service-center', one)),
  ])

/** Whether problems are taken up and closed in time. */
export const closedLoopRoutes: FastifyPluginCallbackZod<{ services: ClosedLoopServices }> = (app, { services }, done) => {
  app.get(
    '/metrics/closed-loop',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['metrics'],
        summary: 'Initiation rate, on-time closure, times, repeat repairs and no-trouble-found of a period',
        description: 'Issues opened and repairs begun from `from` to `to` (a day means its end), by component, model and service centre; the last 90 days where neither is given. Accept: text/csv gives a table.',
        querystring: z.strictObject({ from: InstantOrDay.optional(), to: InstantOrDay.optional() }),
        response: {
          200: { description: 'By group', content: { 'application/json': { schema: ClosedLoop }, 'text/csv': { schema: z.string() } } },
          ...problems(401, 403, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const loop = await services.readClosedLoop(request.query)
      if (!prefers(request.headers.accept, 'text/csv')) return loop
      return reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="closed-loop.csv"').send(closedLoopCsv(loop))
    },
  )
  done()
}
