import { describe, expect, it } from 'vitest'
import { companionCusum } from '../../../src/analysis/early-warning/companion-cusum.ts'
import { createFleetGrid } from '../../../src/analysis/early-warning/fleet-grid.ts'
import type { GridEvent } from '../../../src/analysis/early-warning/grid-events.ts'
import { countedShare, delayCdfOf } from '../../../src/analysis/early-warning/reporting-lag.ts'
import { ageBins, expectedPerCar, exposureByAge, ratesByAge } from '../../../src/analysis/early-warning/stream-expectation.ts'
import { createWarningStreams } from '../../../src/analysis/early-warning/warning-streams.ts'
import { firstBuild, reportOn, smallFleet } from './scan-fleet-double.ts'

const weekMinutes = 10_080
const fleet = smallFleet(4, 28)
const grid = createFleetGrid({ projection: fleet.projection, cutOff: firstBuild / 60_000 + 16 * weekMinutes })

describe('streams', () => {
  const [car, other] = [fleet.cars[0]!, fleet.cars[1]!]

  it('folds reports of one car and class within 30 days of the first, and keeps when the first was known', () => {
    const streams = createWarningStreams([
      reportOn(car, 10, { delay: 20 }), reportOn(car, 35, { delay: 1 }), reportOn(car, 45), reportOn(other, 12),
    ], fleet.indexOf)
    const stream = streams.get('traction-battery/charging-stops')!
    expect([stream.events.length, stream.duplicates]).toEqual([3, 1])
    expect(stream.events[0]!.receivedAt - stream.events[0]!.at).toBe(20 * 1_440)
  })

  it('makes a stream of each class, component and symptom, and one event of two symptoms of a component', () => {
    const streams = createWarningStreams([reportOn(car, 10), reportOn(car, 11, { symptom: 'charging-slow' }), reportOn(other, 10, { component: null })], fleet.indexOf)
    expect(Object.fromEntries([...streams].map(([key, { events }]) => [key, events.length]))).toEqual({
      'traction-battery/charging-stops': 1, 'traction-battery/*': 1, '*/charging-stops': 2, 'traction-battery/charging-slow': 1, '*/charging-slow': 1,
    })
  })

  it('leaves out reports that are less likely of the class than not', () => {
    expect(createWarningStreams([reportOn(car, 10, { linkWeight: 0.4 })], fleet.indexOf).size).toBe(0)
  })
})

describe('reporting lag', () => {
  const eventsWith = (rows: number[][]): GridEvent[] =>
    rows.flatMap((delays, eventWeek) => delays.flatMap((count, delay) =>
      Array.from({ length: count * 10 }, () => ({ vehicle: 0, stratum: 0, eventWeek, reportWeek: eventWeek + delay }))))

  it('example 20, ten times over: reads the delays by the reverse hazard', () => {
    const cdf = delayCdfOf(eventsWith([[4, 3, 2, 1], [5, 3, 2], [4, 4], [5]]), 3)!
    expect(cdf.map(share => Math.round(share * 1e4) / 1e4)).toEqual([0.4016, 0.7105, 0.9, 1])
  })

  it('says nothing with too few events', () => {
    expect(delayCdfOf(eventsWith([[1]]), 3)).toBeNull()
  })

  it('counts what has been reported, without masked weeks', () => {
    expect([...countedShare([0.5, 0.75, 1], 3, new Set())]).toEqual([1, 1, 0.75, 0.5])
    // Week 2 is masked: it takes the reports that come two weeks after week 0, one week after week 1, and at once of week 2.
    expect([...countedShare([0.5, 0.75, 1], 3, new Set([2]))]).toEqual([0.75, 0.75, 0.25, 0.5])
  })
})

describe('expectations', () => {
  it('puts ages into the bins of the note', () => {
    // Three months are 91.3 days: 13 weeks are 91 and still in the first bin.
    const bins = ageBins(30)
    expect([0, 13, 14, 26, 27].map(week => bins[week])).toEqual([0, 0, 1, 1, 2])
  })

  it('gives the stream what it had, when all is reported and the cars are alike', () => {
    const week = grid.weeks - 1
    const events = fleet.cars.filter((_, i) => i % 2 === 0).map((_car, i) => ({ vehicle: i * 2, stratum: grid.stratumOf[i * 2]!, eventWeek: week, reportWeek: week }))
    const counted = countedShare(null, week, new Set())
    const exposure = exposureByAge(grid, counted)
    const parent = { rates: ratesByAge({ grid, events, exposure, parent: null }), events: events.length }
    const rates = ratesByAge({ grid, events, exposure, parent })
    const perCar = expectedPerCar({ grid, events, rates, counted })
    const total = grid.soldCars.reduce((sum, cars, i) => sum + cars * perCar[i]!, 0)
    expect(total).toBeGreaterThan(events.length * 0.8)
    expect(total).toBeLessThan(events.length * 1.2)
  })

  it('corrects for reports to come and shrinks to the parent, as in example 22', () => {
    // All exposure is in the first bin: T_F is the sum over cars and weeks of F; 9 events against 5 pseudo-events at the parent's rate.
    const week = grid.weeks - 1
    const counted = countedShare([0.35, 0.6, 0.75, 0.85, 1], week, new Set())
    const exposure = exposureByAge(grid, counted)
    const events = Array.from({ length: 9 }, () => ({ vehicle: 0, stratum: grid.stratumOf[0]!, eventWeek: grid.sold[grid.stratumOf[0]!]! + 1, reportWeek: week }))
    const rates = ratesByAge({ grid, events, exposure, parent: { rates: new Float64Array(8).fill(0.002), events: 9 } })
    expect(exposure[1]).toBe(0)
    expect(rates[0]).toBeCloseTo((9 + 5) / (exposure[0]! + 5 / 0.002), 12)
  })
})

describe('companion', () => {
  it('is levelled by the weeks before: a stream that always runs double raises nothing, one that doubles does', () => {
    const expected = new Array<number>(40).fill(4)
    const double = companionCusum(new Array<number>(40).fill(8), expected)
    const later = companionCusum(expected.map((_, week) => (week < 25 ? 4 : 12)), expected)
    expect(double.at(-1)).toBeLessThan(2)
    expect(later.at(-1)).toBeGreaterThan(20)
    expect(later[24]).toBe(0)
  })
})
