import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveSoftwareRuns, type InstallRecord, type SoftwareObservation, type SoftwareRecords } from '../../src/domain/validity-software.ts'

const builtOn = '2022-03-14'
const at = (month: number): string => `2023-${String(month).padStart(2, '0')}-01T00:00:00.000Z`

const car: SoftwareRecords = { builtOn, factory: { BMS: '3.1.4' }, installs: [], repairs: [], observations: [] }
const install = (month: number, version: string, result: InstallRecord['result'] = 'success'): InstallRecord => ({
  id: `${month}-${version}`, module: 'BMS', version, installedAt: at(month), channel: 'ota', result,
})
const seen = (month: number, version: string): SoftwareObservation => ({ id: `TS-${month}`, capturedAt: at(month), software: { BMS: version } })
/** version, from, to of each run. */
const runs = (records: Partial<SoftwareRecords>) =>
  deriveSoftwareRuns({ ...car, ...records }).runs.map(({ version, from, to }) => [version, from, to])

describe('deriveSoftwareRuns', () => {
  it('runs the factory version from the day the car was built', () => {
    expect(deriveSoftwareRuns(car).runs).toEqual([
      { module: 'BMS', version: '3.1.4', from: builtOn, to: null, channel: 'factory', observed: false },
    ])
  })

  it('changes what runs on success only', () => {
    expect(runs({ installs: [install(1, '3.2.0', 'failed'), install(2, '3.2.1'), install(3, '3.3.0', null)] })).toEqual([
      ['3.1.4', builtOn, at(2)], ['3.2.1', at(2), null],
    ])
  })

  it('runs the version before again after a roll-back', () => {
    expect(runs({ installs: [install(1, '3.2.0'), install(2, '3.2.0', 'rolled-back')] })).toEqual([
      ['3.1.4', builtOn, at(1)], ['3.2.0', at(1), at(2)], ['3.1.4', at(2), null],
    ])
  })

  it('does not bring back a version that was rolled back while another ran', () => {
    // 3.2.0, then 3.3.0 over it; 3.2.0 is removed below, so removing 3.3.0 falls back to the factory version.
    const installs = [install(1, '3.2.0'), install(2, '3.3.0'), install(3, '3.2.0', 'rolled-back'), install(4, '3.3.0', 'rolled-back')]
    expect(runs({ installs })).toEqual([
      ['3.1.4', builtOn, at(1)], ['3.2.0', at(1), at(2)], ['3.3.0', at(2), at(4)], ['3.1.4', at(4), null],
    ])
  })

  it('changes nothing when a version that never ran is rolled back', () => {
    expect(runs({ installs: [install(1, '9.9', 'rolled-back')] })).toEqual([['3.1.4', builtOn, null]])
  })

  it('leaves one run when the same version is installed again', () => {
    expect(runs({ installs: [install(1, '3.1.4')] })).toEqual([['3.1.4', builtOn, null]])
  })

  it('counts the software after a repair as a workshop install when the order is closed', () => {
    const order = { id: 'RO-1', partsReplaced: [], softwareAfter: { BMS: '3.2.1' } }
    expect(deriveSoftwareRuns({ ...car, repairs: [{ ...order, closedAt: at(1) }] }).runs.at(-1)).toMatchObject({
      version: '3.2.1', channel: 'workshop', from: at(1), to: null,
    })
    expect(runs({ repairs: [{ ...order, closedAt: null }] })).toEqual([['3.1.4', builtOn, null]])
  })

  it('names an observation that contradicts a record, and keeps what the record says', () => {
    const derived = deriveSoftwareRuns({ ...car, observations: [seen(1, '3.9.9'), seen(2, '3.1.4')] })
    expect(derived.contradicted).toEqual(['TS-1'])
    expect(derived.runs.map(({ version }) => version)).toEqual(['3.1.4'])
  })

  it('opens an interval marked observed where no record says anything, until one does', () => {
    const derived = deriveSoftwareRuns({ builtOn: null, factory: {}, repairs: [], installs: [install(3, '3.2.0')], observations: [seen(1, '3.1.4'), seen(2, '3.1.5')] })
    expect(derived.runs.map(({ version, from, to, observed }) => [version, from, to, observed])).toEqual([
      ['3.1.4', at(1), at(2), true], ['3.1.5', at(2), at(3), true], ['3.2.0', at(3), null, false],
    ])
    expect(derived.contradicted).toEqual([])
  })

  it('takes the contradiction back when the record behind it arrives', () => {
    const observations = [seen(2, '3.2.0')]
    expect(deriveSoftwareRuns({ ...car, observations }).contradicted).toEqual(['TS-2'])
    expect(deriveSoftwareRuns({ ...car, observations, installs: [install(1, '3.2.0')] }).contradicted).toEqual([])
  })

  it('lets an observation see what the same instant installed', () => {
    expect(deriveSoftwareRuns({ ...car, observations: [seen(1, '3.2.0')], installs: [install(1, '3.2.0')] }).contradicted).toEqual([])
  })

  it('gives the same runs in whichever order the records came, gapless while something is known', () => {
    const month = fc.integer({ min: 1, max: 6 })
    const version = fc.constantFrom('1', '2', '3')
    const installs = fc.uniqueArray(
      fc.tuple(month, version, fc.constantFrom('success', 'failed', 'rolled-back', null)).map(([m, v, result]) => install(m, v, result)),
      { selector: ({ installedAt }) => installedAt, maxLength: 6 },
    )
    const observations = fc.uniqueArray(fc.tuple(month, version).map(([m, v]) => seen(m, v)), { selector: ({ id }) => id, maxLength: 4 })
    const repairs = fc.uniqueArray(
      fc.tuple(month, version).map(([m, v]) => ({ id: `RO-${m}`, closedAt: at(m), partsReplaced: [], softwareAfter: { BMS: v } })),
      { selector: ({ id }) => id, maxLength: 3 },
    )
    const shuffledPair = <T>(list: fc.Arbitrary<T[]>) =>
      list.chain(items => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })))
    fc.assert(
      fc.property(shuffledPair(installs), shuffledPair(observations), shuffledPair(repairs), ([iA, iB], [oA, oB], [rA, rB]) => {
        const derived = deriveSoftwareRuns({ ...car, installs: iA, observations: oA, repairs: rA })
        expect(deriveSoftwareRuns({ ...car, installs: iB, observations: oB, repairs: rB })).toEqual(derived)
        for (const [index, run] of derived.runs.entries()) {
          const next = derived.runs[index + 1]
          if (next) expect(run.to === next.from && run.version !== next.version).toBe(true)
        }
      }),
      { seed: 20230109, numRuns: 500 },
    )
  })
})
