import { FishboneError } from '../../domain/error.ts'
import type { GraphCopy } from '../../graph/ports/backup.ts'
import { archiveProperties } from './archive-values.ts'
import { archiveVersion } from './archive-format.ts'
import type { ArchiveHeader, FileLine, NodeLine, RelationshipLine, Section } from './archive-format.ts'
import { listDataFiles, readDataFile } from './data-files.ts'
import { writeArchive } from './write-archive.ts'

export type BackupServices = {
  copy: GraphCopy
  dataDir: string
  /** Of the key in force; `isFile`: it is `vin.key` of the data folder, not a setting. */
  vinKey: { fingerprint: string | null; isFile: boolean; opens: (sealed: string) => boolean }
  fishboneVersion: string
  now: () => Date
}

/** What is being done; `total` is 0 where it has no count. */
export type BackupStep = { message: string; done: number; total: number }

export type BackupMade = {
  header: ArchiveHeader
  nodes: number
  relationships: number
  files: number
}

/** How often a graph that changes is read again before its writes are made to wait. */
const freeReadings = 1

/** The graph changed while it was read without its writes waiting. */
class Changed extends Error {}

/**
 * Writes a backup of graph and data folder as they are at one moment. A graph that nobody writes to is read as it is; else it is read again while its
 * writes wait, so that no change is in it by half.
 *
 * @throws FB_CONFLICT where the file is there; FB_GRAPH_UNAVAILABLE
 */
export const createMakeBackup = (services: BackupServices) => async (
  path: string, { withKeys, signal, onProgress }: { withKeys: boolean; signal?: AbortSignal; onProgress: (step: BackupStep) => void },
): Promise<BackupMade> => {
  const { copy, vinKey } = services
  if ((await copy.counts()).nodes === 0) throw new FishboneError('FB_CONFLICT', 'the graph is empty: there is nothing to back up. Is FISHBONE_DATA_DIR, or NEO4J_URI, the right one?')
  const sealed = await copy.someSealedVin()
  const isKeyLost = sealed !== null && !vinKey.opens(sealed.vinSealed)
  for (let reading = 0; ; reading += 1) {
    const writesHeld = reading >= freeReadings
    if (writesHeld) onProgress({ message: 'the graph is being written to: it is read again while writes wait', done: 0, total: 0 })
    const release = writesHeld ? await copy.holdWrites() : () => Promise.resolve()
    try {
      const header = await headerOf(services, { withKeys, writesHeld, isKeyLost })
      return { header, ...(await writeOnce(services, path, { header, withKeys, signal, onProgress })) }
    } catch (error) {
      if (!(error instanceof Changed) || writesHeld) throw asConflict(error)
    } finally {
      await release()
    }
  }
}

const asConflict = (error: unknown): unknown =>
  error instanceof Changed ? new FishboneError('FB_CONFLICT', 'the graph was written to although its writes were to wait: no backup was made. End imports and other tools on this database and try again') : error

const headerOf = async ({ copy, vinKey, fishboneVersion, now }: BackupServices, { withKeys, writesHeld, isKeyLost }: { withKeys: boolean; writesHeld: boolean; isKeyLost: boolean }): Promise<ArchiveHeader> => {
  const keyIn = isKeyLost ? 'lost' : !vinKey.isFile ? 'environment' : withKeys ? 'archive' : 'left-out'
  return {
    fishboneBackup: archiveVersion, madeAt: now().toISOString(), fishbone: fishboneVersion, neo4j: await copy.version(), schema: await copy.schema(),
    vinKey: { fingerprint: isKeyLost ? null : vinKey.fingerprint, in: keyIn }, writesHeld,
  }
}

const writeOnce = async (
  { copy, dataDir }: BackupServices, path: string, { header, withKeys, signal, onProgress }: { header: ArchiveHeader; withKeys: boolean; signal: AbortSignal | undefined; onProgress: (step: BackupStep) => void },
) => {
  const counts = { nodes: 0, relationships: 0, files: 0 }
  const totals = await copy.counts()
  const start = await copy.position()
  async function* nodes(): AsyncGenerator<NodeLine> {
    for await (const { key, labels, properties } of copy.nodes()) {
      counts.nodes += 1
      yield { key, labels: labels.toSorted(), properties: archiveProperties(properties) }
    }
  }
  async function* relationships(): AsyncGenerator<RelationshipLine> {
    for await (const { from, to, type, properties } of copy.relationships()) {
      counts.relationships += 1
      yield { from, to, type, properties: archiveProperties(properties) }
    }
  }
  async function* files(): AsyncGenerator<FileLine> {
    for (const file of await listDataFiles(dataDir, { withKeys })) {
      counts.files += 1
      yield* readDataFile(dataDir, file)
    }
    // The last thing before the archive gets its name: what was read above is of one moment, or there is no archive.
    if ((await copy.position()) !== start) throw new Changed()
  }
  const onLines = (section: Section) => section !== 'files' && onProgress({ message: section, done: counts[section], total: totals[section] })
  await writeArchive(path, { header, nodes, relationships, files }, { ...(signal && { signal }), onLines })
  return counts
}
