import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
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
import { readServerRecord, runningRecord, writeServerRecord } from './server-record.ts'
import type { RunningRecord } from './server-record.ts'
import { makeStoreFolders } from './store-folders.ts'
import type { StoreFolders } from './store-folders.ts'

export type EmbeddedOptions = {
  dataDir: string
  java: { command: string; major: number }
  /** Folder of the jars. */
  lib: string
  heapMb?: number
  pageCacheMb?: number
  /** Further lines of `neo4j.conf`, by name. */
  settings?: Readonly<Record<string, string>>
  /** How long a start may take in all, waiting for another process's start included. */
  startLimitMs?: number
  onProgress?: (line: string) => void
  /** Gives up the start; a server that was being started is ended. */
  signal?: AbortSignal
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
  const folders = makeStoreFolders(options.dataDir)
  const until = Date.now() + (options.startLimitMs ?? 120_000)
  return withFileLock(folders.lockFile, until - Date.now(), async () => {
    const password = keepPassword(folders)
    const running = runningRecord(folders)
    if (running) return asServer(await answering(folders, running, password, until, options.signal), password, false)
    writeInitialPassword(folders, password)
    try {
      return asServer(await launchAndWait(folders, options, password, until, true), password, true)
    } catch (error) {
      if (!(error instanceof PortTaken)) throw error
      options.onProgress?.('Neo4j: another program took its port while it started; starting again on another')
      return asServer(await launchAndWait(folders, options, password, until, false), password, true)
    }
  })
}

/** Between looking for a free port and listening on it lie seconds: another Neo4j that starts may take it. */
class PortTaken extends Error {}

async function launchAndWait(folders: StoreFolders, options: EmbeddedOptions, password: string, until: number, mayWish: boolean): Promise<RunningRecord> {
  const launched = await launch(folders, options, mayWish)
  try {
    return await answering(folders, launched, password, until, options.signal)
  } catch (error) {
    await endServer(folders, launched.pid, 10_000)
    throw error
  }
}

function asServer(record: RunningRecord, password: string, startedHere: boolean): EmbeddedServer {
  const { pid } = record
  return { uri: boltUri(record), user: 'neo4j', password, browserUrl: browserUrl(record), pid, startedHere }
}

export function boltUri({ bolt }: { bolt: number }): string {
  return `bolt://127.0.0.1:${bolt}`
}

export function browserUrl({ http }: { http: number }): string {
  return `http://127.0.0.1:${http}/browser/`
}

async function launch(folders: StoreFolders, options: EmbeddedOptions, mayWish: boolean): Promise<RunningRecord> {
  const { heapMb = 1024, pageCacheMb = 512, java, lib } = options
  const before = readServerRecord(folders)
  const bolt = await choosePort(mayWish ? [before?.bolt, 7687] : [])
  const http = await choosePort(mayWish ? [before?.http, 7474] : [], [bolt])
  writeFileSync(join(folders.conf, 'neo4j.conf'), renderServerConf({ bolt, http }, { pageCacheMb }, options.settings))
  options.onProgress?.(`Neo4j: starting, bolt port ${bolt}, browser port ${http}`)
  const child = spawnServer(folders, { java, lib, heapMb })
  if (child.pid === undefined) {
    const [cause] = (await once(child, 'error')) as [Error]
    throw new FishboneError('FB_NEO4J_SETUP', `${java.command} cannot be run`, { cause })
  }
  const record = { pid: child.pid, bolt, http, startedAt: new Date().toISOString() }
  // Written before it answers: if we are killed now, the next start finds it.
  writeServerRecord(folders, record)
  return record
}

const mostRefusals = 8

/** Waits until the server takes the password and its database is open. */
async function answering(folders: StoreFolders, record: RunningRecord, password: string, until: number, signal?: AbortSignal): Promise<RunningRecord> {
  let refusals = 0
  while (Date.now() < until) {
    signal?.throwIfAborted()
    const answer = await probeBolt(boltUri(record), 'neo4j', password)
    if (answer === 'ready') return record
    if (!isServerOf(folders.home, record.pid)) {
      const error = startError(folders, 'Neo4j ended while it was starting')
      throw answer === 'refused-password' || /Address already in use|BindException/.test(error.message) ? new PortTaken(error.message) : error
    }
    // It may be another server that answers on this port: then ours ends by itself soon.
    if (answer === 'refused-password' && (refusals += 1) === mostRefusals) throw startError(folders, `Neo4j does not take the password kept in ${folders.passwordFile}`)
    // Three refusals within five seconds would lock the user out, of whichever server it is.
    await pause(answer === 'refused-password' ? 3_000 : 150)
  }
  throw startError(folders, 'Neo4j did not answer in time')
}

function startError(folders: StoreFolders, what: string): FishboneError {
  const lines = lastLogLines(folders).map(line => `  ${line}`)
  const isInUse = lines.some(line => line.includes('store_lock'))
  const advice = isInUse ? 'Another process has this store open: end it first' : 'To begin with an empty store: fishbone neo4j reset'
  const wayBack = `Logs: ${folders.logs} and ${folders.consoleLog}. ${advice}`
  return new FishboneError('FB_NEO4J_SETUP', [`${what}. It said last:`, ...lines, wayBack].join('\n'))
}
