import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashGraph } from '../../src/graph/records/graph-hash.ts'
import { seededRandom } from '../support/generated-fleet.ts'
import { openTestGraph, type TestGraph } from '../support/graph.ts'

const child = fileURLToPath(new URL('../support/import-child.ts', import.meta.url))
const [vehicles, batchSize] = [48, 12]
let graph: TestGraph

beforeAll(async () => {
  graph = await openTestGraph()
})
afterAll(() => graph.close())

/** Runs the import in a process of its own and kills it with SIGKILL some time after it wrote a batch; `null` lets it end. */
function runImport(killAfter: { batches: number; ms: number } | null): Promise<{ code: number | null; batches: number }> {
  const env = { ...process.env, NEO4J_URI: graph.uri, NEO4J_USER: graph.user, NEO4J_PASSWORD: graph.password }
  const importing = spawn(process.execPath, ['--import', 'tsx', child, String(vehicles), String(batchSize)], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let batches = 0
  importing.stdout.on('data', (lines: Buffer) => {
    batches += lines.toString().split('\n').length - 1
    if (killAfter && batches >= killAfter.batches) setTimeout(() => importing.kill('SIGKILL'), killAfter.ms)
  })
  return new Promise((resolve, reject) => {
    importing.on('error', reject)
    importing.on('close', code => resolve({ code, batches }))
  })
}

it('gives the graph of one clean run after being killed at any point and run again', async () => {
  expect(await runImport(null)).toMatchObject({ code: 0 })
  const clean = await hashGraph(graph.client)
  await graph.wipe()
  const random = seededRandom(20230109)
  for (const at of [0, 5, 11, 17]) {
    // The random pause lets the kill fall into reading, preparing, writing or committing.
    const killed = await runImport({ batches: 1 + at, ms: Math.floor(random() * 60) })
    expect(killed.code).toBeNull()
  }
  expect(await hashGraph(graph.client)).not.toEqual(clean)
  expect(await runImport(null)).toMatchObject({ code: 0 })
  expect(await hashGraph(graph.client)).toEqual(clean)
}, 600_000)
