import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hashGraph } from '../../src/graph/records/graph-hash.ts'
import type { RecordOf } from '../../src/domain/record-kind.ts'
import { batchesOf, generateFleet, seededRandom, shuffled } from '../support/generated-fleet.ts'
import { openTestGraph, type TestGraph } from '../support/graph.ts'
import { openTestIngest } from '../support/test-ingest.ts'

let graph: TestGraph
let ingest: ReturnType<typeof openTestIngest>
const rows = (cypher: string) => graph.run(cypher)

beforeAll(async () => {
  graph = await openTestGraph()
  ingest = openTestIngest(graph.client)
})
beforeEach(() => graph.wipe())
afterAll(() => graph.close())

const vin = 'LJ1EEAUU0N7700001'
const vehicle: RecordOf['vehicles'] = {
  vin, model: 'ES8', modelYear: 2022, make: 'NIO', plant: 'HF1', builtOn: '2022-03-14', soldOn: '2022-04-20', market: 'CN-East',
  parts: [
    { component: 'traction-battery', partNo: 'BAT/100', lot: '22W10', supplier: 'S-014', condition: 'new' },
    { component: 'frunk flap', position: 'front', partNo: 'F-1' },
  ],
  software: [{ module: 'BMS', version: '3.1.4' }],
}
const repair: RecordOf['repair-orders'] = {
  repairOrderId: 'RO-55012', vin, openedAt: '2023-01-12T01:00:00Z', closedAt: '2023-01-13T17:30:00+08:00', serviceCenter: 'SC-SH-03',
  complaint: 'charging stops', cause: 'connector corroded, call 13812345678', correction: 'replaced connector', dtcs: ['p0aa6-00'],
  partsReplaced: [{
    component: 'traction-battery', removedPartNo: 'BAT/100', removedLot: '22W10', installedPartNo: 'BAT-100-B', installedLot: '23W01',
    installedSupplier: 'S-014',
  }],
  softwareAfter: { BMS: '3.2.1' }, feedback: { channel: 'nomi', sourceId: 'F-1' }, result: 'fixed', warranty: true,
}
const feedback: RecordOf['feedback'] = {
  channel: 'nomi', sourceId: 'F-1', occurredAt: '2023-01-09T06:12:44Z', receivedAt: '2023-01-09T06:12:46Z', vin, snapshotId: 'TS-8f2',
  text: `charging stops in damp weather, P0AA6, car ${vin}, phone 13812345678`, odometerKm: 12_034, injuries: 0, personRef: 'person-7',
}
const snapshot: RecordOf['telemetry-snapshots'] = {
  snapshotId: 'TS-8f2', vin, capturedAt: '2023-01-09T06:12:44Z', software: { BMS: '3.1.4' }, ambientC: -4,
  dtcs: [{ code: 'P0AA6', failureType: '00', status: 47, ecu: 'BMS' }], signals: { hv_soc_pct: 41.5, note: 'phone 13812345678' },
}
const pastCase: RecordOf['cases'] = {
  caseId: '8D-2021-044', kind: '8d', title: 'charging stops in damp weather', openedAt: '2021-05-02', closedAt: '2021-08-30',
  component: 'battery pack', symptom: 'charging stops, not noise', failureMode: 'isolation loss', rootCause: 'connector seal under-cured',
  affected: [{ model: 'ES8', modelYears: [2021], partNo: 'BAT/100', lots: ['21W08'], software: 'BMS@3.1.4' }, { partNo: 'F-1' }],
  containment: [{ actionType: 'quarantine-lot', text: 'quarantine lot 21W08', effectiveFrom: '2021-05-06' }],
  corrective: [{ actionType: 'process-change', text: 'cure 40 min; screen goes black is another case' }],
}
const lotsInCar = () =>
  rows(`MATCH (v:Vehicle)-[b:BUILT_WITH]->(l:PartLot) RETURN l.id AS lot, b.component AS component, b.from AS from, b.to AS to, b.source AS source
        ORDER BY b.component, b.from`)
const runsOfCar = () =>
  rows('MATCH (v:Vehicle)-[r:RAN]->(s:SoftwareRelease) RETURN s.id AS release, r.from AS from, r.to AS to, r.channel AS channel ORDER BY r.from')

