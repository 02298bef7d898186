import { afterAll, beforeAll } from 'vitest'
import { createJobStore } from '../../../src/graph/jobs/job-store.ts'
import { describeJobStore } from '../../contracts/job-store.ts'
import { openTestGraph } from '../../support/graph.ts'
import type { TestGraph } from '../../support/graph.ts'

let graph: TestGraph
beforeAll(async () => {
  graph = await openTestGraph()
})
afterAll(() => graph.close())

describeJobStore('graph', () => createJobStore({ client: graph.client }))
