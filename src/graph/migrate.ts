import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import { projectRoot } from '../project-root.ts'
import {
  ensureMigrationIdentity,
  listAppliedMigrations,
  listIndexes,
  recordAppliedMigration,
  releaseMigrationLock,
  takeMigrationLock,
} from './migration/queries.ts'
import { askedIndexes, schemaDifferences } from './migration/schema-check.ts'
import { readSchemaFiles } from './migration/schema-files.ts'
import type { SchemaFile } from './migration/schema-files.ts'
import type { GraphClient, Query } from './ports.ts'

const schemaFolder = join(projectRoot, 'cypher', 'schema')

/** Stands among the applied files while a backup is read into the graph: whoever starts on it then is refused, older versions too. */
export const restoreMark = 'restore'

export type MigrateOptions = {
  folder?: string
  now?: () => Date
  leaseMs?: number
  /** No further than these files, which must be known. */
  only?: readonly { file: string; checksum: string }[]
  /** This is the restore itself. */
  isRestoring?: boolean
}

/**
 * Brings the database to the schema of `cypher/schema/`: applies the files it has not seen, in order, waits until all indexes are filled and
 * compares each with what was asked for. Running it again changes nothing; two processes take turns.
 *
 * @returns names of the files applied by this call.
 * @throws FB_MIGRATION_INVALID when a file that was applied has changed or is gone, or an index differs; the message names it.
 * @throws FB_GRAPH_UNAVAILABLE, FB_GRAPH_QUERY_FAILED
 */
export async function migrate(client: GraphClient, options: MigrateOptions = {}): Promise<string[]> {
  const files = options.only ? knownSchemaFiles(options.only, options.folder) : readSchemaFiles(options.folder ?? schemaFolder)
  const isUpToDate = (await pendingFiles(client, files, options)).length === 0
  const applied = isUpToDate ? [] : await withLock(client, options.leaseMs ?? 60_000, () => applyPending(client, files, options))
  await untilFilled(client)
  await checkSchema(client, files)
  return applied
}

async function applyPending(client: GraphClient, files: readonly SchemaFile[], options: MigrateOptions): Promise<string[]> {
  const { now = () => new Date() } = options
  const pending = await pendingFiles(client, files, options)
  for (const file of pending) {
    for (const statement of file.statements) await client.all(asQuery(file, statement), {})
    await client.all(recordAppliedMigration, { file: file.name, checksum: file.checksum, appliedAt: now().toISOString() })
  }
  return pending.map(file => file.name)
}

/** The schema files another graph had seen. @throws FB_MIGRATION_INVALID for one that is not known here. */
export function knownSchemaFiles(asked: readonly { file: string; checksum: string }[], folder = schemaFolder): SchemaFile[] {
  const known = readSchemaFiles(folder)
  return asked.map(({ file, checksum }) => {
    const found = known.find(one => one.name === file)
    if (!found) throw invalid(file, `schema file ${file} is not known here; a newer Fishbone has it`)
    if (found.checksum !== checksum) throw invalid(file, `schema file ${file} is another one here`)
    return found
  })
}

async function pendingFiles(client: GraphClient, files: readonly SchemaFile[], { isRestoring = false }: MigrateOptions): Promise<SchemaFile[]> {
  const applied = new Map((await client.all(listAppliedMigrations, {})).map(row => [row.file, row.checksum]))
  for (const [name, checksum] of applied) {
    if (name === restoreMark && isRestoring) continue
    if (name === restoreMark) throw invalid(name, 'this graph holds part of a backup: a restore runs, or was cut short; run fishbone restore --replace again')
    const file = files.find(candidate => candidate.name === name)
    if (!file) throw invalid(name, `schema file ${name} was applied to this database and is gone; a newer Fishbone may have made it`)
    if (file.checksum !== checksum) throw invalid(name, `schema file ${name} was changed after it was applied; add a new file instead`)
  }
  return files.filter(file => !applied.has(file.name))
}

async function checkSchema(client: GraphClient, files: readonly SchemaFile[]): Promise<void> {
  const asked = askedIndexes(files.flatMap(file => file.statements))
  const differences = schemaDifferences(asked, await client.all(listIndexes, {}))
  if (differences.length === 0) return
  throw new FishboneError('FB_MIGRATION_INVALID', `the database is not as cypher/schema asks: ${differences.join('; ')}`, {
    details: { differences },
  })
}

/** A large graph may take many minutes for a new index: a start that gave up would only begin to wait again. */
async function untilFilled(client: GraphClient): Promise<void> {
  while ((await client.all(listIndexes, {})).some(({ state }) => state === 'POPULATING')) await pause(200)
}

async function withLock<T>(client: GraphClient, leaseMs: number, work: () => Promise<T>): Promise<T> {
  const owner = randomUUID()
  await client.all(ensureMigrationIdentity, {})
  while (!(await client.one(takeMigrationLock, { owner, leaseMs })).taken) await pause(200)
  const renewal = setInterval(() => void client.all(takeMigrationLock, { owner, leaseMs }).catch(() => {}), leaseMs / 3)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    await client.all(releaseMigrationLock, { owner })
  }
}

/** A schema statement has no parameters and is run once, so it needs no binding of its own. */
function asQuery(file: SchemaFile, cypher: string): Query<z.ZodObject, z.ZodUnknown> {
  const params = z.strictObject({})
  return { file: `schema/${file.name}`, mode: 'WRITE', cypher, params, row: z.unknown(), trusted: false, autoCommit: true, sample: {} }
}

function invalid(file: string, message: string): FishboneError {
  return new FishboneError('FB_MIGRATION_INVALID', message, { details: { file } })
}
