import { readFileSync } from 'node:fs'
import type { TestGraph } from './graph.ts'

const statement = readFileSync(new URL('small-graph.cypher', import.meta.url), 'utf8')

/** Replaces what the test database holds by one car, its records and one past case. */
export async function loadSmallGraph(graph: TestGraph): Promise<void> {
  await graph.wipe()
  const embedding = Array.from({ length: 384 }, (_, at) => (at === 0 ? 1 : 0))
  await graph.run(statement, { embedding })
}
