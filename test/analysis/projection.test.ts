import { describe, expect, it } from 'vitest'
import { createProjectionBuilder, mergeProjection, never, toMinute, vehicleIndex, type Projection } from '../../src/analysis/projection.ts'
import { buildWeekOf } from '../../src/domain/dimension.ts'
import type { FleetVehicle } from '../../src/domain/fleet.ts'

const part = (sides: Partial<FleetVehicle['parts'][number]> = {}): FleetVehicle['parts'][number] =>
  ({ component: 'pump', partNo: 'CP-1', lot: '21W10', supplier: 'S1', condition: 'new', from: '2021-03-01', to: null, ...sides })

const car = (id: string, sides: Partial<FleetVehicle> = {}): FleetVehicle => ({
  id, make: 'NIO', model: 'ES8', modelYear: 2021, trim: 'base', plant: 'HF1', builtOn: '2021-03-01', soldOn: '2021-04-02', region: 'north', options: [],
  excluded: false, parts: [part()], software: [], serviceCenters: [], ...sides,
})

const build = (rows: readonly FleetVehicle[], order: 'added' | 'id' = 'id'): Projection => {
  const builder = createProjectionBuilder({ order })
  rows.forEach(row => builder.add(row))
  return builder.build()
}

/** What a car carries, spelled out: dimension, level and interval of each entry's levels. */
const carried = (projection: Projection, id: string): string[] => {
  const v = vehicleIndex(projection)(id)!
  const { entryOffsets, entryBundle, entryFrom, entryTo, bundleOffsets, bundleLevels, levels } = projection
  const found: string[] = []
  for (let e = entryOffsets[v]!; e < entryOffsets[v + 1]!; e++)
    for (let b = bundleOffsets[entryBundle[e]!]!; b < bundleOffsets[entryBundle[e]! + 1]!; b++) {
      const { dimension, level, known } = levels[bundleLevels[b]!]!
      const [from, to] = [entryFrom[e]!, entryTo[e]!]
      const day = (minute: number): string => (Math.abs(minute) === never ? '' : new Date(minute * 60_000).toISOString().slice(0, 10))
      found.push(`${dimension} ${level}${known ? '' : '?'} ${day(from)}..${day(to)}`)
    }
  return found.sort()
}

const isOverlapping = ({ overlapping }: Projection, v: number): boolean => ((overlapping[v >>> 5]! >>> (v & 31)) & 1) === 1

describe('a projection', () => {
  it('holds what each car is, carried and ran, with the intervals', () => {
    const projection = build([car('b', {
      options: ['tow-bar', 'glass-roof'],
      parts: [part({ to: '2022-01-05T10:00:00.000Z' }), part({ lot: null, partNo: 'CP/2', supplier: null, condition: null, from: '2022-01-05T10:00:00.000Z' })],
      software: [{ module: 'BMS', version: '3.1@x', from: '2021-03-01', to: null }],
      serviceCenters: [{ id: 'SC-1', from: '2022-01-05T10:00:00.000Z' }],
    })])
    expect(carried(projection, 'b')).toEqual([
      'build-week 2021-W09 ..',
      'condition pump/new 2021-03-01..2022-01-05',
      'condition pump/unknown? 2022-01-05..',
      'lot CP%2F2/unknown? 2022-01-05..',
      'lot CP-1/21W10 2021-03-01..2022-01-05',
      'model ES8 ..',
      'model-year 2021 ..',
      'option glass-roof ..',
      'option tow-bar ..',
      'part-number CP%2F2 2022-01-05..',
      'part-number CP-1 2021-03-01..2022-01-05',
      'plant HF1 ..',
      'region north ..',
      'service-center SC-1 2022-01-05..',
      'software BMS@3.1%40x 2021-03-01..',
      'supplier pump/S1 2021-03-01..2022-01-05',
      'supplier pump/unknown? 2022-01-05..',
      'trim base ..',
    ])
    expect(projection.models).toEqual(['NIO ES8'])
    expect(projection.soldAt[0]).toBe(toMinute('2021-04-02', 0))
    expect(projection.levels[projection.region[0]!]).toMatchObject({ dimension: 'region', level: 'north' })
  })

  it('gives no exposure to excluded and unsold cars, and takes the word unknown for what it says', () => {
    const projection = build([car('a', { excluded: true }), car('b', { soldOn: null }), car('c', { trim: 'unknown' })])
    expect([...projection.soldAt]).toEqual([never, never, toMinute('2021-04-02', 0)])
    expect(carried(projection, 'c')).toContain('trim unknown? ..')
  })

  it('numbers build weeks from the earliest, as they are spelled', () => {
    const projection = build([car('a', { builtOn: '2020-12-28' }), car('b', { builtOn: '2021-01-17' }), car('c', { builtOn: null })])
    expect([...projection.week]).toEqual([0, 2, -1])
    expect(projection.weekNames).toEqual(['2020-W53', '2021-W01', '2021-W02'])
    expect(projection.weekNames[2]).toBe(buildWeekOf('2021-01-17'))
  })

  it('says unknown for a component that most cars of the model carry', () => {
    const projection = build([car('a'), car('b'), car('c', { parts: [] }), car('d', { model: 'ET5', parts: [] })])
    expect(carried(projection, 'c').filter(text => text.includes('pump'))).toEqual(['lot pump/unknown? ..', 'supplier pump/unknown? ..'])
    expect(carried(projection, 'd').filter(text => text.includes('pump'))).toEqual([])
  })

  it('marks cars that carry one level twice at one time, not those that carry it again later', () => {
    const second = (from: string): FleetVehicle['parts'][number] => part({ lot: '21W12', from })
    const projection = build([
      car('a'),
      car('b', { parts: [part({ to: '2022-01-01' }), second('2022-01-01')] }),
      car('c', { parts: [part({ to: '2022-01-01' }), second('2021-12-31')] }),
      car('d', { parts: [part({ to: null }), part({ component: 'fan', partNo: 'F', supplier: 'S1' })] }),
    ])
    expect([0, 1, 2, 3].map(v => isOverlapping(projection, v))).toEqual([false, false, true, false])
  })

  it('shares its columns with worker threads', () => {
    const { levelBundles, ids: _, levels: __, ...columns } = build([car('a'), car('b')])
    const arrays = [...Object.values(columns).filter(column => ArrayBuffer.isView(column)), ...levelBundles]
    expect(arrays).toHaveLength(15 + levelBundles.length)
    expect(arrays.every(array => array.buffer instanceof SharedArrayBuffer)).toBe(true)
  })
})

