import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFleetStore } from '../../src/graph/analysis/fleet-store.ts'
import { createCollectiveStore } from '../../src/graph/collective/collective-store.ts'
import { createDossierStore } from '../../src/graph/dossier/dossier-store.ts'
import { createTriageContextStore } from '../../src/graph/triage/triage-context-store.ts'
import { createEvidenceStore } from '../../src/graph/triage/evidence-store.ts'
import { createReadFeedback } from '../../src/graph/workflow/feedback-reader.ts'
import { createWeighEvidence } from '../../src/workflow/triage/weigh-evidence.ts'
import { vocabulary } from '../vocabulary/shipped-vocabulary.ts'
import { createUnmappedStore } from '../../src/graph/unmapped/unmapped-store.ts'
import { openTestGraph } from '../support/graph.ts'
import type { TestGraph } from '../support/graph.ts'
import { openTestIngest, testPreparation } from '../support/test-ingest.ts'

const vin = 'LJ1EEAUU0N7700001'
const car = testPreparation().vinVault.pseudonymOf(vin)

let graph: TestGraph
beforeAll(async () => {
  graph = await openTestGraph()
  const ingest = openTestIngest(graph.client)
  await ingest.load('vehicles', [{
    vin, make: 'NIO', model: 'ES8', modelYear: 2022, builtOn: '2022-03-01', soldOn: '2022-04-01', market: 'CN-SH', plant: 'HF1',
    parts: [{ component: 'traction-battery', partNo: 'BAT-100-A', lot: '22W08', supplier: 'S-014' }], software: [{ module: 'BMS', version: '3.1.4' }],
  }])
  await ingest.load('repair-orders', [{
    repairOrderId: 'RO-9', vin, openedAt: '2022-09-03T00:00:00.000Z', closedAt: '2022-09-05T00:00:00.000Z', receivedAt: '2022-09-20T00:00:00.000Z',
    complaint: 'charging stops', correction: 'pack replaced, recall R-1', result: 'fixed' as const,
    partsReplaced: [{ component: 'traction-battery', removedPartNo: 'BAT-100-A', removedLot: '22W08', installedPartNo: 'BAT-100-A', installedLot: '22W30' }],
  }])
  await ingest.load('cases', [
    { caseId: 'R-1', title: 'Battery lot', kind: 'recall' as const, rootCause: 'seal', openedAt: '2022-08-01', receivedAt: '2022-08-01T00:00:00.000Z', affected: [{ partNo: 'BAT-100-A', lots: ['22W08'] }] },
    { caseId: 'R-2', title: 'All ES8', kind: 'recall' as const, rootCause: 'x', openedAt: '2022-09-10', receivedAt: '2022-09-10T00:00:00.000Z', affected: [{ model: 'ES8', modelYears: [2022] }] },
  ])
  const feedback = (sourceId: string, receivedAt: string, given: object = {}) =>
    ({ channel: 'hotline', sourceId, occurredAt: receivedAt, receivedAt, text: 'charging stops on the motorway', vin, ...given })
  await ingest.load('feedback', [
    feedback('1', '2022-09-01T00:00:00.000Z'), feedback('2', '2022-09-02T00:00:00.000Z', { responded: true }), feedback('3', '2022-09-08T00:00:00.000Z'),
    feedback('4', '2022-09-08T06:00:00.000Z', { vin: undefined, model: 'ES8', text: 'charging stops again', odometerKm: 12_000, region: 'CN-BJ' }),
  ])
}, 120_000)
afterAll(() => graph.close())

describe('a car as known at an instant', () => {
  const at = (instant: string) => createDossierStore({ client: graph.client }).vehicleAsKnown(car, instant)

  it('carries what its records received by then tell', async () => {
    // Closed on the 5th, received on the 20th: on the 10th nobody knew of the new pack.
    expect((await at('2022-09-10T00:00:00.000Z'))?.parts).toMatchObject([{ component: 'traction-battery', lot: '22W08', supplier: 'S-014', since: '2022-03-01', source: null }])
    expect((await at('2022-09-21T00:00:00.000Z'))?.parts).toMatchObject([{ lot: '22W30', since: '2022-09-05T00:00:00.000Z', source: 'RO-9' }])
    expect((await at('2022-09-21T00:00:00.000Z'))?.software).toMatchObject([{ module: 'BMS', version: '3.1.4' }])
  })

  it('shows no record that came later, and no sale that came later', async () => {
    const early = await at('2022-09-01T12:00:00.000Z')
    expect(early?.feedback.map(({ feedbackId }) => feedbackId)).toEqual(['hotline:1'])
    expect(early?.repairs).toEqual([])
    expect((await at('2022-03-15T00:00:00.000Z'))?.vehicle.soldOn).toBeNull()
    expect(await createDossierStore({ client: graph.client }).vehicleAsKnown('veh_none', '2022-09-10T00:00:00.000Z')).toBeNull()
  })

  it('shows an earlier content of a record that was corrected later', async () => {
    await openTestIngest(graph.client).load('feedback', [
      { channel: 'hotline', sourceId: '3', occurredAt: '2022-09-08T00:00:00.000Z', receivedAt: '2022-10-01T00:00:00.000Z', text: 'charging stops, corrected', vin },
    ])
    const textAt = async (instant: string) => (await at(instant))?.feedback.find(({ feedbackId }) => feedbackId === 'hotline:3')?.text
    expect(await textAt('2022-09-10T00:00:00.000Z')).toBe('charging stops on the motorway')
    expect(await textAt('2022-10-02T00:00:00.000Z')).toBe('charging stops, corrected')
  })

  it('finds the cases that name its lot or its model year, once they are known', async () => {
    const targets = { modelYears: ['*/es8/2022'], parts: [], lots: ['BAT-100-A/22W08'], releases: [] }
    const found = async (instant: string) => (await createDossierStore({ client: graph.client }).casesAffecting(targets, instant)).map(({ caseId }) => caseId)
    expect(await found('2022-09-01T00:00:00.000Z')).toEqual(['R-1'])
    expect(await found('2022-09-21T00:00:00.000Z')).toEqual(['R-2', 'R-1'])
  })
})

