import { describe, expect, it } from 'vitest'
import type { RecordKind } from '../../../src/domain/record-kind.ts'
import { checkRecord } from '../../../src/ingest/readers/check-record.ts'
import { createOdometerHistory } from '../../../src/ingest/readers/odometer-history.ts'

const now = new Date('2023-06-01T12:00:00Z')
const vin = 'LJ1EEAUU0N7700001'
const vehicle = { vin, model: 'ES8', builtOn: '2022-03-14' }
const feedback = { channel: 'nomi', sourceId: 'F-1', occurredAt: '2023-01-09T06:12:44Z', text: 'charging stops', vin }
const order = { repairOrderId: 'RO-1', vin, openedAt: '2023-01-12T01:00:00Z', complaint: 'charging stops' }

const check = (kind: RecordKind, value: unknown) => checkRecord(kind, value, { now })
const errorsOf = (kind: RecordKind, value: unknown) => {
  const checked = check(kind, value)
  return checked.ok ? [] : checked.errors.map(({ path, message }) => `${path}: ${message}`)
}
const flagsOf = (kind: RecordKind, value: unknown) => {
  const checked = check(kind, value)
  return checked.ok ? checked.flags : checked.errors
}

describe('checkRecord, faults a plant engineer can act on', () => {
  it.each<[RecordKind, object, string[]]>([
    ['vehicles', { ...vehicle, modelYear: '2O22' }, ['modelYear: expected a whole number, got "2O22"']],
    ['vehicles', { ...vehicle, modelYear: 2022.5 }, ['modelYear: expected a whole number, got 2022.5']],
    ['vehicles', { ...vehicle, modelYear: 22 }, ['modelYear: expected at least 1900, got 22']],
    ['vehicles', { ...vehicle, builtOn: '2022-02-30' }, ['builtOn: expected a day that exists, as YYYY-MM-DD, got "2022-02-30"']],
    ['vehicles', { vin }, ['model: is required', 'builtOn: is required']],
    ['vehicles', { ...vehicle, parts: [{ component: 'traction-battery', partNo: 'B' }, { component: 'x', partNo: '', condition: 'refurbished' }] },
      ['parts[1].partNo: must not be empty', 'parts[1].condition: expected one of new, remanufactured or used, got "refurbished"']],
    ['vehicles', { ...vehicle, parts: {} }, ['parts: expected a list, got an object']],
    ['feedback', { ...feedback, occurredAt: '2023-01-09 06:12' }, ['occurredAt: expected an instant with offset, such as 2022-09-01T02:11:00Z, got "2023-01-09 06:12"']],
    ['feedback', { ...feedback, text: 'x'.repeat(20_001) }, ['text: expected at most 20000 characters, got 20001']],
    ['feedback', { ...feedback, text: '  ' }, ['text: must hold more than white space']],
    ['feedback', { ...feedback, crash: 'maybe' }, ['crash: expected true or false, got "maybe"']],
    ['feedback', { ...feedback, channel: 'Hot Line' }, ['channel: expected a word in kebab-case, such as hotline or service-group, got "Hot Line"']],
    ['repair-orders', { ...order, complaint: ' ' }, ['complaint: one of complaint, cause and correction must be said']],
    ['telemetry-snapshots', { snapshotId: 'TS', capturedAt: '2023-01-09T06:12:44Z', signals: { soc: [1] } }, ['signals.soc: expected a number, true or false or a text, got a list']],
  ])('%s %#', (kind, value, errors) => {
    expect(errorsOf(kind, value)).toEqual(errors)
  })

  it.each([[[], 'a list'], [null, 'null'], ['x', 'a string'], [7, 'a number']])('refuses what is no object: %j', (value, words) => {
    expect(check('feedback', value)).toEqual({ ok: false, errors: [{ path: '', message: `expected an object, got ${words}` }] })
  })
})

