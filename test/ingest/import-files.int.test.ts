import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ImportIngest } from '../../src/ingest/import-files/import-job.ts'
import { FishboneError } from '../../src/domain/error.ts'
import { hashGraph } from '../../src/graph/records/graph-hash.ts'
import { projectRoot } from '../../src/project-root.ts'
import { openTestGraph, type TestGraph } from '../support/graph.ts'
import { openTestIngest } from '../support/test-ingest.ts'
import { createImportPlace, feedbackOf, ndjson, vinOf } from './import-double.ts'

let graph: TestGraph
let ingest: ImportIngest
let place: Awaited<ReturnType<typeof createImportPlace>>
beforeAll(async () => {
  graph = await openTestGraph()
  ingest = openTestIngest(graph.client)
})
afterAll(() => graph.close())
beforeEach(async () => {
  await graph.wipe()
  place = await createImportPlace()
})
afterEach(() => place.remove())

const fixtures = join(projectRoot, 'fixtures', 'readers')
const vehicles = [1, 2, 3].map(index => ({ vin: vinOf(index), model: 'ES8', builtOn: '2022-03-14', software: [{ module: 'BMS', version: '3.1.4' }] }))
const countOf = async (label: string) => (await graph.run(`MATCH (n:${label}) RETURN count(n) AS n`))[0]?.['n']

// Nine first statements of nine kinds are planned by a cold database: on a busy machine that takes longer than the loading.
it('loads every shape, and changes nothing when it is loaded again', { timeout: 240_000 }, async () => {
  await place.write('vehicles.ndjson', ndjson(vehicles))
  await place.write('feedback.ndjson', ndjson([feedbackOf(1), feedbackOf(2, { vin: 'SHORT' }), feedbackOf(9)]))
  await place.write('software-installs.csv', `vin,module,version,installedAt,result\n${vinOf(1)},BMS,3.2.0,2022-09-01T02:11:00Z,success\n`)
  await place.write('repair-orders.ndjson', ndjson([{ repairOrderId: 'RO-1', vin: 'UNREADABLE', openedAt: '2023-01-12T01:00:00Z', cause: 'connector corroded' }]))
  await place.write('codes.csv', 'code,manufacturer,description,type,locale,is_generic,source_file\nP0AA6,GENERIC,Isolation,P,en,1,x\nP0AA6,KIA,Own words,P,en,0,x\n')
  await place.write('answers.ndjson', ndjson([{ make: 'KIA', model: 'EV6', values: { V: 10 } }, { make: 'KIA', model: 'EV6', values: { V: 20 } }]))
  const paths = [join(place.root, 'in'), fixtures]

  const first = await place.run(ingest, paths)
  expect(first.files.map(file => [file.format, file.kind, file.created, file.rejected])).toEqual([
    ['obdb-snapshots', null, 1, 0], ['dtc-dictionary', null, 2, 0], ['obd-ontology', null, 5, 0], ['ndjson', 'vehicles', 3, 0], ['nhtsa-recalls', 'cases', 2, 0],
    ['csv', 'software-installs', 1, 0], ['ndjson', 'feedback', 3, 0], ['nhtsa-complaints', 'feedback', 5, 0], ['ndjson', 'repair-orders', 1, 0],
  ])
  // Three cars with a record, and the one that only feedback 9 speaks of.
  expect(await graph.run('MATCH (v:Vehicle) RETURN v.known AS known, count(v) AS n ORDER BY known')).toEqual([{ known: false, n: 1 }, { known: true, n: 3 }])
  expect(await graph.run('MATCH (f {vinInvalid: true}) RETURN labels(f)[0] AS label, count(f) AS n ORDER BY label')).toEqual([
    // The car of ODI numbers 958122 and 958176 is told by 11 characters only.
    { label: 'Feedback', n: 3 }, { label: 'RepairOrder', n: 1 },
  ])
  expect(await graph.run("MATCH (s:Signal {id: 'KIA/EV6/V'}) RETURN s.seen AS seen, s.p50 AS p50")).toEqual([{ seen: 2, p50: 15 }])

  const before = await hashGraph(graph.client)
  const second = await place.run(ingest, paths)
  expect(second.files.map(file => [file.created, file.updated, file.superseded])).toEqual(first.files.map(() => [0, 0, 0]))
  expect(await hashGraph(graph.client)).toEqual(before)
})

it('ends in the same graph when the database was lost in the middle and the run repeated', { timeout: 120_000 }, async () => {
  const path = await place.write('feedback.ndjson', ndjson(Array.from({ length: 20 }, (_, index) => feedbackOf(index))))
  let batches = 0
  const failing: ImportIngest = {
    ...ingest,
    ingestBatch: (kind, entries, options) =>
      ++batches > 2 ? Promise.reject(new FishboneError('FB_GRAPH_UNAVAILABLE', 'gone')) : ingest.ingestBatch(kind, entries, options),
  }
  expect(await place.run(failing, [path], { batchSize: 6 })).toMatchObject({ exitCode: 3, lastCommitted: { line: 12 } })
  expect(await countOf('Feedback')).toBe(12)
  expect(await place.run(ingest, [path], { batchSize: 6 })).toMatchObject({ exitCode: 0, files: [{ resumed: 12, created: 20, unchanged: 0 }] })
  expect(await countOf('Feedback')).toBe(20)
})
