import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createAlertStore } from '../../src/graph/alerts/alert-store.ts'
import type { FleetStore } from '../../src/graph/ports/fleet.ts'
import type { ClassReport } from '../../src/domain/fleet.ts'
import { createEarlyWarningPerformance } from '../../src/workflow/early-warning-performance.ts'
import { createDecideAlert, createScanEarlyWarning } from '../../src/workflow/early-warning.ts'
import type { FleetProjection } from '../../src/workflow/fleet-projection.ts'
import { reportOn, smallFleet } from '../analysis/early-warning/scan-fleet-double.ts'
import { openTestGraph } from '../support/graph.ts'
import type { TestGraph } from '../support/graph.ts'

let graph: TestGraph
beforeAll(async () => {
  graph = await openTestGraph()
})
beforeEach(() => graph.wipe())
afterAll(() => graph.close())

const fleet = smallFleet(12, 20)
const bad = fleet.cars.filter(car => [5, 6].includes(Number(car.id.split('-')[1])) && car.plant === 'HF1')
const reports: ClassReport[] = [
  ...fleet.cars.filter((_, i) => i % 30 === 4).map((car, i) => reportOn(car, 10 + ((i * 37) % 90))),
  ...bad.map((car, i) => reportOn(car, 20 + i * 2)),
]

/** The fleet and its reports from memory, alerts and issues in the graph. */
const services = () => {
  const fleetStore = {
    streamReports: (asOf: string) => Readable.from(reports.filter(report => report.receivedAt <= asOf)) as AsyncIterable<ClassReport>,
  } as Partial<FleetStore> as FleetStore
  const watermark = { graph: 'g', changedAt: 1, vehicles: fleet.cars.length, recent: [] } as unknown as Awaited<ReturnType<FleetProjection['current']>>['watermark']
  const fleetProjection: FleetProjection = {
    current: () => Promise.resolve({ projection: fleet.projection, watermark }),
    asKnown: () => Promise.resolve(fleet.projection),
    indexOf: id => fleet.indexOf(id),
  }
  const store = createAlertStore({ client: graph.client })
  const now = () => new Date('2023-01-01T00:00:00.000Z')
  return {
    store,
    scan: createScanEarlyWarning({
      fleetProjection, fleetStore, store, serviceLevel: { firstResponseHours: 24, resolutionHours: 48 }, isWithin: (key, root) => key === root, engineVersion: '0.1.0', now, nulls: 40,
    }),
    decide: createDecideAlert({ store, now }),
    performance: createEarlyWarningPerformance({ store }),
  }
}

const everything = () => graph.run('MATCH (n) WHERE NOT n:Migration AND NOT n:AlertWatch RETURN labels(n) AS labels, properties(n) AS properties, count { (n)-->() } AS links ORDER BY n.id')

it('raises an alert with its issue once, looks back without a trace, closes what is gone, and keeps the decision', async () => {
  const { scan, decide, performance, store } = services()
  const found = await scan({ asOf: '2022-10-31' })
  expect(found.recorded).toBe(true)
  expect(found.alerts).toHaveLength(1)
  const [alert] = found.alerts
  expect(alert).toMatchObject({ state: 'open', method: 'cohort-scan', cell: { dimension: 'plant', level: 'HF1' }, window: { from: '2022-W06', to: '2022-W07' }, observed: 20 })
  expect(alert!.llr).toBeGreaterThan(alert!.threshold)
  expect(await graph.run('MATCH (:Alert)-[:OPENED]->(i:Issue)-[:OF_CLASS]->(:IssueClass) RETURN i.id AS id, i.state AS state, i.component AS component')).toEqual([
    { id: alert!.issueId, state: 'new', component: 'traction-battery' },
  ])

  const before = await everything()
  const again = await scan({ asOf: '2022-10-31' })
  expect({ ...again, tookMs: 0 }).toEqual({ ...found, tookMs: 0 })
  expect(await everything()).toEqual(before)

  const back = await scan({ asOf: '2022-03-31' })
  expect(back).toMatchObject({ recorded: false, alerts: [] })
  expect((await scan({ asOf: '2022-10-15' })).alerts[0]).toMatchObject({ component: 'traction-battery' })
  expect(await everything()).toEqual(before)

  await expect(decide('ALT-none', { outcome: 'confirmed', reason: 'x' })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  await decide(alert!.alertId, { outcome: 'confirmed', reason: 'seal found loose' })
  reports.length = 0
  const gone = await scan({ asOf: '2022-11-30' })
  expect(gone).toMatchObject({ alerts: [], closed: [{ alertId: alert!.alertId, closedReason: 'no-longer-above-threshold', outcome: 'confirmed' }] })
  expect(await store.find(alert!.alertId)).toMatchObject({ state: 'closed', closedAt: '2022-11-30T23:59:59.999Z', outcomeReason: 'seal found loose' })
  const log = await performance()
  expect(log).toMatchObject({ confirmed: 1, rejected: 0, precision: 1, falseAlarmsPerStreamYear: null })
})

it('joins the open issue of the class, and an alert of a few streams leaves the others alone', async () => {
  reports.push(...fleet.cars.filter((_, i) => i % 30 === 4).map((car, i) => reportOn(car, 10 + ((i * 37) % 90))), ...bad.map((car, i) => reportOn(car, 20 + i * 2)))
  await graph.run("CREATE (:Issue {id: 'ISS-open', state: 'triaged', component: 'traction-battery', symptom: 'charging-stops', model: 'ES6', openedAt: '2022-10-01T00:00:00.000Z', lastActivityAt: '2022-10-01T00:00:00.000Z'})")
  const { scan } = services()
  const { alerts } = await scan({ asOf: '2022-10-31' })
  expect(alerts.map(alert => alert.issueId)).toEqual(['ISS-open'])
  expect(await graph.run('MATCH (i:Issue) RETURN count(i) AS issues')).toEqual([{ issues: 1 }])
  const elsewhere = await scan({ asOf: '2022-11-01', streams: [{ component: 'tire', symptom: null }] })
  expect(elsewhere).toMatchObject({ recorded: true, alerts: [], closed: [] })
  expect(await graph.run('MATCH (a:Alert) RETURN a.state AS state')).toEqual([{ state: 'open' }])
})
