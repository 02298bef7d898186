import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()

/** Master data of a car as its node holds it. */
const car = {
  id: text, known: z.boolean(), make: maybe, model: maybe, modelYear: z.number().nullable(), trim: maybe, plant: maybe, builtOn: maybe, soldOn: maybe,
  region: maybe, options: z.array(text).nullable(), dataQuality: z.array(text).nullable(),
}

export const FleetRow = z.strictObject({
  ...car,
  /** Lot id, component, condition, from, to, supplier where the lot does not tell. */
  parts: z.array(z.tuple([text, text, maybe, text, maybe, maybe])),
  /** Module, version, from, to. */
  software: z.array(z.tuple([text, text, text, maybe])),
  /** Service centre, instant at which the repair was closed. */
  visits: z.array(z.tuple([text, text])),
})
export type FleetRow = z.infer<typeof FleetRow>

export const KnownHistoryRow = z.strictObject({
  ...car,
  factorySoftware: maybe,
  asBuilt: z.array(z.object({
    partNo: text, lot: maybe, component: text, position: maybe, serial: maybe, condition: maybe, builtOn: maybe,
    supplier: maybe,
  })),
  repairs: z.array(z.object({ id: text, closedAt: maybe, partsReplaced: maybe, softwareAfter: maybe, serviceCenter: maybe })),
  installs: z.array(z.object({ id: text, module: text, version: text, installedAt: text, channel: maybe, result: maybe })),
  observations: z.array(z.object({ id: text, capturedAt: text, software: text })),
})
export type KnownHistoryRow = z.infer<typeof KnownHistoryRow>

export const LateRecordRow = z.strictObject({
  kind: z.enum(['repair-orders', 'software-installs', 'telemetry-snapshots']),
  id: text,
  vehicleId: maybe,
  versions: z.array(z.tuple([text, text])),
})
export type LateRecordRow = z.infer<typeof LateRecordRow>

export const LotRow = z.strictObject({ id: text, partNo: text, lot: maybe, suppliers: z.array(text) })
export type LotRow = z.infer<typeof LotRow>

/** Statements that read what cars are, carried and ran. */
export const fleetQueries = {
  readWatermark: defineQuery({
    file: 'analysis/read-fleet-watermark.cypher',
    mode: 'READ',
    params: z.object({ overlapMs: z.int().positive() }),
    row: z.strictObject({ graph: text, vehicles: z.number(), changedAt: z.number(), recent: z.array(z.number()) }),
    sample: { overlapMs: 90_000 },
  }),
  streamFleet: defineQuery({
    file: 'analysis/stream-fleet.cypher',
    mode: 'READ',
    params: z.object({ changedSince: z.int().min(0) }),
    row: FleetRow,
    sample: { changedSince: 0 },
    trusted: true,
  }),
  readLots: defineQuery({
    file: 'analysis/read-lots.cypher',
    mode: 'READ',
    params: z.object({ ids: z.array(text) }),
    row: LotRow,
    sample: { ids: ['37501-CV000/21W08'] },
    trusted: true,
  }),
  findLateRecords: defineQuery({
    file: 'analysis/find-late-records.cypher',
    mode: 'READ',
    params: z.object({ asOf: text }),
    row: LateRecordRow,
    sample: { asOf: '2022-09-03T00:30:00.000Z' },
  }),
  readKnownHistories: defineQuery({
    file: 'analysis/read-known-histories.cypher',
    mode: 'READ',
    params: z.object({ ids: z.array(text), asOf: text }),
    row: KnownHistoryRow,
    sample: { ids: ['veh_00000000000000000000000000000001'], asOf: '2022-09-03T00:30:00.000Z' },
  }),
} as const
