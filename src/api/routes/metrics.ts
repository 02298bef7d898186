import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { FailureRate, FailureRateQuery } from '../../domain/failure-rate.ts'
import type { ReadFailureRate } from '../../workflow/failure-rate.ts'
import { callerSignal } from '../caller-signal.ts'
import { toCsv } from '../csv.ts'
import { prefers } from '../preferred-type.ts'
import { problems } from '../problem-responses.ts'

export type MetricRouteServices = { readFailureRate: ReadFailureRate }

const failureRateCsv = ({ months }: FailureRate): string =>
  toCsv(
    ['monthsInService', 'vehicles', 'events', 'per1000', 'per1000Low', 'per1000High', 'vehicleMonths', 'eventsInMonth'],
    months.map(({ monthsInService, vehicles, events, per1000, per1000Interval: [low, high], vehicleMonths, eventsInMonth }) => [monthsInService, vehicles, events, per1000, low, high, vehicleMonths, eventsInMonth]),
  )

/** Figures of the fleet. */
export const metricRoutes: FastifyPluginCallbackZod<{ services: MetricRouteServices }> = (app, { services }, done) => {
  app.get(
    '/metrics/failure-rate',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['metrics'],
        summary: 'Events per 1,000 cars by months in service (R/1000), with exposure and exact 95 % intervals',
        description: 'Row m: the cars that were sold at least m months ago, and their events within m months of the sale. One event a car and thirty days. Accept: text/csv gives a table.',
        querystring: FailureRateQuery,
        response: {
          200: { description: 'By months in service', content: { 'application/json': { schema: FailureRate }, 'text/csv': { schema: z.string() } } },
          ...problems(401, 403, 408, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const rate = await services.readFailureRate(request.query, { signal: callerSignal(reply) })
      if (!prefers(request.headers.accept, 'text/csv')) return rate
      return reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="failure-rate.csv"').send(failureRateCsv(rate))
    },
  )
  done()
}
