import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { FishboneError } from '../../domain/error.ts'
import { probeBolt } from './bolt-probe.ts'
import { keepPassword } from './credentials.ts'
import { withFileLock } from './file-lock.ts'
import { choosePort } from './free-port.ts'
import type { ServerPorts } from './server-conf.ts'
import { readServerRecord, writeServerRecord } from './server-record.ts'
import { boltUri, browserUrl } from './server.ts'
import type { EmbeddedOptions, EmbeddedServer } from './server.ts'
import { makeStoreFolders, storeFolders } from './store-folders.ts'

const image = 'neo4j:5.26-community'

/** Whether a Docker engine answers: the command alone may be there without one. */
export function hasDockerEngine(env: Record<string, string | undefined>): boolean {
  return docker(['version', '--format', '{{.Server.Version}}'], env, 10_000).ok
}

/** Name of the container of a data folder. */
export function containerName(dataDir: string): string {
  return `fishbone-${createHash('sha256').update(storeFolders(dataDir).root).digest('hex').slice(0, 12)}`
}

/**
 * Starts Neo4j in a container with its store in the data folder, or attaches to it when it runs.
 *
 * @throws FB_NEO4J_SETUP when the container does not start or does not answer.
 */
export async function startDockerNeo4j(options: Omit<EmbeddedOptions, 'java' | 'lib'>): Promise<Omit<EmbeddedServer, 'pid'>> {
  const folders = makeStoreFolders(options.dataDir)
  const until = Date.now() + (options.startLimitMs ?? 120_000)
  return withFileLock(folders.lockFile, until - Date.now(), async () => {
    const password = keepPassword(folders)
    const name = containerName(options.dataDir)
    const record = readServerRecord(folders)
    const startedHere = !isContainerRunning(name) || !record
    const ports = startedHere ? await choosePorts(record) : record
    if (startedHere) {
      options.onProgress?.(`Neo4j: starting a container, bolt port ${ports.bolt}, browser port ${ports.http}`)
      runContainer(options.dataDir, ports, password)
      writeServerRecord(folders, { pid: null, ...ports, startedAt: new Date().toISOString() })
    }
    await untilReady(boltUri(ports), password, until, name)
    return { uri: boltUri(ports), user: 'neo4j', password, browserUrl: browserUrl(ports), startedHere }
  })
}

/** @returns whether there was a container to stop. */
export function stopDockerNeo4j(dataDir: string): boolean {
  const name = containerName(dataDir)
  return isContainerRunning(name) && docker(['stop', '--time', '30', name]).ok
}

async function choosePorts(before: ServerPorts | null): Promise<ServerPorts> {
  const bolt = await choosePort([before?.bolt, 7687])
  return { bolt, http: await choosePort([before?.http, 7474], [bolt]) }
}

/** The password goes through the environment: an argument could be read by every user of the machine. */
function runContainer(dataDir: string, ports: ServerPorts, password: string): void {
  const store = join(storeFolders(dataDir).root, 'container')
  mkdirSync(store, { recursive: true, mode: 0o700 })
  const user = process.getuid && process.getgid ? ['--user', `${process.getuid()}:${process.getgid()}`] : []
  const started = docker(
    [
      ...['run', '--detach', '--rm', '--name', containerName(dataDir), ...user],
      ...['--publish', `127.0.0.1:${ports.bolt}:7687`, '--publish', `127.0.0.1:${ports.http}:7474`],
      ...['--volume', `${store}:/data`, '--env', 'NEO4J_AUTH'],
      ...['--env', `NEO4J_server_bolt_advertised__address=127.0.0.1:${ports.bolt}`, image],
    ],
    { NEO4J_AUTH: `neo4j/${password}` },
  )
  if (!started.ok) throw new FishboneError('FB_NEO4J_SETUP', `docker could not start ${image}:\n${started.said}`)
}

function isContainerRunning(name: string): boolean {
  return docker(['inspect', '--format', '{{.State.Running}}', name]).said.trim() === 'true'
}

async function untilReady(uri: string, password: string, until: number, name: string): Promise<void> {
  for (; Date.now() < until; await pause(300)) {
    if ((await probeBolt(uri, 'neo4j', password)) === 'ready') return
  }
  throw new FishboneError('FB_NEO4J_SETUP', `Neo4j in the container ${name} did not answer in time; see: docker logs ${name}`)
}

function docker(words: string[], environment: Record<string, string | undefined> = {}, limitMs = 300_000): { ok: boolean; said: string } {
  const run = spawnSync('docker', words, { encoding: 'utf8', env: { ...process.env, ...environment }, timeout: limitMs })
  return { ok: !run.error && run.status === 0, said: run.error ? run.error.message : run.status === 0 ? run.stdout : run.stderr }
}
