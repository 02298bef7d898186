import neo4j from 'neo4j-driver'
import type { Driver, Session, Transaction } from 'neo4j-driver'
import { FishboneError } from '../../domain/error.ts'
import { asGraphError } from '../driver-error.ts'
import { restoreMark } from '../migrate.ts'
import { listAppliedMigrations } from '../migration/queries.ts'
import type { GraphClient } from '../ports.ts'
import type { GraphCopy } from '../ports/backup.ts'
import { backupQueries } from './backup-queries.ts'

/** A write that runs when writes are to wait is let end first, but not for ever. */
const holdMs = 60_000
/** Two transactions that write may each wait for the other and for us; the database ends one of the three. */
const holdAttempts = 5

/**
 * Reads a graph as a whole through an own connection beside `client`, which needs one that can hold a transaction open.
 *
 * @throws FB_GRAPH_UNAVAILABLE, FB_GRAPH_QUERY_FAILED
 */
export const createGraphCopy = ({ client, uri, user, password }: { client: GraphClient; uri: string; user: string; password: string }): GraphCopy => {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { userAgent: 'fishbone-backup', telemetryDisabled: true, connectionTimeout: 2_500 })
  return {
    position: () => positionOf(driver),
    holdWrites: () => holdWrites(driver),
    nodes: () => client.stream(backupQueries.streamNodes, {}),
    relationships: () => client.stream(backupQueries.streamRelationships, {}),
    schema: async () => (await client.all(listAppliedMigrations, {})).filter(({ file }) => file !== restoreMark),
    counts: () => client.one(backupQueries.counts, {}),
    async version() {
      const { version, edition } = await client.one(backupQueries.version, {})
      return `${version} ${edition}`
    },
    someSealedVin: () => client.maybeOne(backupQueries.someSealedVin, {}),
    close: () => driver.close(),
  }
}

/** The bookmark of the database names the last transaction that changed it. */
const positionOf = async (driver: Driver): Promise<string> => {
  const session = driver.session({ defaultAccessMode: neo4j.session.READ })
  try {
    await session.executeRead(tx => tx.run(backupQueries.version.cypher))
    return session.lastBookmarks().join(' ')
  } catch (error) {
    throw asGraphError(error, 'the position of the database')
  } finally {
    await session.close()
  }
}

const openHold = async (session: Session): Promise<Transaction> => {
  const held = session.beginTransaction({ timeout: 24 * 3_600_000 })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new FishboneError('FB_GRAPH_UNAVAILABLE', `a write that runs did not end within ${holdMs / 1_000} s; try again when less is written`)), holdMs)
  })
  try {
    for (const { cypher } of [backupQueries.holdNodeWrites, backupQueries.holdRelationshipWrites]) await Promise.race([held.run(cypher), late])
    return held
  } catch (error) {
    await held.close().catch(() => undefined)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

const holdWrites = async (driver: Driver): Promise<() => Promise<void>> => {
  for (let attempt = 1; ; attempt += 1) {
    const session = driver.session()
    try {
      const held = await openHold(session)
      return async () => {
        await held.rollback().catch(() => undefined)
        await session.close()
      }
    } catch (error) {
      await session.close()
      const isDeadlock = (error as { code?: unknown }).code === 'Neo.TransientError.Transaction.DeadlockDetected'
      if (!isDeadlock || attempt === holdAttempts) throw asGraphError(error, 'letting writes wait')
    }
  }
}
