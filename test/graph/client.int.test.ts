import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestGraph } from '../support/graph.ts'
import type { TestGraph } from '../support/graph.ts'
import { listIndexes } from '../../src/graph/migration/queries.ts'

let graph: TestGraph
beforeAll(async () => {
  graph = await openTestGraph()
})
afterAll(() => graph.close())

it('finds the vector indexes the schema asks for', async () => {
  const vectors = (await graph.client.all(listIndexes, {})).filter(index => index.type === 'VECTOR')
  expect(vectors).toMatchObject([
    { name: 'case_embedding', labels: ['Case'], properties: ['embedding'], dimensions: 384, similarity: 'COSINE' },
    { name: 'feedback_embedding', labels: ['Feedback'], properties: ['embedding'], dimensions: 384, similarity: 'COSINE' },
  ])
})
