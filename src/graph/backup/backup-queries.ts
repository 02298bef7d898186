import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const nothing = z.strictObject({})
const none = z.object({})
const text = z.string()
const properties = z.record(text, z.unknown())
const labels = z.array(text)
/** What is in it was held against its sum when the archive was read. */
const anything = z.custom<Record<string, unknown>>()
const rowsOf = <S extends z.ZodRawShape>(shape: S) => z.object({ rows: z.array(z.object(shape)) })

/** Statements that read and write a graph as a whole. */
export const backupQueries = {
  holdNodeWrites: defineQuery({ file: 'backup/hold-node-writes.cypher', mode: 'WRITE', params: none, row: nothing, sample: {} }),
  holdRelationshipWrites: defineQuery({ file: 'backup/hold-relationship-writes.cypher', mode: 'WRITE', params: none, row: nothing, sample: {} }),
  streamNodes: defineQuery({
    file: 'backup/stream-nodes.cypher', mode: 'READ', params: none, row: z.strictObject({ key: text, labels, properties }), sample: {}, trusted: true, exact: true,
  }),
  streamRelationships: defineQuery({
    file: 'backup/stream-relationships.cypher', mode: 'READ', params: none, row: z.strictObject({ from: text, to: text, type: text, properties }), sample: {}, trusted: true, exact: true,
  }),
  version: defineQuery({ file: 'backup/read-version.cypher', mode: 'READ', params: none, row: z.strictObject({ version: text, edition: text }), sample: {} }),
  someSealedVin: defineQuery({ file: 'backup/find-sealed-vin.cypher', mode: 'READ', params: none, row: z.strictObject({ vehicleId: text, vinSealed: text }), sample: {} }),
  counts: defineQuery({ file: 'backup/count-content.cypher', mode: 'READ', params: none, row: z.strictObject({ nodes: z.int(), relationships: z.int() }), sample: {} }),
  connections: defineQuery({
    file: 'backup/list-connections.cypher', mode: 'READ', params: none, row: z.strictObject({ connectionId: text, userAgent: text.nullable() }), sample: {},
  }),
  erasures: defineQuery({
    file: 'backup/list-erasures.cypher', mode: 'READ', params: none, row: z.strictObject({ action: z.enum(['person.erase', 'vehicle.erase']), subject: text, entry: properties }), sample: {},
  }),
  keepErasures: defineQuery({ file: 'backup/keep-erasures.cypher', mode: 'WRITE', params: rowsOf({ id: text, entry: anything }), row: nothing, sample: { rows: [{ id: 'sample', entry: { id: 'sample' } }] } }),
  people: defineQuery({
    file: 'backup/list-people.cypher', mode: 'READ', params: none, row: z.strictObject({ personRef: text.nullable(), vehicleId: text.nullable(), vinSealed: text.nullable() }), sample: {},
  }),
  empty: defineQuery({ file: 'backup/empty-graph.cypher', mode: 'WRITE', params: none, row: nothing, sample: {}, autoCommit: true }),
  forgetMigrations: defineQuery({ file: 'backup/forget-migrations.cypher', mode: 'WRITE', params: none, row: nothing, sample: {} }),
  forgetSealedVins: defineQuery({ file: 'backup/forget-sealed-vins.cypher', mode: 'WRITE', params: none, row: z.strictObject({ vins: z.int() }), sample: {} }),
  createNodes: defineQuery({
    file: 'backup/create-nodes.cypher', mode: 'WRITE', params: rowsOf({ at: z.bigint(), labels, properties: anything }), row: z.strictObject({ at: z.int(), node: text }),
    sample: { rows: [{ at: 0n, labels: ['Symptom'], properties: { id: 'sample-of-backup' } }] },
  }),
  setVectors: defineQuery({
    file: 'backup/set-vectors.cypher', mode: 'WRITE', params: rowsOf({ node: text, embedding: z.custom<unknown>() }), row: z.strictObject({ written: z.int() }), sample: { rows: [{ node: 'none', embedding: [0.5] }] },
  }),
  createRelationships: defineQuery({
    file: 'backup/create-relationships.cypher', mode: 'WRITE', params: rowsOf({ from: text, to: text, type: text, properties: anything }), row: z.strictObject({ written: z.int() }),
    sample: { rows: [{ from: 'none', to: 'none', type: 'SHOWS', properties: {} }] },
  }),
  shut: defineQuery({ file: 'backup/shut-graph.cypher', mode: 'WRITE', params: z.object({ archive: text, at: text }), row: nothing, sample: { archive: 'sample', at: '2026-01-01T00:00:00.000Z' } }),
  open: defineQuery({ file: 'backup/open-graph.cypher', mode: 'WRITE', params: none, row: nothing, sample: {} }),
} as const
