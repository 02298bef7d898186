import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()

const vehicleRow = z.object({
  id: text, vinSealed: text, contentSha256: text, make: maybe, model: text, modelYear: z.number().nullable(), trim: maybe, plant: maybe,
  builtOn: text, soldOn: maybe, shippedOn: maybe, deliveredOn: maybe, region: maybe, options: z.array(text).nullable(), personRef: maybe,
  dataQuality: z.array(text).nullable(), factorySoftware: maybe,
})

export const vehicleQueries = {
  readHashes: defineQuery({
    file: 'ingest/read-vehicle-hashes.cypher',
    mode: 'READ',
    params: z.object({ ids: z.array(text) }),
    row: z.strictObject({ hashes: z.array(z.tuple([text, maybe])) }),
    sample: { ids: ['veh_0'] },
  }),
  writeVehicles: defineQuery({
    file: 'ingest/write-vehicles.cypher',
    mode: 'WRITE',
    params: z.object({ vehicles: z.array(vehicleRow) }),
    row: z.strictObject({}),
    sample: { vehicles: [] },
  }),
} as const
