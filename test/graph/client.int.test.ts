import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createGraphClient } from '../../src/graph/client.ts'
import type { GraphClient, Query } from '../../src/graph/ports.ts'
import { openTestGraph } from '../support/graph.ts'
import type { TestGraph } from '../support/graph.ts'

let graph: TestGraph
let client: GraphClient
beforeAll(async () => {
  graph = await openTestGraph()
  client = graph.client
})
beforeEach(() => graph.wipe())
afterAll(() => graph.close())

/** A statement of the test's own, bound as a file would be. */
function statement<P extends z.ZodType, R extends z.ZodType>(cypher: string, params: P, row: R, change: Partial<Query<P, R>> = {}): Query<P, R> {
  return { file: 'test/statement.cypher', mode: 'WRITE', cypher, params, row, sample: {} as z.input<P>, trusted: false, autoCommit: false, ...change }
}

const none = z.strictObject({})
const count = statement('MATCH (n:Part) RETURN count(n) AS parts', none, z.strictObject({ parts: z.int() }), { mode: 'READ' })
const addPart = statement('MERGE (n:Part {id: $id})', z.object({ id: z.string() }), none)
// A number parameter is a float, and division by 0.0 is no error in Cypher.
const failing = statement('RETURN 1 / toInteger($by) AS x', z.object({ by: z.int() }), z.strictObject({ x: z.number() }))

describe('rows and parameters', () => {
  it('gives plain numbers, lists and maps, and sends null for what is absent', async () => {
    const echo = statement(
      'RETURN size($list) AS size, toInteger($k) + 1 AS next, $missing AS missing, {a: [1, 2.5]} AS map, 9007199254740991 AS safe',
      z.object({ list: z.array(z.string()), k: z.int(), missing: z.string().optional() }),
      z.strictObject({ size: z.int(), next: z.int(), missing: z.null(), map: z.object({ a: z.array(z.number()) }), safe: z.int() }),
    )
    expect(await client.one(echo, { list: ['x', 'y'], k: 4 })).toEqual({ size: 2, next: 5, missing: null, map: { a: [1, 2.5] }, safe: 2 ** 53 - 1 })
  })

  it('keeps Float32Array embeddings to the last bit', async () => {
    const vector = Float32Array.from([0.1, -0.25, 1e-8])
    const echo = statement('RETURN $v AS v', z.object({ v: z.instanceof(Float32Array) }), z.strictObject({ v: z.array(z.number()) }))
    expect((await client.one(echo, { v: vector })).v).toEqual([...vector])
  })

  it('refuses to round an integer above 2^53', async () => {
    const big = statement('RETURN 9007199254740993 AS n', none, z.strictObject({ n: z.number() }))
    await expect(client.one(big, {})).rejects.toMatchObject({ code: 'FB_GRAPH_ROW_INVALID' })
  })

  it('runs the schema of parameters before and of rows after', async () => {
    const bad = { id: 7 } as unknown as { id: string }
    await expect(client.all(addPart, bad)).rejects.toMatchObject({ code: 'FB_GRAPH_PARAMS_INVALID', details: { file: 'test/statement.cypher', at: ['id: invalid_type'] } })
    const wrongRow = statement('RETURN 1 AS other', none, z.strictObject({ n: z.number() }))
    await expect(client.all(wrongRow, {})).rejects.toMatchObject({ code: 'FB_GRAPH_ROW_INVALID', details: { file: 'test/statement.cypher' } })
  })

  it('counts the rows that one and maybeOne may have', async () => {
    const counted = statement('UNWIND range(1, toInteger($n)) AS i RETURN i AS i', z.object({ n: z.int() }), z.strictObject({ i: z.int() }))
    expect(await client.maybeOne(counted, { n: 0 })).toBeNull()
    expect(await client.maybeOne(counted, { n: 1 })).toEqual({ i: 1 })
    await expect(client.maybeOne(counted, { n: 2 })).rejects.toMatchObject({ code: 'FB_GRAPH_ROW_INVALID' })
    await expect(client.one(counted, { n: 0 })).rejects.toMatchObject({ code: 'FB_GRAPH_ROW_INVALID' })
    await expect(client.one(counted, { n: 2 })).rejects.toMatchObject({ code: 'FB_GRAPH_ROW_INVALID' })
  })
})

