import { existsSync, rmSync } from 'node:fs'
import { FishboneError } from '../../domain/error.ts'
import { probeBolt } from './bolt-probe.ts'
import { keepPassword } from './credentials.ts'
import { withFileLock } from './file-lock.ts'
import { endServer } from './server-process.ts'
import { runningRecord, writeServerRecord } from './server-record.ts'
import { boltUri, browserUrl } from './server.ts'
import { makeStoreFolders, storeFolders } from './store-folders.ts'

export type StopOutcome = 'stopped' | 'killed' | 'not-running'

/**
 * Stops the server of a data folder, whoever started it: SIGTERM, then SIGKILL after the limit.
 *
 * @throws FB_NEO4J_SETUP when it cannot be ended (it belongs to another user).
 */
export async function stopEmbeddedNeo4j(dataDir: string, limitMs = 30_000): Promise<StopOutcome> {
  const folders = storeFolders(dataDir)
  const record = runningRecord(folders)
  if (!record) return 'not-running'
  const outcome = await endServer(folders, record.pid, limitMs)
  if (outcome === 'alive') throw new FishboneError('FB_NEO4J_SETUP', `Neo4j (process ${record.pid}) cannot be stopped`)
  writeServerRecord(folders, { ...record, pid: null })
  return outcome
}

export type EmbeddedStatus = {
  state: 'running' | 'not-answering' | 'stopped'
  pid: number | null
  uri: string | null
  browserUrl: string | null
  store: string
  logs: string
  consoleLog: string
  passwordFile: string
}

/** What runs for a data folder, and where its files are. Changes nothing. */
export async function readEmbeddedStatus(dataDir: string): Promise<EmbeddedStatus> {
  const folders = storeFolders(dataDir)
  const { logs, consoleLog, passwordFile } = folders
  const paths = { store: folders.home, logs, consoleLog, passwordFile }
  const record = runningRecord(folders)
  if (!record) return { state: 'stopped', pid: null, uri: null, browserUrl: null, ...paths }
  const answer = await probeBolt(boltUri(record), 'neo4j', keepPassword(folders))
  const state = answer === 'ready' ? 'running' : 'not-answering'
  return { state, pid: record.pid, uri: boltUri(record), browserUrl: browserUrl(record), ...paths }
}

/**
 * Stops the server of a data folder and removes its store, password and logs; other things in the data folder stay.
 *
 * @returns whether there was a store.
 */
export async function resetEmbeddedNeo4j(dataDir: string): Promise<boolean> {
  if (!existsSync(storeFolders(dataDir).root)) return false
  const folders = makeStoreFolders(dataDir)
  await withFileLock(folders.lockFile, 150_000, async () => {
    await stopEmbeddedNeo4j(dataDir)
    for (const path of [folders.home, folders.conf, folders.consoleLog, folders.passwordFile, folders.recordFile]) {
      rmSync(path, { recursive: true, force: true })
    }
  })
  return true
}