describe('vehicles', () => {
  it('hold master data, as-built lots and factory software, and no VIN', async () => {
    expect(await ingest.load('vehicles', [vehicle])).toEqual({ created: 1, updated: 0, unchanged: 0, superseded: 0 })
    const [node] = await rows('MATCH (v:Vehicle) RETURN v {.id, .known, .model, .region, .modelYear, .soldOn} AS v, v.vinSealed AS sealed')
    expect(node?.v).toEqual({ id: ingest.vehicleId(vin), known: true, model: 'ES8', region: 'CN-East', modelYear: 2022, soldOn: '2022-04-20' })
    expect(JSON.stringify(await rows('MATCH (n) RETURN properties(n) AS p'))).not.toContain(vin)
    const from = '2022-03-14'
    expect(await lotsInCar()).toEqual([
      { lot: 'F-1/unknown', component: expect.stringMatching(/^h_/) as string, from, to: null, source: null },
      { lot: 'BAT%2F100/22W10', component: 'traction-battery', from, to: null, source: null },
    ])
    expect(await runsOfCar()).toEqual([{ release: 'BMS@3.1.4', from, to: null, channel: 'factory' }])
    expect(await rows(`MATCH (:PartLot {lot: '22W10'})-[:LOT_OF]->(p:Part)-[:REALIZES]->(c:Component) RETURN p.id AS part, c.id AS component`))
      .toEqual([{ part: 'BAT/100', component: 'traction-battery' }])
    expect(await rows(`MATCH (c:Component {freeWord: 'frunk flap'})-[:PART_OF]->(u) RETURN u.id AS under`)).toEqual([{ under: 'unclassified' }])
    expect(await rows('MATCH (:PartLot)-[:SUPPLIED_BY]->(s:Supplier) RETURN s.id AS supplier')).toEqual([{ supplier: 'S-014' }])
  })

  it('become known when their master record arrives after their events', async () => {
    await ingest.load('repair-orders', [repair])
    expect(await rows('MATCH (v:Vehicle) RETURN v.known AS known, v.model AS model')).toEqual([{ known: false, model: null }])
    expect(await rows('MATCH (o:RepairOrder) RETURN o.historyFlags AS flags')).toEqual([{ flags: ['removedPartNotFound'] }])
    expect(await ingest.load('vehicles', [vehicle])).toMatchObject({ created: 1 })
    expect(await rows('MATCH (v:Vehicle) RETURN v.known AS known, v.model AS model')).toEqual([{ known: true, model: 'ES8' }])
    expect((await lotsInCar()).filter(({ component }) => component === 'traction-battery')).toMatchObject([
      { lot: 'BAT%2F100/22W10', to: '2023-01-13T09:30:00.000Z' }, { lot: 'BAT-100-B/23W01', to: null, source: 'RO-55012' },
    ])
    // With the as-built record the removed lot is found.
    expect(await rows('MATCH (o:RepairOrder) RETURN o.historyFlags AS flags')).toEqual([{ flags: null }])
  })

  it('are updated by a record sent again: absent sides are taken away, absent parts stay, repairs keep their intervals', async () => {
    await ingest.load('vehicles', [vehicle])
    await ingest.load('repair-orders', [repair])
    const before = await lotsInCar()
    const { parts: _, soldOn: __, ...resent } = { ...vehicle, trim: 'Signature' }
    expect(await ingest.load('vehicles', [resent])).toEqual({ created: 0, updated: 1, unchanged: 0, superseded: 0 })
    expect(await rows('MATCH (v:Vehicle) RETURN v.trim AS trim, v.soldOn AS soldOn')).toEqual([{ trim: 'Signature', soldOn: null }])
    expect(await lotsInCar()).toEqual(before)
    // Parts sent again correct the as-built record; the interval the repair opened stays.
    await ingest.load('vehicles', [{ ...vehicle, parts: [{ component: 'traction-battery', partNo: 'BAT/100', lot: '22W99' }] }])
    expect(await lotsInCar()).toMatchObject([
      { lot: 'BAT%2F100/22W99', to: null, source: null }, { lot: 'BAT-100-B/23W01', to: null, source: 'RO-55012' },
    ])
    expect(await rows('MATCH (o:RepairOrder) RETURN o.historyFlags AS flags')).toEqual([{ flags: ['removedPartNotFound'] }])
  })

  it('refuse a VIN of a wrong shape', async () => {
    await expect(ingest.load('vehicles', [{ ...vehicle, vin: 'LJ1EEAUU0N770000O' }])).rejects.toMatchObject({ code: 'FB_INVALID' })
  })
})

