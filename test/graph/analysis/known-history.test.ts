import { describe, expect, it } from 'vitest'
import type { KnownHistoryRow, LateRecordRow } from '../../../src/graph/analysis/fleet-queries.ts'
import { firstVisits, toLot, toMasterData } from '../../../src/graph/analysis/fleet-vehicle.ts'
import { deriveKnownVehicle, earlierContents, lotIdsOf } from '../../../src/graph/analysis/known-history.ts'

const row = (more: Partial<KnownHistoryRow> = {}): KnownHistoryRow => ({
  id: 'v1', known: true, make: null, model: 'ES8', modelYear: 2022, trim: null, plant: null, builtOn: '2022-01-01', soldOn: '2022-02-01', region: null, options: null,
  dataQuality: null, factorySoftware: '{"BMS":"1"}',
  asBuilt: [{ partNo: 'P', lot: 'A', component: 'pump', position: null, serial: null, condition: null, builtOn: null, supplier: null }],
  repairs: [], installs: [], observations: [], ...more,
})
const repair = (id: string, lot: string, closedAt: string | null, center: string | null = null) => ({
  id, closedAt, partsReplaced: JSON.stringify([{ component: 'pump', installedPartNo: 'P', installedLot: lot, installedSupplier: lot === 'C' ? 'S-C' : null }]),
  softwareAfter: null, serviceCenter: center,
})
const nothing = { repairs: [], installs: [], observations: [] }
const lotOf = (id: string) => (id === 'P/A' ? { partNo: 'P', lot: 'A', supplier: 'S-A' } : undefined)

describe('a car by the records known', () => {
  it('carries, ran and visited what those say, the earlier contents among them', () => {
    const earlier = { ...nothing, repairs: [repair('RO-2', 'C', '2022-06-01T00:00:00.000Z', 'SC-2')] }
    const car = deriveKnownVehicle(row({
      repairs: [repair('RO-1', 'B', '2022-05-01T00:00:00.000Z', 'SC-1'), repair('RO-open', 'X', null, 'SC-3')],
      installs: [{ id: 'i', module: 'BMS', version: '2', installedAt: '2022-03-01T00:00:00.000Z', channel: 'ota', result: 'success' }],
    }), earlier, lotOf)
    expect(car.parts.map(({ lot, supplier, from, to }) => [lot, supplier, from, to])).toEqual([
      ['A', 'S-A', '2022-01-01', '2022-05-01T00:00:00.000Z'],
      ['B', null, '2022-05-01T00:00:00.000Z', '2022-06-01T00:00:00.000Z'],
      ['C', 'S-C', '2022-06-01T00:00:00.000Z', null],
    ])
    expect(car.software).toEqual([
      { module: 'BMS', version: '1', from: '2022-01-01', to: '2022-03-01T00:00:00.000Z' }, { module: 'BMS', version: '2', from: '2022-03-01T00:00:00.000Z', to: null },
    ])
    expect(car.serviceCenters).toEqual([{ id: 'SC-1', from: '2022-05-01T00:00:00.000Z' }, { id: 'SC-2', from: '2022-06-01T00:00:00.000Z' }])
    expect(lotIdsOf(row(), earlier)).toEqual(['P/A', 'P/C'])
  })

  it('is found by what is written now and by what was written then, with the last content of the time', () => {
    const content = (vehicleId: string, lot: string) => JSON.stringify({ vehicleId, ...repair('x', lot, '2022-06-01T00:00:00.000Z'), serviceCenter: null })
    const late: LateRecordRow[] = [
      { kind: 'repair-orders', id: 'RO-1', vehicleId: 'v2', versions: [['2022-06-09', content('v1', 'B')], ['2022-06-02', content('v3', 'A')]] },
      { kind: 'software-installs', id: 'i', vehicleId: null, versions: [] },
      { kind: 'telemetry-snapshots', id: 't', vehicleId: 'v4', versions: [['2022-06-01', '{"vehicleId":"v4","capturedAt":"2022-05-01T00:00:00.000Z"}']] },
    ]
    const found = earlierContents(late)
    expect([...found.keys()].sort()).toEqual(['v1', 'v2', 'v4'])
    expect(found.get('v1')?.repairs).toMatchObject([{ id: 'RO-1', partsReplaced: expect.stringContaining('"B"') as string }])
    expect([found.get('v2'), found.get('v4')]).toEqual([nothing, nothing])
  })
})

describe('a car of the fleet', () => {
  it('is excluded for dates that contradict each other or lie ahead, and without a master record', () => {
    const excluded = (more: Partial<KnownHistoryRow>) => toMasterData(row(more)).excluded
    expect([['soldBeforeBuilt'], ['futureDate', 'brokenUtf8'], ['brokenUtf8'], []].map(dataQuality => excluded({ dataQuality }))).toEqual([true, true, false, false])
    expect(excluded({ known: false })).toBe(true)
  })

  it('has been at a workshop since the first repair there was finished', () => {
    expect(firstVisits([['SC-2', '2022-03-01'], ['SC-1', '2022-02-01'], ['SC-2', '2022-01-01']])).toEqual([{ id: 'SC-1', from: '2022-02-01' }, { id: 'SC-2', from: '2022-01-01' }])
  })

  it('has the supplier of its lot, where the lot is known and names one', () => {
    const supplier = (lot: string | null, suppliers: string[]) => toLot({ id: 'x', partNo: 'P', lot, suppliers }).supplier
    expect([supplier('A', ['S-1']), supplier('A', ['S-1', 'S-2']), supplier('A', []), supplier(null, ['S-1'])]).toEqual(['S-1', null, null, null])
  })
})
