import { describe, expect, it } from 'vitest'
import { drawGamma, drawIndex, drawPoisson, upperQuantile } from '../../../src/analysis/early-warning/draws.ts'
import { createFleetGrid } from '../../../src/analysis/early-warning/fleet-grid.ts'
import { createThresholdSource, scanFleet } from '../../../src/analysis/early-warning/fleet-scan.ts'
import { createNullThresholds } from '../../../src/analysis/early-warning/null-streams.ts'
import { strongestOfNested } from '../../../src/analysis/early-warning/nested-streams.ts'
import { createWarningStreams } from '../../../src/analysis/early-warning/warning-streams.ts'
import { createRandom } from '../../../src/analysis/random.ts'
import { firstBuild, reportOn, smallFleet } from './scan-fleet-double.ts'

describe('draws', () => {
  const random = createRandom(5)
  const meanOf = (draw: () => number, n: number): number => Array.from({ length: n }, draw).reduce((sum, value) => sum + value, 0) / n

  it('have the moments of their laws', () => {
    expect(meanOf(() => drawGamma(random, 12), 20_000)).toBeCloseTo(1, 1)
    expect(meanOf(() => (drawGamma(random, 12) - 1) ** 2, 20_000)).toBeCloseTo(1 / 12, 2)
    expect(Math.abs(meanOf(() => drawPoisson(random, 70), 5_000) - 70)).toBeLessThan(0.6)
  })

  it('pick in proportion, never what has no share', () => {
    const totals = Float64Array.of(0, 1, 1, 4)
    const counts = [0, 0, 0, 0]
    for (let i = 0; i < 4_000; i++) counts[drawIndex(random, totals)]!++
    expect([counts[0], counts[2]]).toEqual([0, 0])
    expect(counts[1]! / 4_000).toBeCloseTo(0.25, 1)
  })

  it('read the quantile of a list from above', () => {
    const values = Array.from({ length: 10 }, (_, i) => 10 - i)
    expect([upperQuantile(values, 0.9), upperQuantile(values, 0.91), upperQuantile(values, 1)]).toEqual([9, 10, 10])
  })
})

describe('limits', () => {
  const fleet = smallFleet(16, 20)
  const cutOff = firstBuild / 60_000 + 50 * 10_080
  const grid = createFleetGrid({ projection: fleet.projection, cutOff })
  const reported = Float64Array.from({ length: grid.weeks }, (_, age) => age + 1)

  it('are the same for the same seed and level, and rise with the part of the false alarms that is withheld', () => {
    const limits = createNullThresholds({ grid, reported, seed: 3, nulls: 60 })
    const again = createNullThresholds({ grid, reported, seed: 3, nulls: 60 })
    expect(again.thresholdOf(30)).toEqual(limits.thresholdOf(30))
    expect(limits.thresholdOf(33)).toEqual(limits.thresholdOf(30))
    expect(limits.thresholdOf(30, 0.5).cohort).toBeGreaterThanOrEqual(limits.thresholdOf(30, 0).cohort)
    // A handful of nats: more than one look would need (ln 20), less than the number of windows would.
    expect(limits.thresholdOf(30).cohort).toBeGreaterThan(3)
    expect(limits.thresholdOf(30).cohort).toBeLessThan(14)
  })

  it('stand for a quarter: they are those of the fleet at its start', () => {
    const source = createThresholdSource({ projection: fleet.projection, course: reported, seed: 3, nulls: 30 })
    const week = (at: number): number => grid.weekOf(at / 60_000)
    expect(source(grid, 20, week(Date.UTC(2022, 9, 20)))).toEqual(source(grid, 20, week(Date.UTC(2022, 11, 1))))
  })

  it('let a planted cohort alarm from the week its evidence crosses them, and leave its siblings alone', () => {
    const bad = fleet.cars.filter(car => [5, 6].includes(Number(car.id.split('-')[1])) && car.plant === 'HF1')
    const reports = [...fleet.cars.filter((_, i) => i % 30 === 4).map((car, i) => reportOn(car, 10 + (i * 37) % 150)), ...bad.map((car, i) => reportOn(car, 20 + i * 4))]
    const streams = createWarningStreams(reports, fleet.indexOf)
    const scan = (week: number) => scanFleet({
      grid: createFleetGrid({ projection: fleet.projection, cutOff: cutOff - (grid.weeks - 1 - week) * 10_080 }),
      streams, scanned: [...streams.values()], thresholds: () => ({ cohort: 8, fleet: 99 }),
    })
    const { alarms } = scan(grid.weeks - 1)
    expect(alarms).toHaveLength(1)
    expect(alarms[0]).toMatchObject({ method: 'cohort-scan', cell: { dimension: 'plant', level: 'HF1' }, window: { from: '2022-W06', to: '2022-W07' } })
    const first = grid.weekOf(alarms[0]!.firstAlarmAt - 1)
    expect(first).toBeLessThan(grid.weeks - 1)
    expect(scan(first).alarms).toHaveLength(1)
    expect(scan(first - 1).alarms).toHaveLength(0)
  })
})

it('keeps the strongest of nested streams on the same cars', () => {
  const alarm = (component: string | null, symptom: string | null, llr: number) => ({ component, symptom, llr })
  const kept = strongestOfNested([alarm('a', 'x', 5), alarm('a', null, 7), alarm(null, 'x', 4), alarm('b', 'x', 3), alarm('b', null, 3)], () => true)
  expect(kept).toEqual([
    { ...alarm('a', null, 7), nested: [{ component: 'a', symptom: 'x' }] }, { ...alarm(null, 'x', 4), nested: [{ component: 'b', symptom: 'x' }] }, { ...alarm('b', null, 3), nested: [] },
  ])
})
