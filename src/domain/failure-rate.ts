import { z } from 'zod'
import { InstantOrDay } from './instant.ts'

const name = z.string().trim().min(1).max(200)

/** Query of `GET /v1/metrics/failure-rate`: a component or a symptom, by key or name. */
export const FailureRateQuery = z.strictObject({ component: name.optional(), symptom: name.optional(), model: name.optional(), modelYear: z.coerce.number().int().min(1900).max(2100).optional(), region: name.optional(), asOf: InstantOrDay.optional() })
export type FailureRateQuery = z.infer<typeof FailureRateQuery>

/** R/1000 by months in service. */
export const FailureRate = z.object({
  component: z.string().nullable(),
  symptom: z.string().nullable(),
  model: z.string().nullable(),
  modelYear: z.int().nullable(),
  region: z.string().nullable(),
  asOf: z.string(),
  /** Cars of the population that were sold, their events, and events of its cars that were not in the field and of cars that are not known. */
  vehicles: z.int(),
  events: z.int(),
  withoutExposure: z.int(),
  months: z.array(
    z.object({
      monthsInService: z.int(),
      vehicles: z.int(),
      events: z.int(),
      per1000: z.number(),
      per1000Interval: z.tuple([z.number(), z.number()]),
      vehicleMonths: z.number(),
      eventsInMonth: z.int(),
    }),
  ),
})
export type FailureRate = z.infer<typeof FailureRate>
