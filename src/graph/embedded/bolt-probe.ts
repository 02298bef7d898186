import neo4j, { Neo4jError } from 'neo4j-driver'

export type BoltAnswer = 'ready' | 'refused-password' | 'silent'

/** Asks a server over Bolt whether it takes this user now; a full handshake and round trip, not only an open port. */
export async function probeBolt(uri: string, user: string, password: string): Promise<BoltAnswer> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
    connectionTimeout: 2_000,
    connectionAcquisitionTimeout: 3_000,
    maxTransactionRetryTime: 0,
    telemetryDisabled: true,
  })
  try {
    await driver.verifyConnectivity({ database: 'neo4j' })
    return 'ready'
  } catch (error) {
    return error instanceof Neo4jError && error.code.startsWith('Neo.ClientError.Security.') ? 'refused-password' : 'silent'
  } finally {
    await driver.close()
  }
}
