import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFleet } from '../../../simulator/fleet.ts'
import type { ClassReport, FleetVehicle } from '../../../src/domain/fleet.ts'
import type { RecordOf } from '../../../src/domain/record-kind.ts'
import { createFleetStore } from '../../../src/graph/analysis/fleet-store.ts'
import { hashGraph } from '../../../src/graph/records/graph-hash.ts'
import { createFleetProjection } from '../../../src/workflow/fleet-projection.ts'
import { createProjectionBuilder } from '../../../src/analysis/projection.ts'
import { openTestGraph, type TestGraph } from '../../support/graph.ts'
import { openTestIngest } from '../../support/test-ingest.ts'

type Order = RecordOf['repair-orders']
type Install = RecordOf['software-installs']

let graph: TestGraph
const collect = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = []
  for await (const row of rows) found.push(row)
  return found
}
const utc = (instant: string): string => new Date(instant).toISOString()

beforeAll(async () => {
  graph = await openTestGraph()
})
afterAll(() => graph.close())
const store = () => createFleetStore({ client: graph.client })

/** What the records of one car say, worked out anew; a component is there once at every time, unless a repair took out a lot that was not in. */
const carOfRecords = (record: RecordOf['vehicles'], orders: readonly Order[], installs: readonly Install[], id: string): FleetVehicle => {
  const parts: (FleetVehicle['parts'][number] & { to: string | null })[] = (record.parts ?? []).map(part => ({
    component: part.component, partNo: part.partNo, lot: part.lot ?? null, supplier: part.supplier ?? null, condition: part.condition ?? null,
    from: record.builtOn, to: null,
  }))
  const closed = orders.filter(order => order.closedAt).sort((a, b) => (a.closedAt! < b.closedAt! ? -1 : 1))
  for (const { closedAt, partsReplaced } of closed)
    for (const replaced of partsReplaced ?? []) {
      const open = parts.filter(part => part.component === replaced.component && part.to === null && part.partNo === replaced.removedPartNo)
      const fitting = open.filter(part => replaced.removedLot == null || part.lot === null || part.lot === replaced.removedLot)
      const old = fitting.find(part => part.lot === (replaced.removedLot ?? null)) ?? (fitting.length === 1 ? fitting[0] : undefined)
      if (old) old.to = utc(closedAt!)
      parts.push({
        component: replaced.component, partNo: replaced.installedPartNo!, lot: replaced.installedLot ?? null, supplier: replaced.installedSupplier ?? null,
        condition: replaced.installedCondition ?? null, from: utc(closedAt!), to: null,
      })
    }
  const centers = new Map<string, string>()
  for (const { serviceCenter, closedAt } of closed) if (serviceCenter && !centers.has(serviceCenter)) centers.set(serviceCenter, utc(closedAt!))
  return {
    id, make: record.make ?? null, model: record.model, modelYear: record.modelYear ?? null, trim: record.trim ?? null, plant: record.plant ?? null,
    builtOn: record.builtOn, soldOn: record.soldOn ?? null, region: record.market ?? null, options: record.options ?? [], excluded: false, parts,
    software: (record.software ?? []).flatMap(({ module, version }) => {
      const steps = installs.filter(one => one.module === module && one.result === 'success').sort((a, b) => (a.installedAt < b.installedAt ? -1 : 1))
      return [{ version, from: record.builtOn }, ...steps.map(one => ({ version: one.version, from: utc(one.installedAt) }))]
        .map((run, i, runs) => ({ module, ...run, to: runs[i + 1]?.from ?? null }))
    }),
    serviceCenters: [...centers].map(([center, from]) => ({ id: center, from })),
  }
}