describe('refusals', () => {
  it('names the file of a statement the database refuses', async () => {
    const broken = statement('MATCH (n RETURN n', none, none)
    const refusal = { code: 'FB_GRAPH_QUERY_FAILED', details: { file: 'test/statement.cypher', neo4jCode: 'Neo.ClientError.Statement.SyntaxError' } }
    await expect(client.all(broken, {})).rejects.toMatchObject(refusal)
  })

  it('lets no READ statement write', async () => {
    await expect(client.all({ ...addPart, mode: 'READ' }, { id: 'p' })).rejects.toMatchObject({ code: 'FB_GRAPH_QUERY_FAILED' })
    expect(await client.one(count, {})).toEqual({ parts: 0 })
  })

  it('says that the password is wrong', async () => {
    const stranger = createGraphClient({ uri: graph.uri, user: graph.user, password: 'wrong-password' })
    await expect(stranger.ping()).rejects.toMatchObject({ code: 'FB_CONFIG_INVALID' })
    await stranger.close()
  })

  it('reports a port where nobody listens within four seconds', async () => {
    const nowhere = createGraphClient({ uri: 'bolt://127.0.0.1:1', user: 'neo4j', password: 'x' })
    const startedAt = performance.now()
    await expect(nowhere.all(count, {})).rejects.toMatchObject({ code: 'FB_GRAPH_UNAVAILABLE', isRetryable: true })
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    await nowhere.close()
  })
})

describe('transactions', () => {
  it('keeps all or nothing', async () => {
    const work = client.write(async tx => {
      await tx.all(addPart, { id: 'a' })
      await tx.all(addPart, { id: 'b' })
      return (await tx.one(count, {})).parts
    })
    expect(await work).toBe(2)
    const undone = client.write(async tx => {
      await tx.all(addPart, { id: 'c' })
      await tx.one(failing, { by: 0 })
    })
    await expect(undone).rejects.toMatchObject({ code: 'FB_GRAPH_QUERY_FAILED', details: { file: 'test/statement.cypher' } })
    expect(await client.one(count, {})).toEqual({ parts: 2 })
  })

  it('undoes everything when the work itself throws, and passes its error on', async () => {
    const mine = new Error('mine')
    const undone = client.write(async tx => {
      await tx.all(addPart, { id: 'a' })
      throw mine
    })
    await expect(undone).rejects.toBe(mine)
    expect(await client.one(count, {})).toEqual({ parts: 0 })
  })

  it('tries a deadlocked transaction again until both have gone through', async () => {
    await client.all(addPart, { id: 'a' })
    await client.all(addPart, { id: 'b' })
    const touch = statement('MATCH (n:Part {id: $id}) SET n.touched = coalesce(n.touched, 0) + 1', z.object({ id: z.string() }), none)
    let attempts = 0
    let waiting: (() => void)[] = []
    const bothHoldOne = () =>
      new Promise<void>(resolve => {
        waiting.push(resolve)
        if (waiting.length === 2) {
          for (const go of waiting) go()
          waiting = []
        } else setTimeout(resolve, 1_000)
      })
    const cross = (first: string, second: string) =>
      client.write(async tx => {
        attempts++
        await tx.all(touch, { id: first })
        await bothHoldOne()
        await tx.all(touch, { id: second })
      })
    await Promise.all([cross('a', 'b'), cross('b', 'a')])
    expect(attempts).toBeGreaterThan(2)
    expect(await graph.run('MATCH (n:Part) RETURN n.touched AS touched')).toEqual([{ touched: 2 }, { touched: 2 }])
  })
})

describe('streams', () => {
  const numbers = statement('UNWIND range(1, 5000) AS i RETURN i AS i', none, z.strictObject({ i: z.int() }), { mode: 'READ' })

  it('gives every row, in order', async () => {
    let expected = 0
    for await (const row of client.stream(numbers, {})) expect(row.i).toBe(++expected)
    expect(expected).toBe(5000)
  })

  it('may be left early, and the client goes on', async () => {
    for await (const row of client.stream(numbers, {})) if (row.i === 3) break
    expect(await client.one(count, {})).toEqual({ parts: 0 })
  })

  it('fails by code', async () => {
    const drain = async () => {
      for await (const row of client.stream({ ...failing, mode: 'READ' }, { by: 0 })) expect(row).toBeNull()
    }
    await expect(drain()).rejects.toMatchObject({ code: 'FB_GRAPH_QUERY_FAILED' })
  })
})

it('tells who listens the file, rows and time of each statement, inside transactions too', async () => {
  const seen: { file: string; rows: number; ms: number }[] = []
  const watched = createGraphClient({ uri: graph.uri, user: graph.user, password: graph.password, onStatement: statement => seen.push(statement) })
  await watched.one(count, {})
  await watched.write(tx => tx.all(addPart, { id: 'a' }))
  await watched.close()
  expect(seen).toMatchObject([
    { file: 'test/statement.cypher', rows: 1 },
    { file: 'test/statement.cypher', rows: 0 },
  ])
  expect(seen[0]?.ms).toBeGreaterThanOrEqual(0)
})
