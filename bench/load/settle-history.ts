import { homedir } from 'node:os'
import { join } from 'node:path'
import neo4j from 'neo4j-driver'
import { resolveNeo4j } from '../../src/graph/index.ts'

/**
 * Takes what was loaded for compared: the server would otherwise compare a hundred thousand reports beside the load, for hours, as it does once after a first import.
 *
 * @returns how many were waiting.
 */
export const settleHistory = async (dataDir: string): Promise<number> => {
  const { uri, user, password } = await resolveNeo4j({ dataDir, cacheDir: process.env['FISHBONE_CACHE_DIR'] ?? join(homedir(), '.cache', 'fishbone') })
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true })
  const session = driver.session()
  try {
    const { records } = await session.run('MATCH (record:Feedback {compare: true}) RETURN count(record) AS waiting')
    await session.run('MATCH (record:Feedback {compare: true}) CALL (record) { REMOVE record.compare } IN TRANSACTIONS OF 5000 ROWS')
    return records[0]!.get('waiting') as number
  } finally {
    await session.close()
    await driver.close()
  }
}
