import { expect, it, describe } from 'vitest'
import { scanCohorts, withoutOverlaps } from '../../../src/analysis/early-warning/cohort-scan.ts'
import { createFleetGrid } from '../../../src/analysis/early-warning/fleet-grid.ts'
import { gridEventsOf } from '../../../src/analysis/early-warning/grid-events.ts'
import { createStreamJudge } from '../../../src/analysis/early-warning/stream-state.ts'
import { createWarningStreams } from '../../../src/analysis/early-warning/warning-streams.ts'
import { maxSprtLlr } from '../../../src/analysis/sequential-tests.ts'
import type { ClassReport } from '../../../src/domain/fleet.ts'
import { firstBuild, reportOn, smallFleet } from './scan-fleet-double.ts'

const dayMinutes = 1_440
const fleet = smallFleet(20, 24)
// Week 40 after the first build: every car has been sold for at least 14 weeks.
const cutOff = firstBuild / 60_000 + 40 * 7 * dayMinutes
const grid = createFleetGrid({ projection: fleet.projection, cutOff })

const eventsOf = (reports: ClassReport[]) => {
  const stream = createWarningStreams(reports, fleet.indexOf).get('traction-battery/charging-stops')!
  return gridEventsOf(grid, stream).events
}

describe('fleet grid', () => {
  it('counts every car once in all, once in its plant and once a component in its supplier', () => {
    const carsOf = (level: string) => {
      const cell = grid.cells.findIndex(one => one.level === level)
      return grid.entryCars.subarray(grid.entryOffsets[cell], grid.entryOffsets[cell + 1]).reduce((sum, cars) => sum + cars, 0)
    }
    expect([carsOf('all'), carsOf('HF1'), carsOf('HF2')]).toEqual([480, 240, 240])
    expect(grid.cells.map(cell => cell.dimension).sort()).toEqual(['all', 'plant', 'plant', 'supplier', 'supplier', 'supplier', 'supplier'])
    expect(carsOf('traction-battery/S-1')).toBe(120)
    expect([...grid.cellsOf(0)].map(cell => grid.cells[cell]!.level).sort()).toEqual(['HF1', 'all', 'tire/T-1', 'traction-battery/S-1'])
  })

  it('ends its last week at the cut-off', () => {
    expect(grid.weekOf(cutOff - 1)).toBe(grid.weeks - 1)
    expect(grid.weekOf(cutOff - 7 * dayMinutes - 1)).toBe(grid.weeks - 2)
  })
})

describe('cohort scan', () => {
  const flat = new Float64Array(grid.models * grid.weeks).fill(0.01)
  const penalties = new Float64Array(grid.cells.length)
  // Every 40th car has a report, and so has every battery of S-1 built in weeks 8 to 9.
  const background = fleet.cars.filter((_, i) => i % 40 === 7)
  const bad = fleet.cars.filter(car => [8, 9].includes(Number(car.id.split('-')[1])) && car.parts[0]!.supplier === 'S-1')
  const events = eventsOf([...background, ...bad].map(car => reportOn(car, 30)))

  it('finds the supplier and the weeks, with expectations scaled to the stream', () => {
    const [best] = scanCohorts({ grid, events, perCar: flat, penalties, above: 5 })
    expect(grid.cells[best!.cell]!.level).toBe('traction-battery/S-1')
    expect([grid.weekNames[best!.from], grid.weekNames[best!.to]]).toEqual(['2022-W09', '2022-W10'])
    // 12 cars of 480 at 0.01 expected each, 24 reports where 4.8 are expected: 0.12 × (24 + 5) / (4.8 + 5).
    expect(best!.observed).toBe(12)
    expect(best!.expected).toBeCloseTo((0.12 * 29) / 9.8, 9)
    expect(best!.llr).toBeCloseTo(maxSprtLlr(12, (0.12 * 29) / 9.8), 9)
  })

  it('does not take a stream that runs above its baseline for a cohort', () => {
    const even = eventsOf(fleet.cars.filter((_, i) => i % 5 === 1).map(car => reportOn(car, 30)))
    // 96 reports where 32 are expected: without scaling, 13 weeks of the whole fleet would alarm with LLR 20.8 − 62 + 62 ln(62 / 20.8) = 26.5.
    const tooLow = new Float64Array(flat.length).fill(32 / 480)
    expect(maxSprtLlr(62, 20.8)).toBeCloseTo(26.52, 2)
    expect(scanCohorts({ grid, events: even, perCar: tooLow, penalties, above: 3 })).toEqual([])
  })

  it('asks more of suppliers of other components', () => {
    const foreign = scanCohorts({ grid, events, perCar: flat, penalties: penalties.map((_, cell) => (grid.cells[cell]!.component === 'tire' ? 100 : 0)), above: 0 })
    expect(foreign.some(cohort => grid.cells[cohort.cell]!.component === 'tire')).toBe(false)
  })

  it('keeps one of overlapping windows', () => {
    const cohort = (from: number, to: number, llr: number) => ({ cell: 0, from, to, observed: 5, expected: 1, llr, penalty: 0 })
    expect(withoutOverlaps([cohort(4, 7, 9), cohort(7, 8, 8), cohort(0, 3, 7), cohort(3, 3, 6)]).map(one => one.llr)).toEqual([9, 7])
  })
})

describe('a stream as it stands', () => {
  const bad = fleet.cars.filter(car => [8, 9].includes(Number(car.id.split('-')[1])) && car.parts[0]!.supplier === 'S-1')
  const streams = createWarningStreams([...fleet.cars.filter((_, i) => i % 40 === 7), ...bad].map(car => reportOn(car, 30)), fleet.indexOf)
  const events = new Map([...streams].map(([key, stream]) => [key, gridEventsOf(grid, stream).events]))
  const judge = (week: number, masked: ReadonlySet<number> = new Set()) =>
    createStreamJudge({ grid, events, week, masked: () => masked }).judge({ component: 'traction-battery', symptom: 'charging-stops' }, { cohort: 4, fleet: 99 })

  it('knows only what was reported by its week', () => {
    const states = Array.from({ length: grid.weeks }, (_, week) => judge(week).events)
    expect(states[0]).toBe(0)
    expect(states.at(-1)).toBe(24)
    expect(states.every((count, week) => week === 0 || count >= states[week - 1]!)).toBe(true)
    expect(judge(grid.weeks - 1).cohorts[0]).toMatchObject({ observed: 12 })
  })

  it('leaves masked weeks out of reports and expectations', () => {
    const all = new Set(Array.from({ length: grid.weeks }, (_, week) => week))
    expect(judge(grid.weeks - 1, all)).toMatchObject({ events: 0, cohorts: [] })
  })
})
