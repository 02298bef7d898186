import { z } from 'zod'
import type { GraphClient } from '../../src/graph/ports.ts'

/** Removes every node but the applied migrations. The benchmark's database is its own. */
export async function deleteEverything(client: GraphClient): Promise<void> {
  await client.all({
    file: 'bench', mode: 'WRITE', autoCommit: true, trusted: true, params: z.object({}), row: z.record(z.string(), z.unknown()), sample: {},
    cypher: 'MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS',
  }, {})
}
