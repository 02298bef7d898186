import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const nothing = z.strictObject({})

export const ensureMigrationIdentity = defineQuery({
  file: 'migration/ensure-identity.cypher',
  mode: 'WRITE',
  params: z.strictObject({}),
  row: nothing,
  sample: {},
})

export const listAppliedMigrations = defineQuery({
  file: 'migration/list-applied.cypher',
  mode: 'READ',
  params: z.strictObject({}),
  row: z.strictObject({ file: z.string(), checksum: z.string() }),
  sample: {},
})

export const recordAppliedMigration = defineQuery({
  file: 'migration/record-applied.cypher',
  mode: 'WRITE',
  params: z.strictObject({ file: z.string(), checksum: z.string(), appliedAt: z.string() }),
  row: nothing,
  sample: { file: 'V9999__sample.cypher', checksum: '00', appliedAt: '2026-01-01T00:00:00.000Z' },
})

export const takeMigrationLock = defineQuery({
  file: 'migration/take-lock.cypher',
  mode: 'WRITE',
  params: z.strictObject({ owner: z.string(), leaseMs: z.int().positive() }),
  row: z.strictObject({ taken: z.boolean() }),
  sample: { owner: 'sample', leaseMs: 1 },
})

export const releaseMigrationLock = defineQuery({
  file: 'migration/release-lock.cypher',
  mode: 'WRITE',
  params: z.strictObject({ owner: z.string() }),
  row: nothing,
  sample: { owner: 'sample' },
})

/** An index as the database describes it. */
export const IndexRow = z.strictObject({
  name: z.string(),
  type: z.string(),
  entity: z.string(),
  labels: z.array(z.string()).nullable(),
  properties: z.array(z.string()).nullable(),
  unique: z.boolean(),
  state: z.string(),
  analyzer: z.string().nullable(),
  dimensions: z.number().nullable(),
  similarity: z.string().nullable(),
})
export type IndexRow = z.infer<typeof IndexRow>

export const listIndexes = defineQuery({
  file: 'migration/list-indexes.cypher',
  mode: 'READ',
  params: z.strictObject({}),
  row: IndexRow,
  sample: {},
})
