import neo4j from 'neo4j-driver'
import type { Driver } from 'neo4j-driver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toParameters } from '../../src/graph/driver-values.ts'
import type { GraphTransaction } from '../../src/graph/ports.ts'
import { readBoundQueries } from '../support/bound-queries.ts'
import type { BoundQuery } from '../support/bound-queries.ts'
import { propertyKeysOf, readGraphModel } from '../support/graph-model.ts'
import { openTestGraph } from '../support/graph.ts'
import type { TestGraph } from '../support/graph.ts'
import { loadSmallGraph } from '../support/small-graph.ts'

const queries = (await readBoundQueries()).map(query => [query.file, query] as const)
const model = readGraphModel()

let graph: TestGraph
let driver: Driver
beforeAll(async () => {
  graph = await openTestGraph()
  driver = neo4j.driver(graph.uri, neo4j.auth.basic(graph.user, graph.password))
  await makeModelKnown()
  await loadSmallGraph(graph)
})
afterAll(async () => {
  await graph.run('MATCH (n:Migration) WHERE n.id STARTS WITH "V9999" DELETE n')
  await graph.wipe()
  await graph.close()
  await driver.close()
})

describe.each(queries)('%s', (_, query) => {
  it('runs on the small graph and its rows match their schema', async () => {
    if (query.autoCommit) {
      await graph.client.all(query, query.sample)
      await loadSmallGraph(graph)
    } else {
      await rolledBack(tx => tx.all(query, query.sample))
    }
  })

  it('names nothing the database has never seen', async () => {
    expect(await warningsOf(query)).toEqual([])
  })
})

/** Runs work in a transaction that is undone, so that one statement's writes are not the next one's graph. */
async function rolledBack(work: (tx: GraphTransaction) => Promise<unknown>): Promise<void> {
  const undo = new Error('undo')
  const run = graph.client.write(async tx => {
    await work(tx)
    throw undo
  })
  await expect(run).rejects.toBe(undo)
}

/** Makes every name of the model known to the database: what it still warns of is misspelt. */
async function makeModelKnown(): Promise<void> {
  await graph.run('UNWIND $names AS name CALL db.createLabel(name)', { names: [...model.labels.keys()] })
  await graph.run('UNWIND $names AS name CALL db.createRelationshipType(name)', { names: [...model.types.keys()] })
  await graph.run('UNWIND $names AS name CALL db.createProperty(name)', { names: propertyKeysOf(model) })
}

/** Schema commands have no plan that could be explained. */
async function warningsOf(query: BoundQuery): Promise<string[]> {
  if (/^\s*(?:SHOW|(?:CREATE|DROP)\s+(?:FULLTEXT\s+)?(?:CONSTRAINT|INDEX))\b/m.test(query.cypher)) return []
  const keys = query.params instanceof z.ZodObject ? Object.keys(query.params.shape) : []
  const parameters = toParameters(query.params.parse(query.sample), keys)
  const { summary } = await driver.executeQuery(`EXPLAIN ${query.cypher}`, parameters)
  return summary.notifications.filter(({ category }) => category === 'UNRECOGNIZED').map(({ description }) => description)
}
