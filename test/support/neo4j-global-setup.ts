import { homedir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createGraphClient, migrate, resolveNeo4j } from '../../src/graph/index.ts'
import { projectRoot } from '../../src/project-root.ts'
import { shortLivedJava } from './short-lived-java.ts'

declare module 'vitest' {
  interface ProvidedContext {
    neo4j: { uri: string; user: string; password: string }
  }
}

/** Where the jars are kept: the same folder as the product's, so that they are fetched once. */
export function testCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return env.FISHBONE_CACHE_DIR || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'fishbone')
}

/**
 * Most of a run's time is planning. Small graphs do not need the best of all join orders, and emptying the graph between files must not throw
 * the plans away.
 */
const quickPlans = {
  'internal.cypher.idp_solver_table_threshold': '16',
  'internal.cypher.idp_solver_duration_threshold': '10',
  'dbms.cypher.min_replan_interval': '1h',
  'dbms.cypher.statistics_divergence_threshold': '1',
  // Else a statement is planned anew for every order of magnitude of its lists and texts.
  'internal.cypher.use_parameter_size': 'false',
}

/**
 * Starts one Neo4j for the whole run: `NEO4J_URI` when given, else the embedded one with a store of its own under `FISHBONE_TEST_DIR`
 * (`.fishbone/test` by default), stopped at the end when this run started it.
 */
export default async function startTestNeo4j(project: TestProject): Promise<() => Promise<void>> {
  const { env } = process
  Object.assign(env, shortLivedJava)
  const connection = await resolveNeo4j({
    given: { uri: env.NEO4J_URI, user: env.NEO4J_USER, password: env.NEO4J_PASSWORD },
    dataDir: env.FISHBONE_TEST_DIR || join(projectRoot, '.fishbone', 'test'),
    cacheDir: testCacheDir(env),
    heapMb: 768,
    pageCacheMb: 128,
    settings: quickPlans,
    onProgress: line => process.stderr.write(`${line}\n`),
  })
  const { uri, user, password } = connection
  const client = createGraphClient({ uri, user, password })
  await migrate(client).finally(() => client.close())
  project.provide('neo4j', { uri, user, password })
  return () => connection.stop()
}