describe('events', () => {
  it('hold redacted texts, findings and links, whichever end arrives first', async () => {
    await ingest.load('repair-orders', [repair])
    await ingest.load('feedback', [feedback])
    await ingest.load('telemetry-snapshots', [snapshot])
    const [stored] = await rows('MATCH (f:Feedback) RETURN f {.id, .text, .embed, .personRef, .injuries, .receivedAt} AS f')
    expect(stored?.f).toMatchObject({ id: 'nomi:F-1', embed: true, personRef: 'person-7', injuries: 0, receivedAt: '2023-01-09T06:12:46.000Z' })
    expect((stored?.f as { text: string }).text).toBe(`charging stops in damp weather, P0AA6, car [vin:${ingest.vehicleId(vin)}], phone [phone]`)
    expect(JSON.stringify(await rows('MATCH (n) RETURN properties(n) AS p'))).not.toMatch(/13812345678|LJ1EEAUU0N7700001/)
    expect(await rows(`MATCH (f:Feedback)-[r]->(n) RETURN type(r) AS type, n.id AS to ORDER BY type`)).toMatchObject([
      { type: 'ABOUT', to: ingest.vehicleId(vin) }, { type: 'HOLDS' }, { type: 'MENTIONS', to: 'P0AA6' }, { type: 'SENT_WITH', to: 'TS-8f2' },
    ])
    expect(await rows(`MATCH (f:Feedback)-[:HOLDS]->(x:Finding)-[:SHOWS]->(s), (x)-[:CONCERNS]->(c) RETURN x.spanStart AS a, x.spanEnd AS b, s.id AS s, c.id AS c`))
      .toEqual([{ a: 0, b: 14, s: 'charging-stops', c: 'traction-battery' }])
    expect(await rows(`MATCH (s:TelemetrySnapshot)-[r:RECORDED]->(d) RETURN r.status AS status, r.failureType AS type, r.ecu AS ecu, d.id AS code`))
      .toEqual([{ status: 47, type: '00', ecu: 'BMS', code: 'P0AA6' }])
    expect(await rows(`MATCH (o:RepairOrder)-[r]->(n) WHERE NOT n:Finding RETURN type(r) AS type, n.id AS to ORDER BY type`)).toEqual([
      { type: 'ANSWERS', to: 'nomi:F-1' }, { type: 'AT', to: 'SC-SH-03' }, { type: 'INSTALLED', to: 'BAT-100-B/23W01' },
      { type: 'RECORDED', to: 'P0AA6' }, { type: 'REMOVED', to: 'BAT%2F100/22W10' }, { type: 'REPAIRED', to: ingest.vehicleId(vin) },
    ])
  })

  it('drop a VIN of a wrong shape and say so', async () => {
    await ingest.load('feedback', [{ ...feedback, vin: 'NOT-A-VIN' }])
    expect(await rows('MATCH (f:Feedback) RETURN f.vinInvalid AS invalid, f.vehicleId AS vehicle, EXISTS {(f)-[:ABOUT]->()} AS about'))
      .toEqual([{ invalid: true, vehicle: null, about: false }])
  })

  it('let the later received content stand and keep the earlier, in either order', async () => {
    const first = { ...feedback, text: 'the screen goes black', rating: 2 }
    const second = { ...feedback, text: 'brakes squeal', receivedAt: '2023-01-10T00:00:00Z' }
    await ingest.load('feedback', [first])
    expect(await ingest.load('feedback', [second])).toEqual({ created: 0, updated: 1, unchanged: 0, superseded: 0 })
    const inOrder = await hashGraph(graph.client)
    const [row] = await rows('MATCH (f:Feedback)-[:SUPERSEDES]->(x:RecordVersion) RETURN f.text AS text, f.rating AS rating, x.content AS content')
    expect(row).toMatchObject({ text: 'brakes squeal', rating: null })
    expect(JSON.parse(row?.content as string)).toMatchObject({ text: 'the screen goes black', rating: 2 })
    expect(await rows('MATCH (:Feedback)-[:HOLDS]->(:Finding)-[:SHOWS]->(s) RETURN s.id AS s')).toEqual([{ s: 'noise-squeal' }])
    await graph.wipe()
    await ingest.load('feedback', [second])
    expect(await ingest.load('feedback', [first])).toEqual({ created: 0, updated: 0, unchanged: 0, superseded: 1 })
    expect(await hashGraph(graph.client)).toEqual(inOrder)
  })

  it('let the later line stand on a tie, and change nothing when the same file comes again', async () => {
    const lines = [{ ...feedback, text: 'the screen goes black' }, { ...feedback, text: 'brakes squeal' }, feedback]
    expect(await ingest.load('feedback', lines)).toEqual({ created: 1, updated: 2, unchanged: 0, superseded: 0 })
    const once = await hashGraph(graph.client)
    expect(await ingest.load('feedback', lines)).toEqual({ created: 0, updated: 0, unchanged: 3, superseded: 0 })
    expect(await hashGraph(graph.client)).toEqual(once)
    expect(await rows('MATCH (f:Feedback) RETURN f.text STARTS WITH $start AS stands'.replace('$start', "'charging'"))).toEqual([{ stands: true }])
  })

  it('keep a vector while the text is the same and ask for a new one when it changes', async () => {
    await ingest.load('feedback', [feedback])
    await rows(`MATCH (f:Feedback) SET f.embed = false, f.embedding = [1.0], f.embeddingModel = 'm'`)
    await ingest.load('feedback', [{ ...feedback, responded: true }])
    expect(await rows('MATCH (f:Feedback) RETURN f.embed AS embed, f.embeddingModel AS model')).toEqual([{ embed: false, model: 'm' }])
    await ingest.load('feedback', [{ ...feedback, responded: true, text: 'brakes squeal' }])
    expect(await rows('MATCH (f:Feedback) RETURN f.embed AS embed, f.embeddingModel AS model')).toEqual([{ embed: true, model: null }])
  })

  it('move the intervals from one car to another when the later content names another car', async () => {
    await ingest.load('repair-orders', [repair])
    await ingest.load('repair-orders', [{ ...repair, vin: 'LJ1EEAUU0N7700002', receivedAt: '2023-02-01T00:00:00Z' }])
    expect(await rows('MATCH (v:Vehicle)-[:BUILT_WITH]->(l) RETURN v.id AS v, l.id AS lot'))
      .toEqual([{ v: ingest.vehicleId('LJ1EEAUU0N7700002'), lot: 'BAT-100-B/23W01' }])
  })
})

