import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RecordOf } from '../../src/domain/record-kind.ts'
import { hashGraph } from '../../src/graph/records/graph-hash.ts'
import { batchesOf, type FleetBatch, generateFleet, generateVehicles, seededRandom, shuffled } from '../support/generated-fleet.ts'
import { openTestGraph, type TestGraph } from '../support/graph.ts'
import { openTestIngest } from '../support/test-ingest.ts'

let graph: TestGraph

beforeAll(async () => {
  graph = await openTestGraph()
})
afterAll(() => graph.close())

/** Four writers take batches from one list, each as soon as it is free. */
async function writeWithFour(batches: readonly FleetBatch[]): Promise<void> {
  const ingest = openTestIngest(graph.client)
  const open = [...batches]
  const writer = async () => {
    for (let batch = open.shift(); batch; batch = open.shift()) await ingest.loadBatch(batch)
  }
  await Promise.all([writer(), writer(), writer(), writer()])
}

it('loses and doubles nothing with four writers on the same cars, lots and components', async () => {
  const fleet = generateFleet({ vehicles: 40, seed: 3 })
  const ingest = openTestIngest(graph.client)
  for (const batch of batchesOf(fleet, 40)) await ingest.loadBatch(batch)
  const alone = await hashGraph(graph.client)
  await graph.wipe()
  // Each batch is there twice, so that two writers also meet on the same records.
  const batches = batchesOf(fleet, 8)
  await writeWithFour(shuffled([...batches, ...batches], seededRandom(4)))
  expect(await hashGraph(graph.client)).toEqual(alone)
}, 300_000)

it('keeps every edge of one lot that four writers put into different cars', async () => {
  await graph.wipe()
  const lot = { component: 'traction-battery', partNo: 'BAT-100-A', lot: '22W10', supplier: 'S-014' }
  const cars = generateVehicles({ count: 400, parts: 0 }).map((car): RecordOf['vehicles'] => ({ ...car, parts: [lot] }))
  const batches = Array.from({ length: 16 }, (_, part): FleetBatch => ({ kind: 'vehicles', records: cars.slice(part * 25, part * 25 + 25) }))
  await writeWithFour(batches)
  expect(await graph.run('MATCH (l:PartLot)<-[b:BUILT_WITH]-(v) RETURN count(b) AS edges, count(DISTINCT v) AS cars, count(DISTINCT l) AS lots'))
    .toEqual([{ edges: 400, cars: 400, lots: 1 }])
}, 300_000)
