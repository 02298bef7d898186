import { startEmbeddedNeo4j, stopEmbeddedNeo4j } from './embedded/server.ts'
import { fetchDistribution, hasDistribution } from './embedded/distribution.ts'
import { findJava, hasMaven } from './embedded/java.ts'
import { FishboneError } from '../domain/error.ts'

export type ResolveNeo4jOptions = {
  /** `NEO4J_URI`, `NEO4J_USER`, `NEO4J_PASSWORD`; a given address wins over everything. */
  given?: { uri?: string; user?: string; password?: string }
  dataDir: string
  cacheDir: string
  env?: Record<string, string | undefined>
  heapMb?: number
  pageCacheMb?: number
  onProgress?: (line: string) => void
}

export type Neo4jConnection = {
  uri: string
  user: string
  password: string
  browserUrl: string | null
  /** Whether this process started the server; then `stop` ends it, else `stop` leaves it alone. */
  ownedByUs: boolean
  stop(): Promise<void>
}

/**
 * Finds or starts the Neo4j to work with: the one given by address, else the embedded one of the data folder.
 *
 * @throws FB_NEO4J_SETUP with the ways to get one when none can be had.
 */
export async function resolveNeo4j(options: ResolveNeo4jOptions): Promise<Neo4jConnection> {
  const { given = {}, dataDir, cacheDir, env = process.env, onProgress } = options
  if (given.uri) {
    const { uri, user = 'neo4j', password = '' } = given
    return { uri, user, password, browserUrl: null, ownedByUs: false, stop: async () => {} }
  }
  const java = findJava(env)
  if (!java.ok) throw new FishboneError('FB_NEO4J_SETUP', java.problem)
  if (!hasDistribution(cacheDir) && !hasMaven(env)) throw new FishboneError('FB_NEO4J_SETUP', 'no Maven on the PATH')
  const lib = await fetchDistribution(cacheDir, onProgress)
  const server = await startEmbeddedNeo4j({ ...options, java: java.command, lib })
  const { uri, user, password, browserUrl, startedHere } = server
  return {
    uri,
    user,
    password,
    browserUrl,
    ownedByUs: startedHere,
    stop: async () => {
      if (startedHere) await stopEmbeddedNeo4j(dataDir)
    },
  }
}
