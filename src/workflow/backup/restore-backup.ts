import { FishboneError } from '../../domain/error.ts'
import type { GraphLoad, RecordedErasure } from '../../graph/ports/backup.ts'
import type { ArchiveHeader, ArchiveSummary } from './archive-format.ts'
import { writeDataFile } from './data-files.ts'
import { createGraphWriter } from './graph-writer.ts'
import type { BackupStep } from './make-backup.ts'
import { checkArchive, readArchive } from './read-archive.ts'

export type RestoreServices = {
  load: GraphLoad
  dataDir: string
  /** Files of the target that are there and that the archive would write over. */
  filesInTheWay: () => Promise<string[]>
  /** Of the key that is set by the environment; null where the file of the data folder counts. */
  environmentKey: string | null
  /** Of the key file of the target before anything is written; null where there is none. */
  targetKey: string | null
  /** Of the key that counts from now on; null where there is none yet. */
  keyNow: () => Promise<string | null>
  /** Erases again, by the services of the restored graph. @returns how many were found and erased. */
  eraseAgain: (erasures: readonly RecordedErasure[]) => Promise<number>
  now: () => Date
}

export type RestoreOptions = {
  /** What is in the target goes first. */
  replace: boolean
  /** Goes on although the archive's VINs open with no key that is here. */
  withoutVinKey: boolean
  onProgress: (step: BackupStep) => void
}

export type Restored = { header: ArchiveHeader; nodes: number; relationships: number; files: number; erasedAgain: number; erasuresKnown: number; closedVins: number }

/**
 * Reads a backup into the target. All of the archive is held against its sums, and the target looked at, before anything is written; while it is
 * written the graph is shut to every other Fishbone, and stays so when this is cut short.
 *
 * @throws FB_BACKUP_INVALID for an archive that is damaged or of a newer Fishbone; FB_CONFLICT for a target that is in use, or not empty;
 *   FB_VIN_KEY_INVALID where the key that would count is not the one of the archive
 */
export const createRestoreBackup = (services: RestoreServices) => async (path: string, options: RestoreOptions): Promise<Restored> => {
  const { load } = services
  options.onProgress({ message: 'the file is held against its sums', done: 0, total: 0 })
  const summary = await checkArchive(path)
  checkSchema(services, path, summary.header)
  checkKey(services, summary.header, options)
  await checkTarget(services, options)
  const erasures = await load.erasures()
  await load.shut(path)
  options.onProgress({ message: 'the target is made ready', done: 0, total: 0 })
  await load.empty()
  await load.migrate(summary.header.schema)
  const files = await writeAll(services, path, summary, options)
  options.onProgress({ message: 'schema and indexes', done: 0, total: 0 })
  await load.migrate()
  await checkCounts(services, summary)
  const { fingerprint } = summary.header.vinKey
  const closedVins = fingerprint !== null && fingerprint === (await services.keyNow()) ? 0 : await load.forgetSealedVins()
  const erasedAgain = erasures.length === 0 ? 0 : await services.eraseAgain(erasures)
  if (erasures.length > 0) await load.keepErasures(erasures)
  await load.open()
  return { header: summary.header, nodes: summary.lines.nodes, relationships: summary.lines.relationships, files, erasedAgain, erasuresKnown: erasures.length, closedVins }
}

const checkSchema = ({ load }: RestoreServices, path: string, { schema, fishbone }: ArchiveHeader): void => {
  try {
    load.checkSchema(schema)
  } catch (error) {
    const why = error instanceof FishboneError ? error.message : 'its schema is not known'
    throw new FishboneError('FB_BACKUP_INVALID', `${path} cannot be restored: ${why}. It was made by Fishbone ${fishbone}`, { cause: error })
  }
}

const checkKey = ({ environmentKey, targetKey }: RestoreServices, { vinKey }: ArchiveHeader, { withoutVinKey }: RestoreOptions): void => {
  const counts = environmentKey ?? (vinKey.in === 'archive' ? vinKey.fingerprint : targetKey)
  if (vinKey.in === 'lost' && !withoutVinKey) throw new FishboneError('FB_VIN_KEY_INVALID', 'the VIN key was lost before this backup was made: no VIN in it can be opened. --without-vin-key goes on and removes them')
  if (vinKey.fingerprint === null || counts === vinKey.fingerprint || withoutVinKey) return
  const which = environmentKey !== null
    ? 'FISHBONE_VIN_KEY is another key than the one'
    : targetKey === null ? 'the archive does not hold the VIN key, and no vin.key or FISHBONE_VIN_KEY is here: get the one' : 'vin.key of the data folder is another key than the one'
  throw new FishboneError('FB_VIN_KEY_INVALID', `${which} this backup was sealed with (fingerprint ${vinKey.fingerprint}). Without that key no VIN and no webhook secret of it opens, and a car sent again counts as another car. Give the key, or go on without: --without-vin-key`)
}

const checkTarget = async ({ load, dataDir, filesInTheWay }: RestoreServices, { replace }: RestoreOptions): Promise<void> => {
  const others = await load.otherConnections()
  if (others !== null && others > 0) throw new FishboneError('FB_CONFLICT', 'another Fishbone is connected to this graph: stop its servers and workers first')
  if (replace) return
  if (await load.isShut()) throw new FishboneError('FB_CONFLICT', 'the graph holds part of a backup: a restore runs or was cut short; --replace begins again')
  const nodes = await load.nodeCount()
  if (nodes > 0) throw new FishboneError('FB_CONFLICT', `the graph is not empty (${nodes} nodes): --replace removes what is in it first`)
  const files = await filesInTheWay()
  if (files.length > 0) throw new FishboneError('FB_CONFLICT', `the data folder ${dataDir} holds ${files.length} files already, such as ${files[0]}: --replace writes over those the archive holds`)
}

const writeAll = async ({ load, dataDir, now }: RestoreServices, path: string, { lines }: ArchiveSummary, { onProgress }: RestoreOptions): Promise<number> => {
  const setAside = `before-restore-${now().toISOString().replace(/[-:]|\.\d+/g, '')}`
  const graph = createGraphWriter({ load, onWritten: (section, done) => onProgress({ message: section, done, total: lines[section] }) })
  const files = new Set<string>()
  for await (const { section, line } of readArchive(path)) {
    if (section === 'nodes') await graph.node(line)
    else if (section === 'relationships') await graph.relationship(line)
    else {
      await writeDataFile(dataDir, line, setAside)
      files.add(line.path)
    }
  }
  await graph.end()
  return files.size
}

const checkCounts = async ({ load }: RestoreServices, { lines }: ArchiveSummary): Promise<void> => {
  const counts = await load.counts()
  if (counts.nodes === lines.nodes && counts.relationships === lines.relationships) return
  throw new FishboneError('FB_INTERNAL', `the graph holds ${counts.nodes} nodes and ${counts.relationships} relationships, the archive ${lines.nodes} and ${lines.relationships}: it stays shut; something else wrote to it`)
}
