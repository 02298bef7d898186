import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const nothing = z.strictObject({})
const keyed = z.object({ id: text, key: text })

/** Statements that make the nodes records share. Each is idempotent and takes its nodes in sorted order. */
export const sharedQueries = {
  lockVehicles: defineQuery({
    file: 'ingest/lock-vehicles.cypher',
    mode: 'WRITE',
    params: z.object({ vehicles: z.array(z.object({ id: text, vinSealed: text })) }),
    row: z.strictObject({ id: text, contentSha256: text.nullable(), hasHistory: z.boolean() }),
    sample: { vehicles: [{ id: 'veh_0', vinSealed: 'x' }] },
  }),
  mergeComponents: defineQuery({
    file: 'ingest/merge-components.cypher',
    mode: 'WRITE',
    params: z.object({ components: z.array(z.object({ id: text, freeWord: text.nullable() })) }),
    row: nothing,
    sample: { components: [{ id: 'unclassified:flap', freeWord: 'flap' }] },
  }),
  mergeParts: defineQuery({
    file: 'ingest/merge-parts.cypher',
    mode: 'WRITE',
    params: z.object({ parts: z.array(z.object({ id: text, key: text, components: z.array(text) })) }),
    row: nothing,
    sample: { parts: [{ id: 'BAT-100-A', key: 'BAT-100-A', components: ['traction-battery'] }] },
  }),
  mergeLots: defineQuery({
    file: 'ingest/merge-lots.cypher',
    mode: 'WRITE',
    params: z.object({ lots: z.array(z.object({ id: text, partId: text, partNo: text, lot: text.nullable() })) }),
    row: nothing,
    sample: { lots: [{ id: 'BAT-100-A/22W10', partId: 'BAT-100-A', partNo: 'BAT-100-A', lot: '22W10' }] },
  }),
  mergeSupplies: defineQuery({
    file: 'ingest/merge-supplies.cypher',
    mode: 'WRITE',
    params: z.object({ supplies: z.array(z.object({ lotId: text, supplierId: text, key: text })) }),
    row: nothing,
    sample: { supplies: [{ lotId: 'BAT-100-A/22W10', supplierId: 'S-014', key: 'S-014' }] },
  }),
  mergeReleases: defineQuery({
    file: 'ingest/merge-releases.cypher',
    mode: 'WRITE',
    params: z.object({ releases: z.array(z.object({ id: text, module: text, version: text })) }),
    row: nothing,
    sample: { releases: [{ id: 'BMS@3.1.4', module: 'BMS', version: '3.1.4' }] },
  }),
  mergeModelYears: defineQuery({
    file: 'ingest/merge-model-years.cypher',
    mode: 'WRITE',
    params: z.object({
      modelYears: z.array(z.object({ id: text, make: text.nullable(), model: text.nullable(), modelYear: z.number().nullable() })),
    }),
    row: nothing,
    sample: { modelYears: [{ id: 'nio/es8/2022', make: 'nio', model: 'es8', modelYear: 2022 }] },
  }),
  mergePlants: defineQuery({
    file: 'ingest/merge-plants.cypher',
    mode: 'WRITE',
    params: z.object({ plants: z.array(keyed) }),
    row: nothing,
    sample: { plants: [{ id: 'HF1', key: 'HF1' }] },
  }),
  mergeServiceCenters: defineQuery({
    file: 'ingest/merge-service-centers.cypher',
    mode: 'WRITE',
    params: z.object({ serviceCenters: z.array(keyed) }),
    row: nothing,
    sample: { serviceCenters: [{ id: 'SC-SH-03', key: 'SC-SH-03' }] },
  }),
  mergeDtcs: defineQuery({
    file: 'ingest/merge-dtcs.cypher',
    mode: 'WRITE',
    params: z.object({ codes: z.array(text) }),
    row: nothing,
    sample: { codes: ['P0AA6'] },
  }),
  mergeSymptoms: defineQuery({
    file: 'ingest/merge-symptoms.cypher',
    mode: 'WRITE',
    params: z.object({ keys: z.array(text) }),
    row: nothing,
    sample: { keys: ['charging-stops'] },
  }),
} as const
