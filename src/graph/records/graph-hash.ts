import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { defineQuery } from '../define-query.ts'
import type { GraphClient } from '../ports.ts'

const properties = z.record(z.string(), z.unknown())
const labels = z.array(z.string())

export const graphContentQueries = {
  streamNodes: defineQuery({
    file: 'ingest/stream-nodes.cypher',
    mode: 'READ',
    params: z.object({}),
    row: z.strictObject({ labels, properties }),
    sample: {},
    trusted: true,
  }),
  streamRelationships: defineQuery({
    file: 'ingest/stream-relationships.cypher',
    mode: 'READ',
    params: z.object({}),
    row: z.strictObject({
      fromLabels: labels, fromId: z.string().nullable(), type: z.string(), properties, toLabels: labels, toId: z.string().nullable(),
    }),
    sample: {},
    trusted: true,
  }),
} as const

export type GraphHash = { sha256: string; nodes: number; relationships: number }

const modulus = 1n << 256n

/**
 * One hash over all nodes and relationships: equal graphs have equal hashes, whatever their internal ids and order of writing. Left out are
 * vectors, the mark that one is missing, sealed VINs, times of writing, migrations and idempotency keys. Memory does not grow with the graph: SHA-256 of each
 * element is added modulo 2^256, so nothing is sorted.
 *
 * @see Bellare, Micciancio, EUROCRYPT 1997 (AdHash), for hashing a multiset by addition.
 * @throws FB_GRAPH_UNAVAILABLE, FB_GRAPH_QUERY_FAILED
 */
export async function hashGraph(client: GraphClient): Promise<GraphHash> {
  const nodes = await addUp(client.stream(graphContentQueries.streamNodes, {}), 'node')
  const relationships = await addUp(client.stream(graphContentQueries.streamRelationships, {}), 'relationship')
  const sum = (nodes.sum + relationships.sum) % modulus
  return { sha256: sum.toString(16).padStart(64, '0'), nodes: nodes.count, relationships: relationships.count }
}

async function addUp(rows: AsyncIterable<unknown>, what: string): Promise<{ sum: bigint; count: number }> {
  let sum = 0n
  let count = 0
  for await (const row of rows) {
    const digest = createHash('sha256').update(`${what}\0${canonicalJson(row)}`).digest('hex')
    sum = (sum + BigInt(`0x${digest}`)) % modulus
    count += 1
  }
  return { sum, count }
}
