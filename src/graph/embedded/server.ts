import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { FishboneError } from '../../domain/error.ts'
import { probeBolt } from './bolt-probe.ts'
import { keepPassword, writeInitialPassword } from './credentials.ts'
import { withFileLock } from './file-lock.ts'
import { choosePort } from './free-port.ts'
import { isServerOf } from './process-identity.ts'
import { renderServerConf } from './server-conf.ts'
import { endServer, lastLogLines, spawnServer } from './server-process.ts'
import { readServerRecord, writeServerRecord } from './server-record.ts'
import type { ServerRecord } from './server-record.ts'
import { storeFolders } from './store-folders.ts'
import type { StoreFolders } from './store-folders.ts'

export type EmbeddedOptions = {
  dataDir: string
  /** Java command and folder of the jars. */
  java: string
  lib: string
  /** Largest heap. */
  heapMb?: number
  pageCacheMb?: number
  /** How long a start may take, waiting for another one included. */
  startLimitMs?: number
  onProgress?: (line: string) => void
}

export type EmbeddedServer = {
  uri: string
  user: 'neo4j'
  password: string
  browserUrl: string
  pid: number
  /** Whether this call started it: who attaches to a running server leaves it running. */
  startedHere: boolean
}

/**
 * Starts the Neo4j of a data folder, or attaches to it when it runs already. Returns when it answers over Bolt.
 *
 * @throws FB_NEO4J_SETUP when it does not come up; the message holds the last lines of its log and the way back.
 */
export async function startEmbeddedNeo4j(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const folders = storeFolders(options.dataDir)
  prepareFolders(folders)
  const until = Date.now() + (options.startLimitMs ?? 120_000)
  return withFileLock(folders.lockFile, until - Date.now(), async () => {
    const password = keepPassword(folders)
    const record = runningRecord(folders)
    if (record) return { ...(await answering(folders, record, password, until)), startedHere: false }
    writeInitialPassword(folders, password)
    const started = await launch(folders, options)
    return { ...(await answering(folders, started, password, until)), startedHere: true }
  })
}

/** Stops the server of a data folder if it runs, whoever started it. */
export async function stopEmbeddedNeo4j(dataDir: string): Promise<'stopped' | 'killed' | 'not-running'> {
  const folders = storeFolders(dataDir)
  const record = runningRecord(folders)
  if (!record) return 'not-running'
  const killed = await endServer(folders, record.pid)
  writeServerRecord(folders, { ...record, pid: null })
  return killed ? 'killed' : 'stopped'
}

/** The record of a server that runs now, or null: a remembered pid may be gone, or be another program by now. */
export function runningRecord(folders: StoreFolders): (ServerRecord & { pid: number }) | null {
  const record = readServerRecord(folders)
  if (record?.pid == null || !isServerOf(folders.home, record.pid)) return null
  return { ...record, pid: record.pid }
}

function prepareFolders(folders: StoreFolders): void {
  try {
    for (const folder of [folders.home, folders.conf]) mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(join(folders.root, '.writable'), '')
    rmSync(join(folders.root, '.writable'))
  } catch (cause) {
    const message = `the data folder ${folders.root} cannot be written; set FISHBONE_DATA_DIR to a folder of yours`
    throw new FishboneError('FB_NEO4J_SETUP', message, { cause })
  }
}

async function launch(folders: StoreFolders, options: EmbeddedOptions): Promise<ServerRecord & { pid: number }> {
  const before = readServerRecord(folders)
  const bolt = await choosePort([before?.bolt, 7687])
  const http = await choosePort([before?.http, 7474], [bolt])
  writeFileSync(join(folders.conf, 'neo4j.conf'), renderServerConf({ bolt, http }, { pageCacheMb: options.pageCacheMb ?? 512 }))
  options.onProgress?.(`Neo4j: starting on bolt port ${bolt}, browser port ${http}`)
  const child = spawnServer(folders, { java: options.java, lib: options.lib, heapMb: options.heapMb ?? 1024 })
  child.once('error', () => {})
  if (child.pid === undefined) throw new FishboneError('FB_NEO4J_SETUP', `${options.java} cannot be run`)
  const record = { pid: child.pid, bolt, http, startedAt: new Date().toISOString() }
  // Written before it answers: if we die now, the next start finds it.
  writeServerRecord(folders, record)
  return record
}

async function answering(folders: StoreFolders, record: ServerRecord & { pid: number }, password: string, until: number) {
  const uri = `bolt://127.0.0.1:${record.bolt}`
  for (; Date.now() < until; await pause(150)) {
    const answer = await probeBolt(uri, 'neo4j', password)
    if (answer === 'ready') {
      return { uri, user: 'neo4j' as const, password, browserUrl: `http://127.0.0.1:${record.http}/browser/`, pid: record.pid }
    }
    if (answer === 'refused-password') throw startError(folders, `Neo4j does not take the password kept in ${folders.passwordFile}`)
    if (!isServerOf(folders.home, record.pid)) throw startError(folders, 'Neo4j ended while it was starting')
  }
  throw startError(folders, 'Neo4j did not answer in time')
}

function startError(folders: StoreFolders, what: string): FishboneError {
  const lines = lastLogLines(folders).map(line => `  ${line}`)
  const wayBack = `Logs: ${folders.logs}. To begin with an empty store: fishbone neo4j reset`
  return new FishboneError('FB_NEO4J_SETUP', [`${what}.`, ...lines, wayBack].join('\n'))
}
