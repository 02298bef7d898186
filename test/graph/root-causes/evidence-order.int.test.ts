import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEvidenceReader } from '../../../src/graph/root-causes/evidence-reader.ts'
import { createSuggestionStore } from '../../../src/graph/suggestions/suggestion-store.ts'
import { openTestGraph, type TestGraph } from '../../support/graph.ts'

/** Thirty reports, written in an order that is not that of their ids, each with a repair and a snapshot of one code. */
const shuffled = Array.from({ length: 30 }, (_, i) => String(10 + ((i * 7) % 30)))
const idsFrom = (prefix: string): string[] => shuffled.toSorted().map(n => `${prefix}-${n}`)

let graph: TestGraph
beforeAll(async () => {
  graph = await openTestGraph()
  await graph.run(`CREATE (candidate:Candidate {id: 'ANA-1:1'}), (analysis:Analysis {id: 'ANA-1'}), (dtc:Dtc {code: 'P0AA6'})
    WITH * UNWIND $numbers AS n
    CREATE (candidate)-[:CITES]->(report:Feedback {id: 'F-' + n})<-[:COUNTED]-(analysis), (report)<-[:ANSWERS]-(:RepairOrder {id: 'RO-' + n, result: 'fixed'}),
      (report)-[:SENT_WITH]->(:TelemetrySnapshot {id: 'TS-' + n})-[:RECORDED {status: 47}]->(dtc)`, { numbers: shuffled })
})
afterAll(() => graph.close())

it('names the repairs behind a candidate in the order of their ids', async () => {
  const { rows } = await createEvidenceReader(graph.client).repairs('ANA-1:1')
  expect(rows).toEqual([{ result: 'fixed', orders: 30, orderIds: idsFrom('RO') }])
})

it('names the first repairs and snapshots behind suggestions by id', async () => {
  const store = createSuggestionStore({ client: graph.client })
  const reports = { analysisId: 'ANA-1', issueId: null }
  expect((await store.repairs(reports)).rows).toEqual([{ result: 'fixed', orders: 30, orderIds: idsFrom('RO').slice(0, 25) }])
  expect((await store.codes(reports)).rows).toMatchObject([{ code: 'P0AA6', reports: 30, confirmed: 30, snapshotIds: idsFrom('TS').slice(0, 25) }])
})
