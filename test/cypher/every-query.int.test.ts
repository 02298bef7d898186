import neo4j from 'neo4j-driver'
import type { Driver, Record as DriverRecord, Session } from 'neo4j-driver'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { toExact, toParameters, toPlain } from '../../src/graph/driver-values.ts'
import { readBoundQueries } from '../support/bound-queries.ts'
import type { BoundQuery } from '../support/bound-queries.ts'
import { propertyKeysOf, readGraphModel } from '../support/graph-model.ts'
import { openTestGraph } from '../support/graph.ts'
import type { TestGraph } from '../support/graph.ts'
import { loadSmallGraph } from '../support/small-graph.ts'

// A statement is planned once: planning all of them is most of what this file costs, so what the planner says is read off the run itself.

const queries = (await readBoundQueries()).map(query => [query.file, query] as const)
const model = readGraphModel()

let graph: TestGraph
let driver: Driver
let session: Session
beforeAll(async () => {
  graph = await openTestGraph()
  driver = neo4j.driver(graph.uri, neo4j.auth.basic(graph.user, graph.password))
  session = driver.session()
  await makeModelKnown()
  await loadSmallGraph(graph)
})
afterAll(async () => {
  await session.close()
  await driver.close()
  await graph.run('MATCH (n:Migration) WHERE n.id STARTS WITH "V9999" DELETE n')
  await graph.wipe()
  await graph.close()
})

it.each(queries)('%s runs on the small graph, its rows match their schema, and it names nothing the database has never seen', async (_, query) => {
  const { records, unknown } = query.autoCommit ? await committed(query) : await undone(query)
  if (!query.trusted) expect(records.map(record => query.row.safeParse(rowOf(query, record)).error).filter(Boolean)).toEqual([])
  expect(unknown).toEqual([])
})

it('hears of a name the database has never seen', async () => {
  const query = { cypher: 'MATCH (n:NoSuchLabel) RETURN n.noSuchProperty AS seen', params: z.object({}), sample: {} } as unknown as BoundQuery
  expect((await undone(query)).unknown).toHaveLength(2)
})

/** Runs a statement in a transaction that is undone, so that one statement's writes are not the next one's graph. */
async function undone(query: BoundQuery) {
  const tx = session.beginTransaction()
  try {
    return seen(await tx.run(query.cypher, parametersFor(query)))
  } finally {
    await tx.rollback()
  }
}

/** For what the database refuses inside a transaction. */
async function committed(query: BoundQuery) {
  const outcome = seen(await session.run(query.cypher, parametersFor(query)))
  await loadSmallGraph(graph)
  return outcome
}

function seen({ records, summary }: Awaited<ReturnType<Session['run']>>) {
  return { records, unknown: summary.notifications.filter(({ category }) => category === 'UNRECOGNIZED').map(({ description }) => description) }
}

function parametersFor(query: BoundQuery) {
  return toParameters(query.params.parse(query.sample), query.params instanceof z.ZodObject ? Object.keys(query.params.shape) : [])
}

/** The row as the graph client hands it to the schema. */
function rowOf(query: BoundQuery, record: DriverRecord): Record<string, unknown> {
  return Object.fromEntries(record.keys.map(key => [key, (query.exact ? toExact : toPlain)(record.get(key))]))
}

/** Makes every name of the model known to the database: what it still warns of is misspelt. */
async function makeModelKnown(): Promise<void> {
  await graph.run('UNWIND $names AS name CALL db.createLabel(name)', { names: [...model.labels.keys()] })
  await graph.run('UNWIND $names AS name CALL db.createRelationshipType(name)', { names: [...model.types.keys()] })
  await graph.run('UNWIND $names AS name CALL db.createProperty(name)', { names: propertyKeysOf(model) })
}
