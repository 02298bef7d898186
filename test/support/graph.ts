import { inject } from 'vitest'
import { z } from 'zod'
import { createGraphClient } from '../../src/graph/client.ts'
import type { GraphClient, Query } from '../../src/graph/ports.ts'

export type TestGraph = {
  client: GraphClient
  uri: string
  user: string
  password: string
  /** Removes every node but the applied migrations; indexes and constraints stay. */
  wipe(): Promise<void>
  /** Runs a statement written in the test, to set up or look; rows are plain values. */
  run(cypher: string, params?: Record<string, unknown>): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/**
 * Opens the Neo4j that the global set-up started and migrated, with nothing in it. Call it in `beforeAll`, `close` in `afterAll`.
 */
export async function openTestGraph(): Promise<TestGraph> {
  const { uri, user, password } = inject('neo4j')
  const client = createGraphClient({ uri, user, password })
  const run = (cypher: string, params: Record<string, unknown> = {}) => client.all(adHoc(cypher), params)
  const wipe = async () => {
    await run('MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS')
  }
  await wipe()
  return { client, uri, user, password, wipe, run, close: () => client.close() }
}

/** Tests may look with statements of their own; the product runs only files. */
function adHoc(cypher: string): Query<z.ZodRecord<z.ZodString, z.ZodUnknown>, z.ZodRecord<z.ZodString, z.ZodUnknown>> {
  const anything = z.record(z.string(), z.unknown())
  return { file: 'test', mode: 'WRITE', cypher, params: anything, row: anything, trusted: false, autoCommit: true, sample: {} }
}