describe('software', () => {
  const install = (version: string, installedAt: string, result: 'success' | 'rolled-back'): RecordOf['software-installs'] =>
    ({ vin, module: 'BMS', version, installedAt, result, channel: 'ota' })

  it('follows late records: they close and open runs', async () => {
    await ingest.load('vehicles', [vehicle])
    await ingest.load('software-installs', [install('3.3.0', '2022-12-01T00:00:00Z', 'success')])
    await ingest.load('software-installs', [install('3.2.0', '2022-09-01T02:11:00Z', 'success')])
    await ingest.load('software-installs', [install('3.3.0', '2022-12-24T00:00:00Z', 'rolled-back')])
    expect((await runsOfCar()).map(({ release, from, to }) => [release, from, to])).toEqual([
      ['BMS@3.1.4', '2022-03-14', '2022-09-01T02:11:00.000Z'],
      ['BMS@3.2.0', '2022-09-01T02:11:00.000Z', '2022-12-01T00:00:00.000Z'],
      ['BMS@3.3.0', '2022-12-01T00:00:00.000Z', '2022-12-24T00:00:00.000Z'],
      ['BMS@3.2.0', '2022-12-24T00:00:00.000Z', null],
    ])
  })

  it('marks a snapshot that contradicts the records until the missing install arrives', async () => {
    await ingest.load('vehicles', [vehicle])
    await ingest.load('telemetry-snapshots', [{ ...snapshot, software: { BMS: '3.2.0' } }])
    expect(await rows('MATCH (s:TelemetrySnapshot) RETURN s.historyFlags AS flags')).toEqual([{ flags: ['softwareContradicts'] }])
    await ingest.load('software-installs', [install('3.2.0', '2022-09-01T02:11:00Z', 'success')])
    expect(await rows('MATCH (s:TelemetrySnapshot) RETURN s.historyFlags AS flags')).toEqual([{ flags: null }])
  })

  it('opens an observed run where nothing is known', async () => {
    await ingest.load('telemetry-snapshots', [snapshot])
    expect(await rows('MATCH (:Vehicle {known: false})-[r:RAN]->(s) RETURN s.id AS release, r.observed AS observed, r.to AS to'))
      .toEqual([{ release: 'BMS@3.1.4', observed: true, to: null }])
  })
})

