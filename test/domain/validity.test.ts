import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CarriedPart, deriveInstalledParts, type RepairRecord } from '../../src/domain/validity.ts'

const builtOn = '2022-03-14'
const january = '2023-01-13T09:30:00.000Z'
const june = '2023-06-01T10:00:00.000Z'

const battery: CarriedPart = {
  component: 'traction-battery', position: null, partNo: 'BAT-100-A', lot: '22W10', serial: null, condition: 'new', builtOn: null,
}
const caliper = (position: string | null, lot: string): CarriedPart => ({
  component: 'brake-caliper', position, partNo: 'CAL-7', lot, serial: null, condition: null, builtOn: null,
})
const swap = {
  component: 'traction-battery', removedPartNo: 'BAT-100-A', removedLot: '22W10', installedPartNo: 'BAT-100-B', installedLot: '23W01',
}
const repair = (id: string, closedAt: string | null, partsReplaced: RepairRecord['partsReplaced']): RepairRecord => ({
  id, closedAt, partsReplaced, softwareAfter: {},
})
/** lot, from, to of each interval, in order of from. */
const lots = ({ installed }: ReturnType<typeof deriveInstalledParts>) => installed.map(({ lot, from, to }) => [lot, from, to])

describe('deriveInstalledParts', () => {
  it('starts as-built parts on the day the car was built', () => {
    expect(lots(deriveInstalledParts(builtOn, [battery], []))).toEqual([['22W10', builtOn, null]])
  })

  it('ends the old lot and starts the new one when the order is closed', () => {
    const derived = deriveInstalledParts(builtOn, [battery], [repair('RO-1', january, [swap])])
    expect(lots(derived)).toEqual([['22W10', builtOn, january], ['23W01', january, null]])
    expect(derived.installed[1]).toMatchObject({ partNo: 'BAT-100-B', source: 'RO-1', component: 'traction-battery' })
    expect(derived.removedPartNotFound).toEqual([])
  })

  it('changes nothing while the order is open', () => {
    expect(lots(deriveInstalledParts(builtOn, [battery], [repair('RO-1', null, [swap])]))).toEqual([['22W10', builtOn, null]])
  })

  it('starts the new lot and names the order when the removed lot is not in the car', () => {
    const derived = deriveInstalledParts(builtOn, [battery], [repair('RO-1', january, [{ ...swap, removedLot: '22W11' }])])
    expect(lots(derived)).toEqual([['22W10', builtOn, null], ['23W01', january, null]])
    expect(derived.removedPartNotFound).toEqual(['RO-1'])
  })

  it('tells several of one component apart by position', () => {
    const car = [caliper('front-left', '22A'), caliper('front-right', '22A')]
    const replaced = { component: 'brake-caliper', position: 'front-right', removedPartNo: 'CAL-7', installedPartNo: 'CAL-7', installedLot: '23B' }
    const { installed } = deriveInstalledParts(builtOn, car, [repair('RO-1', january, [replaced])])
    expect(installed.filter(({ to }) => to === null).map(({ position, lot }) => [position, lot])).toEqual([
      ['front-left', '22A'], ['front-right', '23B'],
    ])
  })

  it('tells them apart by part number and lot where the order gives no position', () => {
    const car = [caliper('front-left', '22A'), caliper('front-right', '22B')]
    const replaced = { component: 'brake-caliper', removedPartNo: 'CAL-7', removedLot: '22B' }
    const { installed } = deriveInstalledParts(builtOn, car, [repair('RO-1', january, [replaced])])
    expect(installed.map(({ lot, to }) => [lot, to])).toEqual([['22A', null], ['22B', january]])
  })

  it('finds the only part of that number and lot at another position', () => {
    const replaced = { component: 'brake-caliper', position: 'FL', removedPartNo: 'CAL-7', removedLot: '22A' }
    const derived = deriveInstalledParts(builtOn, [caliper('front-left', '22A')], [repair('RO-1', january, [replaced])])
    expect(lots(derived)).toEqual([['22A', builtOn, january]])
  })

  it('does not choose between two lots when the order names neither', () => {
    const car = [caliper(null, '22A'), caliper(null, '22B')]
    const derived = deriveInstalledParts(builtOn, car, [repair('RO-1', january, [{ component: 'brake-caliper' }])])
    expect(lots(derived)).toEqual([['22A', builtOn, null], ['22B', builtOn, null]])
    expect(derived.removedPartNotFound).toEqual(['RO-1'])
  })

  it('takes out one of several parts of the same lot', () => {
    const car = [caliper(null, '22A'), caliper(null, '22A')]
    const replaced = { component: 'brake-caliper', removedPartNo: 'CAL-7', removedLot: '22A' }
    expect(lots(deriveInstalledParts(builtOn, car, [repair('RO-1', january, [replaced])]))).toEqual([['22A', builtOn, null], ['22A', builtOn, january]])
  })

  it('replaces what an earlier order put in', () => {
    const again = { ...swap, removedPartNo: 'BAT-100-B', removedLot: '23W01', installedLot: '23W20' }
    const derived = deriveInstalledParts(builtOn, [battery], [repair('RO-2', june, [again]), repair('RO-1', january, [swap])])
    expect(lots(derived)).toEqual([['22W10', builtOn, january], ['23W01', january, june], ['23W20', june, null]])
  })

  it('starts what was put in even where the car itself is not known', () => {
    const derived = deriveInstalledParts(null, [], [repair('RO-1', january, [swap])])
    expect(lots(derived)).toEqual([['23W01', january, null]])
    expect(derived.removedPartNotFound).toEqual(['RO-1'])
  })

  it('gives the same intervals in whichever order the records came', () => {
    const position = fc.constantFrom(null, 'left', 'right')
    const lot = fc.constantFrom('A', 'B', null)
    const parts = fc.array(fc.record({ position, lot }).map(side => ({ ...caliper(null, 'A'), ...side })), { maxLength: 4 })
    const replaced = fc.record({
      component: fc.constant('brake-caliper'), position, removedPartNo: fc.constantFrom('CAL-7', null), removedLot: lot,
      installedPartNo: fc.constantFrom('CAL-7', null), installedLot: lot,
    })
    const closed = fc.constantFrom(null, january, june, '2022-01-01T00:00:00.000Z')
    const repairs = fc.uniqueArray(
      fc.record({ id: fc.constantFrom('RO-1', 'RO-2', 'RO-3', 'RO-4'), closedAt: closed, partsReplaced: fc.array(replaced, { maxLength: 2 }) })
        .map(order => ({ ...order, softwareAfter: {} })),
      { selector: ({ id }) => id },
    )
    const shuffledPair = <T>(list: fc.Arbitrary<T[]>) =>
      list.chain(items => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })))
    fc.assert(
      fc.property(shuffledPair(parts), shuffledPair(repairs), ([partsA, partsB], [repairsA, repairsB]) => {
        expect(deriveInstalledParts(builtOn, partsB, repairsB)).toEqual(deriveInstalledParts(builtOn, partsA, repairsA))
      }),
      { seed: 20230109, numRuns: 500 },
    )
  })
})
