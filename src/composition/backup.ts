import type { Config } from '../config.ts'
import { createGraphCopy } from '../graph/backup/graph-copy.ts'
import { createGraphLoad } from '../graph/backup/graph-load.ts'
import { createErasureStore } from '../graph/erasure/erasure-store.ts'
import { createGraphClient, resolveNeo4j } from '../graph/index.ts'
import type { Neo4jConnection } from '../graph/index.ts'
import type { GraphClient } from '../graph/ports.ts'
import { createVinVault, findVinKey, loadVinKey, vinKeyFingerprint } from '../ingest/vin-vault.ts'
import { listDataFiles } from '../workflow/backup/data-files.ts'
import { createEraseAgain } from '../workflow/backup/erase-again.ts'
import { createMakeBackup } from '../workflow/backup/make-backup.ts'
import type { BackupStep } from '../workflow/backup/make-backup.ts'
import { createRestoreBackup } from '../workflow/backup/restore-backup.ts'
import { createDropWaiting } from '../workflow/erasure/drop-waiting.ts'
import { createDropRejects } from '../workflow/erasure/drop-rejects.ts'
import { createErasePerson } from '../workflow/erasure/erase-person.ts'
import { createErasureSubjects } from '../workflow/erasure/erasure-subjects.ts'

export type BackupOptions = { config: Config; version: string; now?: () => Date; onProgress?: (step: BackupStep) => void; signal?: AbortSignal }

type Opened = { client: GraphClient; neo4j: Neo4jConnection }

/** The graph as it is: no schema is brought up to date and no key made, which the other commands do. */
const withGraph = async <T>({ config, onProgress, signal }: BackupOptions, userAgent: string, work: (opened: Opened) => Promise<T>): Promise<T> => {
  const neo4j = await resolveNeo4j({ given: config.neo4j ?? undefined, dataDir: config.dataDir, cacheDir: config.cacheDir, onProgress: message => onProgress?.({ message, done: 0, total: 0 }), ...(signal && { signal }) })
  const { uri, user, password } = neo4j
  // Batches of a restore are larger than any request.
  const client = createGraphClient({ uri, user, password, userAgent, transactionTimeoutMs: 600_000 })
  try {
    return await work({ client, neo4j })
  } finally {
    await client.close()
    await neo4j.stop()
  }
}

/** Backup of what a configuration names: see `createMakeBackup`. */
export const runBackup = (path: string, { withKeys }: { withKeys: boolean }, options: BackupOptions) =>
  withGraph(options, 'fishbone-backup', async ({ client, neo4j }) => {
    const { config, version, now = () => new Date(), onProgress = () => undefined, signal } = options
    const key = await findVinKey({ dataDir: config.dataDir, hex: config.vinKeyHex })
    const copy = createGraphCopy({ client, ...neo4j })
    try {
      const vinKey = { fingerprint: key === null ? null : vinKeyFingerprint(key), isFile: config.vinKeyHex === null, opens: (sealed: string) => key !== null && openVinWith(key)(sealed) !== null }
      return await createMakeBackup({ copy, dataDir: config.dataDir, vinKey, fishboneVersion: version, now })(path, { withKeys, ...(signal && { signal }), onProgress })
    } finally {
      await copy.close()
    }
  })

/** Restore into what a configuration names: see `createRestoreBackup`. */
export const runRestore = (path: string, { replace, withoutVinKey }: { replace: boolean; withoutVinKey: boolean }, options: BackupOptions) =>
  withGraph(options, 'fishbone-restore', async ({ client }) => {
    const { config, now = () => new Date(), onProgress = () => undefined } = options
    const { dataDir, vinKeyHex } = config
    const fingerprintOf = async (from: { dataDir: string; hex?: string | null }) => {
      const key = await findVinKey(from)
      return key && vinKeyFingerprint(key)
    }
    const keyBefore = await findVinKey({ dataDir, hex: vinKeyHex })
    const restore = createRestoreBackup({
      load: createGraphLoad({ client, now }), dataDir, now,
      filesInTheWay: () => listDataFiles(dataDir),
      environmentKey: vinKeyHex === null ? null : await fingerprintOf({ dataDir, hex: vinKeyHex }),
      targetKey: await fingerprintOf({ dataDir }),
      keyNow: () => fingerprintOf({ dataDir, hex: vinKeyHex }),
      eraseAgain: async erasures => {
        const key = await loadVinKey({ dataDir, hex: vinKeyHex })
        const erase = createErasePerson({ store: createErasureStore({ client }), vins: createVinVault({ key }), dropRejects: createDropRejects({ dataDir }), dropWaiting: createDropWaiting({ dataDir }), runningImports: () => Promise.resolve(0), now })
        const subjects = [key, ...(keyBefore === null || keyBefore.equals(key) ? [] : [keyBefore])].map(one => createErasureSubjects(createVinVault({ key: one })))
        const eraseAgain = createEraseAgain({ people: () => createGraphLoad({ client, now }).people(), subjects, openVin: openVinWith(key), erasePerson: reference => erase.person(reference), eraseVehicle: vehicleId => erase.vehicle(vehicleId) })
        return eraseAgain(erasures)
      },
    })
    return restore(path, { replace, withoutVinKey, onProgress })
  })

const openVinWith = (key: Buffer) => {
  const { open } = createVinVault({ key })
  return (sealed: string): string | null => {
    try {
      return open(sealed)
    } catch {
      return null
    }
  }
}