describe('checkRecord, VIN', () => {
  it.each(['LJ1EEAUU0N770000', 'LJ1EEAUU0N770000I', 'LJ1EEAUU0N77000-1'])('refuses a vehicle with VIN %s and does not repeat the VIN', wrong => {
    const errors = errorsOf('vehicles', { ...vehicle, vin: wrong })
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(/^vin: /)
    expect(errors[0]).not.toContain(wrong)
  })

  it('names the faults beside a wrong VIN too', () => {
    expect(errorsOf('vehicles', { vin: 'short', model: 'ES8' })).toEqual(['vin: a VIN has 17 characters, this has 5', 'builtOn: is required'])
  })

  it('drops the wrong VIN of an event, which loads and is marked', () => {
    expect(check('feedback', { ...feedback, vin: '1GTCS19W3S8' })).toMatchObject({ ok: true, record: { vin: null, text: 'charging stops' }, flags: ['vinInvalid'] })
    expect(flagsOf('repair-orders', { ...order, vin: 'UNKNOWN' })).toEqual(['vinInvalid'])
    expect(flagsOf('repair-orders', { ...order, vin: 12345 })).toEqual(['vinInvalid'])
  })

  it('still asks for a VIN where there must be one', () => {
    expect(errorsOf('repair-orders', { ...order, vin: null })).toEqual(['vin: is required'])
  })

  it('brings a VIN to its one form', () => {
    expect(check('feedback', { ...feedback, vin: ' lj1eeauu0n7700001 ' })).toMatchObject({ record: { vin }, flags: [] })
  })
})

describe('checkRecord, data quality', () => {
  it('marks a date after now, with five minutes for clocks', () => {
    expect(flagsOf('feedback', { ...feedback, receivedAt: '2023-06-01T12:04:00Z' })).toEqual([])
    expect(flagsOf('feedback', { ...feedback, receivedAt: '2023-06-01T12:06:00Z' })).toEqual(['futureDate'])
  })

  it('counts a day as come once it has begun somewhere on earth', () => {
    // At 12:00 UTC it is 02:00 of 2 June in UTC+14.
    expect(flagsOf('vehicles', { ...vehicle, soldOn: '2023-06-02' })).toEqual([])
    expect(flagsOf('vehicles', { ...vehicle, soldOn: '2023-06-03' })).toEqual(['futureDate'])
  })

  it('marks a sale before the build', () => {
    expect(flagsOf('vehicles', { ...vehicle, soldOn: '2022-03-13' })).toEqual(['soldBeforeBuilt'])
    expect(flagsOf('vehicles', { ...vehicle, soldOn: '2022-03-14' })).toEqual([])
  })

  it('lets a corrective action be planned ahead', () => {
    const planned = { caseId: 'C', title: 'T', rootCause: 'R', corrective: [{ actionType: 'process-change', effectiveFrom: '2024-01-01' }] }
    expect(flagsOf('cases', planned)).toEqual([])
  })
})

describe('createOdometerHistory', () => {
  it('marks the reading that contradicts, in whichever order the lines come', () => {
    const history = createOdometerHistory()
    expect(history.runsBackwards(vin, '2023-01-01T00:00:00Z', 10_000)).toBe(false)
    expect(history.runsBackwards(vin, '2023-02-01T00:00:00Z', 9_000)).toBe(true)
    expect(history.runsBackwards(vin, '2022-12-01T00:00:00Z', 11_000)).toBe(true)
    expect(history.runsBackwards(vin, '2023-03-01T00:00:00Z', 10_001)).toBe(false)
    expect(history.runsBackwards('LJ1EEAUU0N7700002', '2023-03-01T00:00:00Z', 5)).toBe(false)
  })

  it('lets a kilometre be lost to rounding, and a reading be repeated', () => {
    const history = createOdometerHistory()
    history.runsBackwards(vin, '2023-01-01T00:00:00Z', 10_000.6)
    expect(history.runsBackwards(vin, '2023-01-02T00:00:00Z', 10_000)).toBe(false)
    expect(history.runsBackwards(vin, '2023-01-01T00:00:00Z', 10_000.6)).toBe(false)
  })

  it('lets go of the car not met for longest', () => {
    const history = createOdometerHistory({ maxVehicles: 2 })
    history.runsBackwards('A', '2023-01-01T00:00:00Z', 100)
    history.runsBackwards('B', '2023-01-01T00:00:00Z', 100)
    history.runsBackwards('A', '2023-01-02T00:00:00Z', 100)
    history.runsBackwards('C', '2023-01-01T00:00:00Z', 100)
    expect(history.runsBackwards('A', '2023-02-01T00:00:00Z', 10)).toBe(true)
    expect(history.runsBackwards('B', '2023-02-01T00:00:00Z', 10)).toBe(false)
  })

  it('is asked by the kinds that carry an odometer', () => {
    const odometers = createOdometerHistory()
    checkRecord('feedback', { ...feedback, odometerKm: 12_000 }, { now, odometers })
    const later = checkRecord('repair-orders', { ...order, odometerKm: 11_000 }, { now, odometers })
    expect(later).toMatchObject({ ok: true, flags: ['odometerBackwards'] })
  })
})
