import { listAppliedMigrations, listIndexes } from './migration/queries.ts'
import type { GraphClient } from './ports.ts'

/** Pays for what the first statements after a start of the database cost (up to seconds): connections, plans, the schema cache. */
export async function warmUp(client: GraphClient, connections = 4): Promise<void> {
  await Promise.all(Array.from({ length: connections }, () => client.all(listAppliedMigrations, {})))
  await client.all(listIndexes, {})
}