const ordered = (car: FleetVehicle): FleetVehicle => {
  const byText = <T>(rows: readonly T[]): T[] => [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return { ...car, options: [...car.options].sort(), parts: byText(car.parts), software: byText(car.software), serviceCenters: byText(car.serviceCenters) }
}

describe('the fleet of a simulated company', () => {
  const { records, world } = createFleet({ seed: 3, vehicles: 80 })
  const vehicles = records.vehicles as RecordOf['vehicles'][]
  const orders = records['repair-orders'] as Order[]
  const installs = records['software-installs'] as Install[]
  const unrepaired = vehicles.find(({ vin }) => !orders.some(order => order.vin === vin))!
  let ingest: ReturnType<typeof openTestIngest>
  const idOf = (vin: string): string => ingest.vehicleId(vin)
  const byId = async (changedSince: number | null = null) => new Map((await collect(store().streamVehicles(changedSince))).map(row => [row.id, row]))

  beforeAll(async () => {
    ingest = openTestIngest(graph.client, world.components)
    await ingest.load('vehicles', vehicles)
    await ingest.load('software-installs', installs)
    await ingest.load('repair-orders', orders)
  })

  it('is streamed as the records say, each car once', async () => {
    const expected = vehicles.map(record =>
      carOfRecords(record, orders.filter(({ vin }) => vin === record.vin), installs.filter(({ vin }) => vin === record.vin), idOf(record.vin)))
    expect(orders.filter(({ partsReplaced }) => partsReplaced?.length).length).toBeGreaterThan(10)
    const streamed = await collect(store().streamVehicles(null))
    expect(streamed).toHaveLength(80)
    const found = new Map(streamed.map(row => [row.id, ordered(row)]))
    for (const car of expected) expect(found.get(car.id)).toEqual(ordered(car))
  })

  it('leaves cars without a master record and with doubtful dates out of the exposure', async () => {
    const flagged = { ...vehicles[0]!, vin: 'LJ1EEAUU0N7700091' }
    await ingest.load('vehicles', [flagged], ['futureDate'])
    await ingest.load('vehicles', [{ ...flagged, vin: 'LJ1EEAUU0N7700092' }], ['brokenUtf8'])
    await ingest.load('software-installs', [{ vin: 'LJ1EEAUU0N7700093', module: 'BMS', version: '9', installedAt: '2022-01-01T00:00:00Z', result: 'success' }])
    const cars = await byId()
    expect(['91', '92', '93'].map(end => cars.get(idOf(`LJ1EEAUU0N77000${end}`))?.excluded)).toEqual([true, false, true])
    expect(cars.get(idOf('LJ1EEAUU0N7700093'))).toMatchObject({ model: 'unknown', soldOn: null, software: [{ version: '9' }] })
  })

  it('follows a roll-back and a second repair, and reads no other car again', async () => {
    await graph.run('MATCH (n:Vehicle|PartLot) SET n.changedAt = 1000')
    const fleet = createFleetProjection({ fleetStore: store(), log: { info: () => {}, warn: () => {} } })
    const before = await fleet.current()
    const { vin, parts } = unrepaired
    const wiperNo = parts!.find(part => part.component === 'wiper')!.partNo
    const hash = await hashGraph(graph.client)
    await ingest.load('vehicles', vehicles)
    expect(await hashGraph(graph.client)).toEqual(hash)
    expect((await fleet.current()).projection).toBe(before.projection)
    await ingest.load('software-installs', [
      { vin, module: 'HUD', version: '1.0', installedAt: '2022-02-01T00:00:00Z', result: 'success' },
      { vin, module: 'HUD', version: '2.0', installedAt: '2022-03-01T00:00:00Z', result: 'success' },
      { vin, module: 'HUD', version: '2.0', installedAt: '2022-04-01T00:00:00Z', result: 'rolled-back' },
    ])
    await ingest.load('repair-orders', [{
      repairOrderId: 'RO-X', vin, openedAt: '2022-12-01T00:00:00Z', closedAt: '2022-12-02T08:00:00+08:00', serviceCenter: 'SC-X', correction: 'replaced',
      partsReplaced: [{ component: 'wiper', removedPartNo: wiperNo, installedPartNo: 'WIP-9', installedLot: 'W9' }],
    }])
    const { changedAt } = await store().watermark()
    const changed = [...(await byId(changedAt)).values()]
    expect(changed.map(row => row.id)).toEqual([idOf(vin)])
    expect(changed[0]!.software.filter(run => run.module === 'HUD').sort((a, b) => (a.from! < b.from! ? -1 : 1))).toEqual([
      { module: 'HUD', version: '1.0', from: '2022-02-01T00:00:00.000Z', to: '2022-03-01T00:00:00.000Z' },
      { module: 'HUD', version: '2.0', from: '2022-03-01T00:00:00.000Z', to: '2022-04-01T00:00:00.000Z' },
      { module: 'HUD', version: '1.0', from: '2022-04-01T00:00:00.000Z', to: null },
    ])
    const wipers = changed[0]!.parts.filter(part => part.component === 'wiper').sort((a, b) => (a.from! < b.from! ? -1 : 1))
    expect(wipers.at(-1)).toEqual({ component: 'wiper', partNo: 'WIP-9', lot: 'W9', supplier: null, condition: null, from: '2022-12-02T00:00:00.000Z', to: null })
    expect(wipers.at(-2)).toMatchObject({ partNo: wiperNo, to: '2022-12-02T00:00:00.000Z' })
    expect(changed[0]!.serviceCenters).toContainEqual({ id: 'SC-X', from: '2022-12-02T00:00:00.000Z' })
    const builder = createProjectionBuilder({ order: 'id' })
    for (const row of (await byId()).values()) builder.add(row)
    expect((await fleet.current()).projection).toEqual(builder.build())
  })

  it('knows the supplier of a lot on every car that carries it, as soon as one record names it', async () => {
    await graph.run('MATCH (n:Vehicle|PartLot) SET n.changedAt = 1000')
    await ingest.load('vehicles', [{ ...vehicles[1]!, vin: 'LJ1EEAUU0N7700094', parts: [{ component: 'wiper', partNo: 'WIP-9', lot: 'W9', supplier: 'S-W' }] }])
    const cars = await byId((await store().watermark()).changedAt)
    expect([...cars.keys()].sort()).toEqual([idOf(unrepaired.vin), idOf('LJ1EEAUU0N7700094')].sort())
    expect(cars.get(idOf(unrepaired.vin))?.parts.find(part => part.partNo === 'WIP-9')).toMatchObject({ lot: 'W9', supplier: 'S-W' })
  })

  it('is told as it was known, without records received later', async () => {
    const asOf = '2022-06-15'
    const known = async (at: string) => new Map((await store().vehiclesAsKnown(at)).map(row => [row.id, row]))
    expect([...(await known('2023-12-31')).keys()]).toEqual([])
    const [vin, other] = [vehicles[8]!.vin, vehicles[9]!.vin]
    const wiperLots = (car: FleetVehicle | undefined) => car?.parts.filter(part => part.partNo.startsWith('WIP-K')).map(part => part.lot)
    const order = (repairOrderId: string, receivedAt: string, lot: string, car = vin): Order => ({
      repairOrderId, vin: car, openedAt: '2022-06-01T00:00:00Z', closedAt: '2022-06-02T00:00:00Z', receivedAt, serviceCenter: `SC-${repairOrderId}`, correction: 'x',
      partsReplaced: [{ component: 'wiper', installedPartNo: `WIP-K${lot}`, installedLot: lot }],
    })
    const before = new Set((await known(asOf)).keys())
    await ingest.load('repair-orders', [order('K-LATE', '2022-07-01T00:00:00Z', 'A')])
    await ingest.load('repair-orders', [order('K-AGAIN', '2022-06-10T00:00:00Z', 'B')])
    await ingest.load('repair-orders', [order('K-AGAIN', '2022-08-01T00:00:00Z', 'C', other)])
    const then = await known(asOf)
    expect([...then.keys()].filter(id => !before.has(id)).sort()).toEqual([idOf(vin), idOf(other)].filter(id => !before.has(id)).sort())
    expect([wiperLots(then.get(idOf(vin))), wiperLots(then.get(idOf(other)))]).toEqual([['B'], []])
    expect(then.get(idOf(vin))?.serviceCenters.map(({ id }) => id)).not.toContain('SC-K-LATE')
    expect(then.get(idOf(vin))?.serviceCenters.map(({ id }) => id)).toContain('SC-K-AGAIN')
    const now = await byId()
    expect([wiperLots(now.get(idOf(vin))), wiperLots(now.get(idOf(other)))]).toEqual([['A'], ['C']])
    expect((await known('2022-08-01')).has(idOf(vin))).toBe(false)
  })
})

describe('reports', () => {
  const [vin, asOf] = ['LJ1EEAUU0N7700001', '2023-02-01']
  const said = (sourceId: string, text: string, more: Partial<RecordOf['feedback']> = {}): RecordOf['feedback'] =>
    ({ channel: 'app', sourceId, text, occurredAt: '2023-01-09T06:00:00Z', receivedAt: '2023-01-10T00:00:00Z', vin, ...more })
  const open = '充电到一半就停了'
  const answer = (sourceId: string, more: Partial<Order>): Order => ({
    repairOrderId: `RO-${sourceId}`, vin, openedAt: '2023-01-12T00:00:00Z', closedAt: '2023-01-13T00:00:00Z', correction: 'done', feedback: { channel: 'app', sourceId },
    ...more,
  })
  const replaced = [{ component: 'traction-battery', installedPartNo: 'BAT-2' }]
  const ask = async (components: string[] | null, symptoms: string[] | null, at = asOf) => {
    const rows = await store().classReports({ components, symptoms, asOf: at })
    return Object.fromEntries(rows.map(row => [row.recordId, row.linkWeight] as const).sort())
  }

  beforeAll(async () => {
    await graph.wipe()
    const ingest = openTestIngest(graph.client)
    await ingest.load('vehicles', [{ vin, model: 'ES8', builtOn: '2022-01-01', soldOn: '2022-02-01' }])
    const code = (status: number) => [{ code: 'P0AA6', failureType: '00', status, ecu: 'BMS' }]
    await ingest.load('telemetry-snapshots', [
      { snapshotId: 'T-CONFIRMED', vin, capturedAt: '2023-01-09T06:00:00Z', dtcs: code(0x2f) },
      { snapshotId: 'T-PENDING', vin, capturedAt: '2023-01-09T06:00:00Z', dtcs: code(0x04) },
    ])
    await graph.run(`MERGE (d:Dtc {id: 'P0AA6'}) WITH d UNWIND [['traction-battery', 1], ['charge-port', 2]] AS suspect
                     MERGE (c:Component {id: suspect[0]}) MERGE (d)-[:POINTS_AT {rank: suspect[1]}]->(c)`)
    await ingest.load('feedback', [
      said('firm', 'charging stops'),
      said('open', open),
      said('code', open, { snapshotId: 'T-CONFIRMED' }),
      said('pending', open, { snapshotId: 'T-PENDING' }),
      said('answered', open),
      said('denied', 'not noise'),
      said('later', 'charging stops', { receivedAt: '2023-03-01T00:00:00Z' }),
      said('ahead', 'charging stops', { occurredAt: '2024-01-09T06:00:00Z', vin: null, make: 'NIO', model: 'ES6', modelYear: 2021 }),
      said('black', 'screen goes black'),
      said('again', 'charging stops', { receivedAt: '2023-01-10T00:00:00Z' }),
    ])
    await ingest.load('feedback', [said('again', 'brakes squeal', { receivedAt: '2023-01-11T00:00:00Z' })])
    await ingest.load('repair-orders', [
      answer('answered', { partsReplaced: replaced, result: 'fixed' }),
      answer('open', { correction: 'not noise', receivedAt: '2023-03-01T00:00:00Z', partsReplaced: replaced }),
      { repairOrderId: 'RO-own', vin, openedAt: '2023-01-20T00:00:00Z', closedAt: '2023-01-21T00:00:00Z', complaint: open, partsReplaced: replaced, result: 'returned' },
      { repairOrderId: 'RO-firm', vin, openedAt: '2023-01-20T00:00:00Z', complaint: 'charging stops', dtcs: ['P0AA6'] },
    ])
  })

  it('of a class are those that say it, and with less weight those to which something else ties the component', async () => {
    expect(await ask(['traction-battery'], ['charging-stops'])).toEqual({
      'RO-firm': 1, 'RO-own': 0.7, 'app:ahead': 1, 'app:answered': 0.7, 'app:code': 0.5, 'app:firm': 1,
    })
    expect(await ask(['charge-port'], ['charging-stops'])).toEqual({ 'app:code': 0.25 })
  })

  it('of a symptom whatever the component, of a component whatever the symptom, and of anything', async () => {
    const all = { 'RO-firm': 1, 'RO-own': 1, 'app:ahead': 1, 'app:answered': 1, 'app:code': 1, 'app:firm': 1, 'app:open': 1, 'app:pending': 1 }
    expect(await ask(null, ['charging-stops'])).toEqual(all)
    expect(await ask(['center-display', 'traction-battery'], null)).toEqual({
      'RO-firm': 1, 'RO-own': 0.7, 'app:ahead': 1, 'app:answered': 0.7, 'app:code': 0.5, 'app:firm': 1, 'app:black': 1,
    })
    expect(await ask(null, null)).toEqual({ ...all, 'app:black': 1, 'app:again': 1 })
    expect(await ask(null, ['noise'])).toEqual({})
  })

  it('are those received by then, in the content that stands', async () => {
    expect(await ask(['traction-battery'], ['charging-stops'], '2023-03-01')).toMatchObject({ 'app:later': 1, 'app:open': 0.7 })
    expect(await ask(null, null, '2023-01-09')).toEqual({})
    expect(await ask(['brake-pad'], ['noise-squeal'])).toEqual({ 'app:again': 1 })
  })

  it('tell of car, instant and result', async () => {
    const rows = await store().classReports({ components: ['traction-battery'], symptoms: ['charging-stops'], asOf })
    const find = (id: string): ClassReport | undefined => rows.find(row => row.recordId === id)
    expect(find('app:answered')).toEqual({
      source: 'feedback', recordId: 'app:answered', vehicleId: openTestIngest(graph.client).vehicleId(vin), make: null, model: null, modelYear: null,
      component: 'traction-battery', symptom: 'charging-stops', at: '2023-01-09T06:00:00.000Z', receivedAt: '2023-01-10T00:00:00.000Z', linkWeight: 0.7,
      repairResult: 'fixed',
    })
    // An event dated after its report counts from the report.
    expect(find('app:ahead')).toMatchObject({ vehicleId: null, make: 'NIO', model: 'ES6', modelYear: 2021, at: '2023-01-10T00:00:00.000Z' })
    expect(find('RO-own')).toMatchObject({ source: 'repair-order', at: '2023-01-20T00:00:00.000Z', receivedAt: '2023-01-21T00:00:00.000Z', repairResult: 'returned' })
  })

  it('are streamed one row a record and class', async () => {
    const rows = await collect(store().streamReports(asOf))
    const spelled = rows.filter(row => ['app:code', 'app:black'].includes(row.recordId)).map(row => [row.recordId, row.component, row.symptom, row.linkWeight].join(' '))
    expect(spelled.sort()).toEqual([
      'app:black center-display screen-black 1',
      'app:code  charging-stops 1',
      'app:code charge-port charging-stops 0.25',
      'app:code traction-battery charging-stops 0.5',
    ])
    expect(new Set(rows.map(row => row.recordId)).size).toBe(10)
  })
})
