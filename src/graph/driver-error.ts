import { Neo4jError } from 'neo4j-driver'
import { FishboneError } from '../domain/error.ts'

/** How a failed statement may be tried again: at once with a fresh connection, after a pause (deadlock, leader change), or not at all. */
export type Retry = 'connection' | 'transient' | 'never'

const connectionCodes = new Set<string>(['ServiceUnavailable', 'SessionExpired'])

/** The database ended a statement that took too long: it waited for others (a backup lets writes wait), or the machine is too slow now. Later it may succeed. */
const timedOut = /^Neo\.ClientError\.Transaction\.(?:TransactionTimedOut|LockAcquisitionTimeout)/

/** Decides by the driver's code, never by its text; the driver gives its own time-outs of the connection pool no code of their own (`N/A`). */
export function retryOf(error: unknown): Retry {
  if (!(error instanceof Neo4jError)) return 'never'
  if (connectionCodes.has(error.code) || error.code === 'Neo.DatabaseError.General.DatabaseUnavailable') return 'connection'
  if (error.code === 'Neo.TransientError.General.DatabaseUnavailable') return 'connection'
  return error.retriable ? 'transient' : 'never'
}

/**
 * The driver's error in the project's words; any other error passes unchanged. The database's own text stays in `cause`: it may quote values.
 *
 * @param statement file of the statement, or what was being done.
 */
export function asGraphError(error: unknown, statement: string): unknown {
  if (!(error instanceof Neo4jError)) return error
  const details = { file: statement, neo4jCode: error.code }
  if (error.code.startsWith('Neo.ClientError.Security.')) {
    const message = `Neo4j refused the user name or password (${statement}); check NEO4J_USER and NEO4J_PASSWORD`
    return new FishboneError('FB_CONFIG_INVALID', message, { cause: error, details })
  }
  if (retryOf(error) !== 'never' || error.code === 'N/A' || timedOut.test(error.code)) {
    return new FishboneError('FB_GRAPH_UNAVAILABLE', `Neo4j did not answer (${statement})`, { cause: error, details })
  }
  return new FishboneError('FB_GRAPH_QUERY_FAILED', `Neo4j refused ${statement}: ${error.code}`, { cause: error, details })
}