describe('the order of cars', () => {
  const rows = [car('c', { plant: 'HF2' }), car('a'), car('b', { parts: [part({ lot: '21W11' })] })]
  it('is as added, or by id whatever order they come in', () => {
    expect(build(rows, 'added').ids).toEqual(['c', 'a', 'b'])
    expect(build(rows)).toEqual(build([rows[1]!, rows[2]!, rows[0]!]))
    expect(build(rows).ids).toEqual(['a', 'b', 'c'])
  })

  it('finds each car by id', () => {
    for (const projection of [build(rows), build(rows, 'added')]) {
      const indexOf = vehicleIndex(projection)
      expect(projection.ids.map(indexOf)).toEqual([0, 1, 2])
      expect(indexOf('aa')).toBeUndefined()
      expect(indexOf('z')).toBeUndefined()
    }
  })
})

describe('a merged projection', () => {
  const fleet = Array.from({ length: 40 }, (_, i) => car(`v${String(i).padStart(2, '0')}`, {
    plant: `HF${i % 3}`, builtOn: `2021-03-${String(1 + (i % 28)).padStart(2, '0')}`, region: i % 5 === 0 ? null : `R${i % 4}`,
    options: i % 2 === 0 ? ['tow-bar'] : [],
    parts: [part({ lot: `L${i % 7}` }), ...(i % 4 === 3 ? [] : [part({ component: 'fan', partNo: 'FAN', lot: `F${i % 3}` })])],
  }))

  it('is that of all cars read at once', () => {
    const changed = [
      { ...fleet[7]!, parts: [part({ lot: 'L0', to: '2022-02-02' }), part({ lot: 'SPARE', from: '2022-02-02' })] },
      { ...fleet[0]!, builtOn: '2020-06-01', model: 'ET5' },
      car('v99', { plant: 'HF9' }),
      car('u00'),
    ]
    const now = [...fleet.filter((_, i) => i !== 7 && i !== 0), ...changed]
    expect(mergeProjection(build(fleet), changed)).toEqual(build(now))
  })

  it('forgets levels, bundles and models that no car has any more', () => {
    const only = car('x', { model: 'ONLY', plant: 'P-ONLY', parts: [part({ lot: 'L-ONLY' })] })
    const merged = mergeProjection(build([...fleet, only]), [car('x')])
    expect(merged).toEqual(build([...fleet, car('x')]))
    expect(merged.models).toEqual(['NIO ES8'])
    expect(merged.levels.map(level => level.level).filter(level => level.includes('ONLY'))).toEqual([])
  })

  it('says anew which components cars lack, for the cars that did not change too', () => {
    const without = fleet.slice(0, 10).map(row => ({ ...row, parts: row.parts.filter(one => one.component === 'pump') }))
    const some = [...without.slice(0, 6), ...fleet.slice(6, 10)]
    expect(carried(build(some), 'v00').filter(text => text.includes('fan'))).toEqual([])
    const merged = mergeProjection(build(some), [fleet[1]!, fleet[2]!, fleet[4]!])
    expect(merged).toEqual(build([without[0]!, fleet[1]!, fleet[2]!, without[3]!, fleet[4]!, without[5]!, ...fleet.slice(6, 10)]))
    expect(carried(merged, 'v00').filter(text => text.includes('fan'))).toEqual(['lot fan/unknown? ..', 'supplier fan/unknown? ..'])
    expect(mergeProjection(merged, [without[1]!, without[2]!, without[4]!])).toEqual(build(some))
  })

  it('takes the last of the rows of one car', () => {
    expect(mergeProjection(build(fleet), [car('v03', { plant: 'X' }), car('v03', { plant: 'HF7' })]))
      .toEqual(build(fleet.map((row, i) => (i === 3 ? car('v03', { plant: 'HF7' }) : row))))
  })
})
