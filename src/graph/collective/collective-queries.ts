import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const number = z.number().nullable()
const ids = z.array(text).max(5_000)
const shared = { level: text, carsReporting: z.int().min(0), carsCarrying: z.int().min(0) }
const car = 'veh_00000000000000000000000000000001'

/** Statements of the collective view of a problem. */
export const collectiveQueries = {
  readReports: defineQuery({
    file: 'collective/read-reports.cypher',
    mode: 'READ',
    params: z.object({ ids, asOf: text.min(20) }),
    row: z.strictObject({
      id: text, channel: text, region: maybe, model: maybe, modelYear: number, odometerKm: number, soldOn: maybe, at: text, text, sameAs: z.array(text),
    }),
    sample: { ids: ['app:F-1', 'RO-1'], asOf: '2022-10-01T00:00:00.000Z' },
  }),
  countCarsOfModels: defineQuery({
    file: 'collective/count-cars-of-models.cypher',
    mode: 'READ',
    params: z.object({ models: z.array(text).max(200), day: text.length(10) }),
    row: z.strictObject({ cars: z.int().min(0) }),
    sample: { models: ['EV6'], day: '2022-10-01' },
  }),
  lotsShared: defineQuery({
    file: 'collective/lots-shared.cypher',
    mode: 'READ',
    params: z.object({ vehicleIds: ids, components: z.array(text), day: text.length(10) }),
    row: z.strictObject({ ...shared, supplier: maybe }),
    sample: { vehicleIds: [car], components: ['battery-pack'], day: '2022-10-01' },
  }),
  softwareShared: defineQuery({
    file: 'collective/software-shared.cypher',
    mode: 'READ',
    params: z.object({ vehicleIds: ids, at: text.min(20) }),
    row: z.strictObject(shared),
    sample: { vehicleIds: [car], at: '2022-10-01T00:00:00.000Z' },
  }),
} as const
