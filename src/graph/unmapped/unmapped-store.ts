import type { GraphClient } from '../ports.ts'
import type { UnmappedStore } from '../ports/unmapped.ts'
import { unmappedQueries } from './unmapped-queries.ts'

/** Keeps the queue of clauses that no key fits in the graph. */
export const createUnmappedStore = ({ client }: { client: GraphClient }): UnmappedStore => ({
  listToGather: question => client.all(unmappedQueries.listToGather, question),
  async replaceClauses(rows) {
    if (rows.length > 0) await client.all(unmappedQueries.replaceClauses, { rows })
  },
  listClauses: question => client.all(unmappedQueries.listClauses, question),
})
