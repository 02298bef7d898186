import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRankingThreads } from '../../../src/analysis/worker/ranking-threads.ts'
import type { AnalyzeRootCausesRequest } from '../../../src/domain/root-cause-analysis.ts'
import { RootCauseAnalysis } from '../../../src/domain/root-cause-analysis.ts'
import { Feedback } from '../../../src/domain/feedback.ts'
import { Vehicle } from '../../../src/domain/vehicle.ts'
import { createFleetStore } from '../../../src/graph/analysis/fleet-store.ts'
import { createRootCauseStore } from '../../../src/graph/root-causes/root-cause-store.ts'
import { createLinker, createVocabulary } from '../../../src/vocabulary/index.ts'
import { readVocabularyFiles, readWording } from '../../../src/vocabulary-files.ts'
import { createFleetProjection } from '../../../src/workflow/fleet-projection.ts'
import { createAnalyzeRootCauses } from '../../../src/workflow/root-causes/analyze-root-causes.ts'
import { createReadAnalysis } from '../../../src/workflow/root-causes/read-analysis.ts'
import { parseWording } from '../../../src/workflow/root-causes/wording.ts'
import { createFleet } from '../../../simulator/fleet.ts'
import { openTestGraph } from '../../support/graph.ts'
import type { TestGraph } from '../../support/graph.ts'
import { openTestIngest } from '../../support/test-ingest.ts'

const badLot = 'TRABAT-100/22W99A1'
const day = 86_400_000

/** 400 simulated cars; every eleventh with battery TRABAT-100 carries one lot, whenever it was built. */
const simulatedCars = (): Vehicle[] => {
  const cars = createFleet({ seed: 5, vehicles: 400 }).records.vehicles.map(row => Vehicle.parse(row))
  let count = 0
  return cars.map(car => ({
    ...car,
    parts: car.parts?.map(part => (part.partNo === 'TRABAT-100' && count++ % 11 === 0 ? { ...part, lot: '22W99A1' } : part)),
  }))
}

const complaint = (car: Vehicle, n: number, text: string, months: number): Feedback => {
  const at = Date.parse(car.soldOn!) + months * 30 * day
  return Feedback.parse({
    channel: 'app', sourceId: `F-${n}`, vin: car.vin, text, language: 'en', occurredAt: new Date(at).toISOString(), receivedAt: new Date(at + day).toISOString(),
  })
}

let graph: TestGraph
let cars: Vehicle[]
const threads = createRankingThreads({ threads: 1 })
const vocabulary = createVocabulary(readVocabularyFiles())

const openServices = async () => {
  const store = createRootCauseStore({ client: graph.client })
  const fleetStore = createFleetStore({ client: graph.client })
  const fleetProjection = createFleetProjection({ fleetStore, log: { info: () => undefined, warn: () => undefined } })
  let made = 0
  return {
    readAnalysis: createReadAnalysis({ store }),
    analyze: createAnalyzeRootCauses({
      fleetProjection, fleetStore, store, vocabulary, linker: createLinker(vocabulary), wording: parseWording(readWording('root-causes')), redact: text => text,
      searchCases: () => Promise.resolve({ items: [], timings: {} }),
      runRanking: threads.rank, version: '0', now: () => new Date('2023-07-02T00:00:00Z'), newId: () => `ANA-test-${++made}`,
    }),
  }
}
let services: Awaited<ReturnType<typeof openServices>>

beforeAll(async () => {
  graph = await openTestGraph()
  const ingest = openTestIngest(graph.client)
  await ingest.writeVocabulary(vocabulary)
  cars = simulatedCars()
  await ingest.load('vehicles', cars)
  const old = cars.filter(car => car.soldOn && car.soldOn < '2022-10-01')
  const onLot = old.filter(car => car.parts?.some(part => part.lot === '22W99A1'))
  const others = old.filter(car => !onLot.includes(car))
  // The cause: fourteen cars of the lot, in their third to fifth month. The background, of both classes: every twenty-fourth of the others.
  const caused = onLot.slice(0, 14).map((car, i) => complaint(car, i, 'charging stops', 3 + (i % 3)))
  const background = others.filter((_, i) => i % 24 === 0).map((car, i) => complaint(car, 100 + i, 'charging stops', 2 + (i % 5)))
  const unrelated = others.filter((_, i) => i % 9 === 4).map((car, i) => complaint(car, 200 + i, 'brakes squeal', 2 + (i % 6)))
  await ingest.load('feedback', [...caused, ...background, ...unrelated])
  services = await openServices()
})
afterAll(async () => {
  await threads.close()
  await graph.close()
})

const battery: AnalyzeRootCausesRequest = { subject: { component: 'traction battery', symptom: 'charging-stops' }, asOf: '2023-06-30' }

it('finds the planted lot and proves it in the graph', async () => {
  const steps: string[] = []
  const analysis = await services.analyze(battery, { onProgress: step => void steps.push(step.message) })
  expect(RootCauseAnalysis.parse(analysis)).toEqual(analysis)
  expect(analysis).toMatchObject({ verdict: 'cause-found', abstention: null })
  expect(analysis.candidates[0]).toMatchObject({ rank: 1, kind: 'factor', factors: [{ dimension: 'lot', level: badLot, component: 'traction-battery' }] })
  const [leader] = analysis.candidates
  expect(leader?.path?.verified).toBe(true)
  expect(leader?.path?.nodes.map(node => node.label)).toEqual(expect.arrayContaining(['Symptom', 'Feedback', 'Vehicle', 'PartLot', 'Candidate']))
  expect(leader?.evidence[0]).toMatchObject({ id: 'E1', type: 'statistic', returned: { claims: leader?.statistics?.observed } })
  expect(new Set(steps)).toContain('ranking')
})