describe('cases', () => {
  it('hold their cause with a path, their actions and what they affected', async () => {
    await ingest.load('cases', [pastCase])
    expect(await rows(`MATCH (c:Case)-[r]->(n) WHERE NOT n:Finding AND NOT n:Action RETURN type(r) AS type, coalesce(n.text, n.id) AS to ORDER BY type, to`)).toEqual([
      { type: 'AFFECTED', to: '*/es8/2021' }, { type: 'AFFECTED', to: 'BAT%2F100/21W08' }, { type: 'AFFECTED', to: 'BMS@3.1.4' },
      { type: 'AFFECTED', to: 'F-1' }, { type: 'CAUSED_BY', to: 'connector seal under-cured' }, { type: 'FAILED_BY', to: 'isolation loss' },
      // The label of a known component is resolved; what the actions mention and what is denied is not what the case showed.
      { type: 'ON', to: 'traction-battery' }, { type: 'SHOWED', to: 'charging-stops' },
    ])
    expect(await rows(`MATCH (s:Symptom)<-[:SHOWS_AS]-(f:FailureMode)<-[:LEADS_TO]-(:Cause), (f)-[:OF]->(c) RETURN s.id AS s, c.id AS c`))
      .toEqual([{ s: 'charging-stops', c: 'traction-battery' }])
    expect(await rows(`MATCH (:Case)-[r]->(a:Action) RETURN type(r) AS type, a.kind AS kind, r.effectiveFrom AS since ORDER BY type`)).toEqual([
      { type: 'CONTAINED_BY', kind: 'ICA', since: '2021-05-06' }, { type: 'CORRECTED_BY', kind: 'PCA', since: null },
    ])
  })

  it('take a cause with them when it gives way, unless another case names it', async () => {
    const other = { ...pastCase, caseId: '8D-2', failureMode: 'other mode' }
    await ingest.load('cases', [pastCase, other])
    await ingest.load('cases', [{ ...pastCase, rootCause: 'wrong seal', receivedAt: '2021-09-30' }])
    expect(await rows('MATCH (c:Cause)-[:LEADS_TO]->(f:FailureMode) RETURN c.text AS cause, f.text AS mode ORDER BY cause')).toEqual([
      { cause: 'connector seal under-cured', mode: 'other mode' }, { cause: 'wrong seal', mode: 'isolation loss' },
    ])
  })
})

describe('a generated fleet', () => {
  const fleet = generateFleet({ vehicles: 60 })

  it('changes nothing when loaded twice, and is the same graph in any order', async () => {
    for (const batch of batchesOf(fleet, 50)) await ingest.loadBatch(batch)
    const once = await hashGraph(graph.client)
    for (const batch of batchesOf(fleet, 50)) {
      const counts = await ingest.loadBatch(batch)
      expect(counts).toEqual({ created: 0, updated: 0, unchanged: batch.records.length, superseded: 0 })
    }
    expect(await hashGraph(graph.client)).toEqual(once)
    for (const seed of [1, 2]) {
      await graph.wipe()
      const random = seededRandom(seed)
      const mixed = { ...fleet, feedback: shuffled(fleet.feedback, random), repairs: shuffled(fleet.repairs, random), cases: shuffled(fleet.cases, random),
        installs: shuffled(fleet.installs, random), snapshots: shuffled(fleet.snapshots, random) }
      for (const batch of shuffled(batchesOf(mixed, 17 * seed), random)) await ingest.loadBatch(batch)
      expect(await hashGraph(graph.client)).toEqual(once)
    }
  }, 300_000)
})