describe('what surrounds a report', () => {
  const store = () => createTriageContextStore({ client: graph.client })
  const window = { from: '2022-08-25T00:00:00.000Z', to: '2022-09-08T00:00:00.000Z' }

  it('counts the contacts of a car, and which were answered', async () => {
    expect(await store().contactsOfCar({ feedbackId: 'hotline:4', vehicleId: car, ...window })).toEqual([
      { feedbackId: 'hotline:1', answered: false }, { feedbackId: 'hotline:2', answered: true },
    ])
    expect(await store().markResponded({ feedbackId: 'hotline:1', responded: true, at: '2022-09-02T00:00:00.000Z' })).toMatchObject({ respondedAt: '2022-09-02T00:00:00.000Z' })
    expect((await store().contactsOfCar({ feedbackId: 'hotline:4', vehicleId: car, ...window })).every(({ answered }) => answered)).toBe(true)
    expect(await store().markResponded({ feedbackId: 'none', responded: true, at: '2022-09-02T00:00:00.000Z' })).toBeNull()
  })

  it('finds repairs of the car with what they were about', async () => {
    expect(await store().repairsOfCar({ vehicleId: car, from: '2022-08-01T00:00:00.000Z', to: '2022-10-01T00:00:00.000Z' })).toEqual([
      { repairOrderId: 'RO-9', symptoms: ['charging-stops'], components: expect.arrayContaining(['traction-battery']) as string[] },
    ])
  })

  it('counts other cars of class and model, in the window and before', async () => {
    await graph.run(`UNWIND [['t1', 'v1', '2022-09-01'], ['t2', 'v2', '2022-09-05'], ['t3', 'v2', '2022-09-06'], ['t4', 'v3', '2022-07-01'], ['t5', 'v1', '2022-07-01']] AS row
      CREATE (:Triage {id: row[0], vehicleId: row[1], receivedAt: row[2] + 'T00:00:00.000Z', symptom: 'charging-stops', component: 'traction-battery', model: 'es8'})`)
    const question = { symptom: 'charging-stops', components: ['traction-battery'], model: 'ES8', vehicleId: car, feedbackId: null, from: '2022-06-01T00:00:00.000Z', recentFrom: '2022-08-25T00:00:00.000Z', to: '2022-09-08T00:00:00.000Z' }
    expect(await store().classActivity(question)).toEqual({ firstAt: '2022-07-01T00:00:00.000Z', recentCars: 2, earlierCars: 2 })
    expect(await store().classActivity({ ...question, model: 'ET5' })).toMatchObject({ recentCars: 0, earlierCars: 0 })
    expect(await store().classActivity({ ...question, symptom: null })).toMatchObject({ recentCars: 0 })
  })
})

describe('a problem of many', () => {
  it('reads where reports come from, and what cars share', async () => {
    const store = createCollectiveStore({ client: graph.client })
    const asOf = '2022-09-10T00:00:00.000Z'
    const reports = await createFleetStore({ client: graph.client }).classReports({ components: null, symptoms: ['charging-stops'], asOf })
    const details = await store.reportDetails(reports.map(({ recordId }) => recordId), asOf)
    expect(details.find(({ id }) => id === 'hotline:4')).toMatchObject({ channel: 'hotline', region: 'CN-BJ', model: 'ES8', odometerKm: 12_000 })
    expect(details.find(({ id }) => id === 'hotline:1')).toMatchObject({ region: 'CN-SH', model: 'ES8', modelYear: 2022, soldOn: '2022-04-01' })
    expect(await store.carsOfModels(['ES8'], asOf)).toBe(1)
    expect(await store.carsOfModels(['ES8'], '2022-03-15T00:00:00.000Z')).toBe(0)
    expect(await store.sharedLots([car], ['traction-battery'], '2022-09-01T00:00:00.000Z')).toEqual([{ level: 'BAT-100-A/22W08', supplier: 'S-014', carsReporting: 1, carsCarrying: 1 }])
    expect(await store.sharedSoftware([car], asOf)).toEqual([{ level: 'BMS@3.1.4', carsReporting: 1, carsCarrying: 1 }])
  })
})

