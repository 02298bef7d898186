import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const flags = z.array(text).nullable()
const nothing = z.strictObject({})
const edges = z.array(z.object({ vehicleId: text, edge: text }))
const ends = z.array(z.object({ vehicleId: text, edge: text, to: maybe }))

export const VehicleHistory = z.strictObject({
  id: text,
  builtOn: maybe,
  factorySoftware: maybe,
  repairs: z.array(z.object({ id: text, closedAt: maybe, partsReplaced: maybe, softwareAfter: maybe, historyFlags: flags })),
  installs: z.array(z.object({ id: text, module: text, version: text, installedAt: text, channel: maybe, result: maybe })),
  observations: z.array(z.object({ id: text, capturedAt: text, software: maybe, historyFlags: flags })),
  builtWith: z.array(
    z.object({
      edge: text, lotId: text, partNo: text, lot: maybe, component: text, position: maybe, serial: maybe, condition: maybe, builtOn: maybe,
      supplier: maybe, source: maybe, from: text, to: maybe,
    }),
  ),
  ran: z.array(
    z.object({ edge: text, releaseId: text, module: text, version: text, channel: maybe, observed: z.boolean(), from: text, to: maybe }),
  ),
})
export type VehicleHistory = z.infer<typeof VehicleHistory>

/** Statements that read and write what cars carried and ran. */
export const intervalQueries = {
  readVehicleHistory: defineQuery({
    file: 'ingest/read-vehicle-history.cypher',
    mode: 'READ',
    params: z.object({ ids: z.array(text) }),
    row: VehicleHistory,
    sample: { ids: ['veh_0'] },
  }),
  readRuns: defineQuery({
    file: 'ingest/read-runs.cypher',
    mode: 'READ',
    params: z.object({ ids: z.array(text) }),
    row: z.strictObject({ id: text, runs: z.array(z.tuple([text, text, text, maybe])) }),
    sample: { ids: ['veh_0'] },
  }),
  createBuiltWith: defineQuery({
    file: 'ingest/create-built-with.cypher',
    mode: 'WRITE',
    params: z.object({ vehicles: z.array(z.object({ id: text, from: maybe, parts: z.array(z.array(maybe)) })) }),
    row: nothing,
    sample: { vehicles: [{ id: 'veh_0', from: '2022-03-14', parts: [['BAT-100-A/22W10', 'traction-battery']] }] },
  }),
  endBuiltWith: defineQuery({
    file: 'ingest/end-built-with.cypher',
    mode: 'WRITE',
    params: z.object({ ends }),
    row: nothing,
    sample: { ends: [{ vehicleId: 'veh_0', edge: '5:x:0', to: null }] },
  }),
  deleteBuiltWith: defineQuery({
    file: 'ingest/delete-built-with.cypher',
    mode: 'WRITE',
    params: z.object({ edges }),
    row: nothing,
    sample: { edges: [{ vehicleId: 'veh_0', edge: '5:x:0' }] },
  }),
  createRan: defineQuery({
    file: 'ingest/create-ran.cypher',
    mode: 'WRITE',
    params: z.object({ vehicles: z.array(z.object({ id: text, runs: z.array(z.array(z.union([text, z.boolean(), z.null()]))) })) }),
    row: nothing,
    sample: { vehicles: [{ id: 'veh_0', runs: [['BMS@3.1.4', 'BMS', 'factory', false, '2022-03-14T00:00:00.000Z', null]] }] },
  }),
  endRan: defineQuery({
    file: 'ingest/end-ran.cypher',
    mode: 'WRITE',
    params: z.object({ ends }),
    row: nothing,
    sample: { ends: [{ vehicleId: 'veh_0', edge: '5:x:0', to: null }] },
  }),
  deleteRan: defineQuery({
    file: 'ingest/delete-ran.cypher',
    mode: 'WRITE',
    params: z.object({ edges }),
    row: nothing,
    sample: { edges: [{ vehicleId: 'veh_0', edge: '5:x:0' }] },
  }),
  flagRepairs: defineQuery({
    file: 'ingest/flag-repairs.cypher',
    mode: 'WRITE',
    params: z.object({ flags: z.array(z.object({ id: text, flags })) }),
    row: nothing,
    sample: { flags: [{ id: 'RO-1', flags: ['removedPartNotFound'] }] },
  }),
  flagSnapshots: defineQuery({
    file: 'ingest/flag-snapshots.cypher',
    mode: 'WRITE',
    params: z.object({ flags: z.array(z.object({ id: text, flags })) }),
    row: nothing,
    sample: { flags: [{ id: 'TS-1', flags: null }] },
  }),
} as const
