import { FishboneError } from '../domain/error.ts'
import { fetchDistribution, hasDistribution } from './embedded/distribution.ts'
import { hasDockerEngine, startDockerNeo4j, stopDockerNeo4j } from './embedded/docker.ts'
import { keepRunning as watchServer } from './embedded/keep-running.ts'
import type { KeepRunningOptions } from './embedded/keep-running.ts'
import { findJava, hasMaven } from './embedded/java.ts'
import { neo4jVersion, oldestJava } from './embedded/release.ts'
import { stopEmbeddedNeo4j } from './embedded/server-control.ts'
import type { ServerPorts } from './embedded/server-conf.ts'
import { boltUri, browserUrl, startEmbeddedNeo4j } from './embedded/server.ts'

export type PrepareNeo4jOptions = {
  /** Address of a Neo4j of one's own (`NEO4J_URI` and so on); it wins over everything. */
  given?: { uri?: string | undefined; user?: string | undefined; password?: string | undefined } | null | undefined
  cacheDir: string
  env?: Record<string, string | undefined>
  onProgress?: (line: string) => void
}

export type ResolveNeo4jOptions = PrepareNeo4jOptions & {
  dataDir: string
  heapMb?: number
  pageCacheMb?: number
  /** Further lines of the embedded server's `neo4j.conf`, by name; a given address and a container do not read them. */
  settings?: Readonly<Record<string, string>>
  startLimitMs?: number
  /** Gives up a start that is under way and ends what it had started. */
  signal?: AbortSignal
}

export type Neo4jConnection = {
  /** Where it is now: with `keepRunning` it changes when the server had to be started again on another port. */
  readonly uri: string
  user: string
  password: string
  /** As `uri`. Null for a given address: its Browser is not ours to know. */
  readonly browserUrl: string | null
  /** Whether this process started the server; then `stop` ends it, else `stop` leaves it alone. */
  ownedByUs: boolean
  /** For processes that stay: starts a Neo4j of the data folder again when it died, until `stop`. Does nothing for any other. */
  keepRunning(listeners: Pick<KeepRunningOptions, 'onNotice' | 'onError'>): void
  stop(): Promise<void>
}

/** Where a Neo4j can come from on this machine. */
export type Neo4jSource = { kind: 'given' } | { kind: 'docker' } | { kind: 'embedded'; java: { command: string; major: number }; lib: string }

/**
 * Makes sure that a Neo4j can be had, fetching its jars when needed, and starts nothing.
 *
 * @throws FB_NEO4J_SETUP with what is missing and the three ways to get one.
 */
export async function prepareNeo4j({ given, cacheDir, env = process.env, onProgress }: PrepareNeo4jOptions): Promise<Neo4jSource> {
  if (given?.uri) return { kind: 'given' }
  const java = findJava(env)
  const missing: string[] = []
  if (!java.ok) missing.push(java.problem)
  else if (hasDistribution(cacheDir) || hasMaven(env)) {
    return { kind: 'embedded', java, lib: await fetchDistribution(cacheDir, onProgress) }
  } else missing.push('no mvn (Maven) on the PATH')
  if (hasDockerEngine(env)) return { kind: 'docker' }
  missing.push('no Docker engine answers')
  throw new FishboneError('FB_NEO4J_SETUP', waysToNeo4j(missing), { details: { missing } })
}

/** The one message for a machine without any way to a Neo4j. */
export function waysToNeo4j(missing: readonly string[]): string {
  return [
    `Fishbone needs a Neo4j 5 database and found no way to one: ${missing.join('; ')}. Any of these is enough:`,
    `  1. Java ${oldestJava} or newer and Maven (Debian, Ubuntu: apt-get install openjdk-17-jre-headless maven; macOS: brew install openjdk maven);`,
    `     Fishbone then fetches Neo4j ${neo4jVersion} once and starts it by itself`,
    '  2. a Neo4j 5 of yours: set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD',
    '  3. Docker: start its engine; Fishbone then runs Neo4j in a container (or start compose.yaml yourself and set NEO4J_URI)',
  ].join('\n')
}

/**
 * Finds or starts the Neo4j to work with: the one given by address, else the one of the data folder, from its jars or in a container.
 *
 * @throws FB_NEO4J_SETUP when none can be had or it does not start.
 */
export async function resolveNeo4j(options: ResolveNeo4jOptions): Promise<Neo4jConnection> {
  const source = await prepareNeo4j(options)
  const { given, dataDir } = options
  if (source.kind === 'given') {
    const { uri = '', user = 'neo4j', password = '' } = given ?? {}
    return { uri, user, password, browserUrl: null, ownedByUs: false, keepRunning: () => {}, stop: async () => {} }
  }
  const server = source.kind === 'docker' ? await startDockerNeo4j(options) : await startEmbeddedNeo4j({ ...options, ...source })
  const { user, password, startedHere } = server
  let place = { uri: server.uri, browserUrl: server.browserUrl }
  let letGo = () => {}
  const stop = async () => {
    letGo()
    if (!startedHere) return
    if (source.kind === 'docker') stopDockerNeo4j(dataDir)
    else await stopEmbeddedNeo4j(dataDir)
  }
  const keepRunning: Neo4jConnection['keepRunning'] = listeners => {
    if (source.kind !== 'embedded') return
    const { signal: _signal, ...startOptions } = options
    const onMove = (ports: ServerPorts) => (place = { uri: boltUri(ports), browserUrl: browserUrl(ports) })
    letGo = watchServer({ ...listeners, dataDir, onMove, start: () => startEmbeddedNeo4j({ ...startOptions, ...source }) })
  }
  return {
    get uri() { return place.uri },
    get browserUrl() { return place.browserUrl },
    user, password, ownedByUs: startedHere, keepRunning, stop,
  }
}