describe('the queue of what no key fits', () => {
  it('takes clauses in once, reads them again with another vocabulary, and lets a changed text wait', async () => {
    const store = createUnmappedStore({ client: graph.client })
    await graph.run("MATCH (f:Feedback {id: 'hotline:4'}) SET f.gather = true")
    const [waiting] = await store.listToGather({ vocabularyVersion: 'v1', k: 10 })
    expect(waiting).toMatchObject({ feedbackId: 'hotline:4', text: 'charging stops again' })
    const { text: _text, language: _language, ...read } = waiting!
    const clauses = [{ id: 'h_clause', text: 'it does that thing', language: 'en', components: [] }]
    await store.replaceClauses([{ ...read, textSha256: 'changed since', vocabularyVersion: 'v1', clauses }])
    expect(await store.listToGather({ vocabularyVersion: 'v1', k: 10 })).toHaveLength(1)
    await store.replaceClauses([{ ...read, vocabularyVersion: 'v1', clauses }])
    await store.replaceClauses([{ ...read, vocabularyVersion: 'v1', clauses }])
    expect(await store.listToGather({ vocabularyVersion: 'v1', k: 10 })).toEqual([])
    expect(await store.listClauses({ asOf: '2022-10-01T00:00:00.000Z', k: 10 })).toMatchObject([{ clauseId: 'h_clause', feedbackId: 'hotline:4' }])
    expect(await store.listClauses({ asOf: '2022-09-01T00:00:00.000Z', k: 10 })).toEqual([])
    expect(await store.listToGather({ vocabularyVersion: 'v2', k: 10 })).toHaveLength(1)
    await store.replaceClauses([{ ...read, vocabularyVersion: 'v2', clauses: [] }])
    expect(await store.listClauses({ asOf: '2022-10-01T00:00:00.000Z', k: 10 })).toEqual([])
  })
})

describe('the wrong part named by the owner, when the workshop found another', () => {
  const other = 'LJ1EEAUU0N7700002'
  const weigh = () => createWeighEvidence({ store: createEvidenceStore({ client: graph.client }), vocabulary, rules: { repairWithinDays: 60 } })()
  const repair = (component: string, receivedAt: string) => ({
    repairOrderId: 'RO-20', vin: other, openedAt: '2022-11-05T00:00:00.000Z', closedAt: '2022-11-06T00:00:00.000Z', receivedAt, complaint: 'will not charge', correction: 'replaced', result: 'fixed' as const,
    partsReplaced: [{ component, removedPartNo: 'X-1', installedPartNo: 'X-2' }],
  })
  const found = async (asOf: string) =>
    (await createFleetStore({ client: graph.client }).classReports({ components: null, symptoms: ['charging-stops'], asOf })).filter(({ recordId }) => recordId === 'hotline:20').map(({ component }) => component)
  const corrections = async () => (await createReadFeedback({ client: graph.client })('hotline:20'))?.corrections

  it('counts the report where the repair says, from when it was known; a repair set right takes that back', async () => {
    const ingest = openTestIngest(graph.client, ['unclassified', 'traction-battery', 'charge-port'])
    await ingest.load('feedback', [{ channel: 'hotline', sourceId: '20', occurredAt: '2022-11-01T00:00:00.000Z', receivedAt: '2022-11-01T00:00:00.000Z', text: 'charging stops on the motorway', vin: other }])
    await weigh()
    expect(await corrections()).toEqual([])
    await ingest.load('repair-orders', [repair('charge-port', '2022-11-10T00:00:00.000Z')])
    expect((await weigh()).corrected).toBe(1)
    expect(await corrections()).toMatchObject([{ component: 'charge-port', said: 'traction-battery', by: 'RO-20' }])
    expect(await found('2022-11-09T00:00:00.000Z')).toEqual(['traction-battery'])
    expect(await found('2022-11-11T00:00:00.000Z')).toEqual(['charge-port'])
    expect((await weigh()).corrected).toBe(0)
    await ingest.load('repair-orders', [repair('traction-battery', '2022-11-12T00:00:00.000Z')])
    expect((await weigh()).corrected).toBe(1)
    expect(await corrections()).toEqual([])
    expect(await found('2022-11-13T00:00:00.000Z')).toEqual(['traction-battery'])
  })

  it('looks back only to its last look, also where that found nothing to weigh', async () => {
    await graph.run('MATCH (record:Feedback) DETACH DELETE record')
    const store = createEvidenceStore({ client: graph.client })
    const looks: number[] = []
    const weighAgain = createWeighEvidence({
      store: { ...store, listCarsToWeigh: question => (looks.push(question.since), store.listCarsToWeigh(question)) }, vocabulary, rules: { repairWithinDays: 60 },
    })
    expect(await weighAgain()).toEqual({ cars: 0, corrected: 0 })
    await weighAgain()
    expect(looks[0]).toBe(0)
    expect(looks[1]).toBeGreaterThan(Date.now() - 120_000)
  })
})
