import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RecordOf } from '../../src/domain/record-kind.ts'
import { createActionStore } from '../../src/graph/actions/action-store.ts'
import { createFleetStore } from '../../src/graph/analysis/fleet-store.ts'
import { createRootCauseStore } from '../../src/graph/root-causes/root-cause-store.ts'
import { createVocabulary } from '../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'
import { createActionEfficacy, type ActionEfficacyService } from '../../src/workflow/action-efficacy.ts'
import { createFleetProjection } from '../../src/workflow/fleet-projection.ts'
import { openTestGraph, type TestGraph } from '../support/graph.ts'
import { openTestIngest } from '../support/test-ingest.ts'

let graph: TestGraph
let service: ActionEfficacyService
let vehicleId: (vin: string) => string

const vinOf = (n: number) => `LJ1EEAUU0N77${String(n).padStart(5, '0')}`
// Cars 0 to 9 carry the bad lot; 0 to 4 lose it on 2 June.
const vehicles = Array.from({ length: 30 }, (_, n): RecordOf['vehicles'] => ({
  vin: vinOf(n), make: 'NIO', model: 'ES8', modelYear: 2022, builtOn: '2022-12-05', soldOn: '2023-01-01', market: 'CN-East', plant: 'HF1',
  parts: [{ component: 'traction-battery', partNo: 'BAT-100', lot: n < 10 ? '22W10' : '22W11', supplier: 'S-014' }], software: [],
}))
const complaint = (n: number, day: string): RecordOf['feedback'] => ({
  channel: 'nomi', sourceId: `F-${n}-${day}`, occurredAt: `${day}T06:00:00Z`, receivedAt: `${day}T07:00:00Z`, vin: vinOf(n), text: 'charging stops',
})
const replacement = (n: number): RecordOf['repair-orders'] => ({
  repairOrderId: `RO-${n}`, vin: vinOf(n), openedAt: '2023-06-01T00:00:00Z', closedAt: '2023-06-02T00:00:00Z', receivedAt: '2023-06-03T00:00:00Z',
  correction: 'replaced', partsReplaced: [{ component: 'traction-battery', removedPartNo: 'BAT-100', removedLot: '22W10', installedPartNo: 'BAT-100', installedLot: '23W20', installedSupplier: 'S-014' }],
})
const pastCase: RecordOf['cases'] = {
  caseId: '8D-7', kind: '8d', title: 'charging stops', openedAt: '2023-05-01', component: 'battery pack', symptom: 'charging stops', receivedAt: '2023-05-02',
  rootCause: 'seal under-cured', affected: [{ make: 'NIO', model: 'ES8', partNo: 'BAT-100', lots: ['22W10'] }],
  containment: [{ actionType: 'customer-notice', text: 'park outside' }],
  corrective: [{ actionType: 'replacement', text: 'replace packs of lot 22W10', effectiveFrom: '2023-06-01' }],
}

beforeAll(async () => {
  graph = await openTestGraph()
  const vocabulary = createVocabulary(readVocabularyFiles())
  const ingest = openTestIngest(graph.client)
  vehicleId = ingest.vehicleId
  await ingest.load('vehicles', vehicles)
  await ingest.load('feedback', [
    // Twelve of the twenty cars outside the action in half a year; six of the lot before it; three of the five treated ones after it.
    ...Array.from({ length: 12 }, (_, i) => complaint(10 + i, `2023-0${1 + (i % 6)}-10`)),
    ...[0, 1, 5, 6, 7, 8].map(n => complaint(n, '2023-03-03')),
    ...[0, 1, 2].map((n, i) => complaint(n, `2023-06-1${i}`)),
    complaint(29, '2023-06-30'),
  ])
  await ingest.load('repair-orders', [0, 1, 2, 3, 4].map(replacement))
  await ingest.load('cases', [pastCase])
  const fleetStore = createFleetStore({ client: graph.client })
  const quiet = { info: () => undefined, warn: () => undefined }
  service = createActionEfficacy({
    actionStore: createActionStore({ client: graph.client }),
    fleetProjection: createFleetProjection({ fleetStore, log: quiet }),
    fleetStore, store: createRootCauseStore({ client: graph.client }), vocabulary, now: () => new Date('2023-07-01T00:00:00Z'),
  })
})
afterAll(() => graph.close())

it('counts the cars of the lot before and after their own repair', async () => {
  const [judged, notice] = await service.actionEfficacies({ caseId: '8D-7' })
  expect(judged).toMatchObject({
    actionType: 'replacement', treatment: 'part-removed', reason: null, effectiveFrom: '2023-06-01', components: ['traction-battery'], symptoms: ['charging-stops'],
    before: { observed: 6, vehicles: 10 }, after: { observed: 3, vehicles: 5 }, baseline: { kind: 'outside', events: 13 },
    recurrences: [0, 1, 2].map((n, i) => ({ vehicleId: vehicleId(vinOf(n)), at: `2023-06-1${i}T06:00:00.000Z` })),
  })
  // Five cars for 152 days, five for the 180.3 days to the last report; months of 30.4375 days.
  expect(judged!.before!.vehicleMonths).toBeCloseTo((5 * 152 + 5 * (180 + 7 / 24)) / 30.4375, 1)
  expect(judged!.after!.vehicleMonths).toBeCloseTo((5 * (28 + 7 / 24)) / 30.4375, 1)
  expect(judged!.rateRatio).toBeGreaterThan(1)
  expect(notice).toMatchObject({ actionType: 'customer-notice', reason: 'no-effective-date', verdict: null, before: null })
})

it('keeps a recurrence once, to be announced', async () => {
  const [found, ...others] = await service.watchRecurrences()
  expect(others).toEqual([])
  expect(found).toMatchObject({ caseId: '8D-7', actionType: 'replacement', observed: 3, alarmAt: '2023-06-12T06:00:00.000Z' })
  expect(await service.watchRecurrences()).toEqual([])
  expect(await createActionStore({ client: graph.client }).unannouncedRecurrences(10)).toEqual([found])
  expect(await graph.run('MATCH (:Case)-->(a:Action)-[:RECURRED_AS]->(r:ActionRecurrence {announce: true}) RETURN a.actionType AS type, count(r) AS found'))
    .toEqual([{ type: 'replacement', found: 1 }])
  expect(await service.actionTypeRecord()).toMatchObject([
    { actionType: 'customer-notice', used: 1, judged: 0, held: 0, rateRatio: null }, { actionType: 'replacement', used: 1, judged: 1, held: 0, recurred: 1 },
  ])
})

it('sees only what was known by a day', async () => {
  expect(await service.actionEfficacies({}, { asOf: '2023-05-01' })).toEqual([])
  const [judged] = await service.actionEfficacies({ actionType: 'replacement' }, { asOf: '2023-05-20' })
  expect(judged).toMatchObject({ reason: 'not-yet-effective', asOf: '2023-05-20' })
  await expect(service.actionEfficacy('h_none')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
})
