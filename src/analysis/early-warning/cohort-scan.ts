import { maxSprtLlr, scaleToStream } from '../sequential-tests.ts'
import type { FleetGrid } from './fleet-grid.ts'
import type { GridEvent } from './grid-events.ts'
import { warningParameters } from './warning-parameters.ts'

/** Cars of one cell from a run of build weeks (`from` and `to` inclusive), with what was seen and expected of them since sale. */
export type Cohort = { cell: number; from: number; to: number; observed: number; expected: number; llr: number; penalty: number }

/**
 * Every cohort of the grid with evidence above a limit and the penalty of its cell: windows of consecutive build weeks in each cell, cumulative since sale,
 * expectations scaled by the totals of the stream, so that cohorts compare with their siblings.
 *
 * @param perCar expected events of one car, by model × week of sale.
 * @param penalties nats to add to the limit, by cell.
 * @returns best first by evidence less penalty; of equals the narrowest, then the widest cell.
 */
export const scanCohorts = (options: {
  grid: FleetGrid
  events: readonly GridEvent[]
  perCar: Float64Array
  penalties: Float64Array
  above: number
}): Cohort[] => {
  const { grid, events, perCar, penalties, above } = options
  const observed = countByCell(grid, events)
  const perStratum = Float64Array.from(grid.build, (_, stratum) => perCar[grid.model[stratum]! * grid.weeks + grid.sold[stratum]!]!)
  const totals = expectedByWeek(grid, 0, perStratum)
  const streamExpected = totals.reduce((total, value) => total + value, 0)
  const found: Cohort[] = []
  for (const [cell, counts] of observed) {
    if (counts.reduce((total, count) => total + count, 0) < warningParameters.minEvents) continue
    const expected = cell === 0 ? totals : expectedByWeek(grid, cell, perStratum)
    const scaled = expected.map(value => scaleToStream(value, events.length, streamExpected))
    for (const width of warningParameters.scanWindows) scanWindows({ cell, width, counts, scaled, penalty: penalties[cell]!, above, found })
  }
  return found.sort((a, b) => b.llr - b.penalty - (a.llr - a.penalty) || a.to - a.from - (b.to - b.from) || a.cell - b.cell)
}

const countByCell = (grid: FleetGrid, events: readonly GridEvent[]): Map<number, Float64Array> => {
  const observed = new Map<number, Float64Array>()
  for (const { vehicle, stratum } of events)
    for (const cell of grid.cellsOf(vehicle)) {
      const counts = observed.get(cell) ?? new Float64Array(grid.buildWeeks)
      observed.set(cell, counts)
      counts[grid.build[stratum]!]!++
    }
  return observed
}

/** Unscaled expectation of a cell by build week. */
const expectedByWeek = (grid: FleetGrid, cell: number, perStratum: Float64Array): Float64Array => {
  const expected = new Float64Array(grid.buildWeeks)
  for (let entry = grid.entryOffsets[cell]!; entry < grid.entryOffsets[cell + 1]!; entry++) {
    const stratum = grid.entryStratum[entry]!
    expected[grid.build[stratum]!]! += grid.entryCars[entry]! * perStratum[stratum]!
  }
  return expected
}

/** Keeps rounding in running sums from passing for evidence. */
const leastExpected = 1e-6

const scanWindows = (options: {
  cell: number
  width: number
  counts: Float64Array
  scaled: Float64Array
  penalty: number
  above: number
  found: Cohort[]
}): void => {
  const { cell, width, counts, scaled, penalty, above, found } = options
  let [observed, expected] = [0, 0]
  for (let to = 0; to < counts.length; to++) {
    observed += counts[to]!
    expected += scaled[to]!
    if (to >= width) {
      observed -= counts[to - width]!
      expected -= scaled[to - width]!
    }
    if (to < width - 1 || observed < warningParameters.minEvents || observed <= expected) continue
    const llr = maxSprtLlr(observed, Math.max(expected, leastExpected))
    if (llr > above + penalty) found.push({ cell, from: to - width + 1, to, observed, expected, llr, penalty })
  }
}

/** Cars of a cohort sold by the end of a week. */
export const vehiclesOf = (grid: FleetGrid, { cell, from, to }: Pick<Cohort, 'cell' | 'from' | 'to'>, week: number): number => {
  let cars = 0
  for (let entry = grid.entryOffsets[cell]!; entry < grid.entryOffsets[cell + 1]!; entry++) {
    const stratum = grid.entryStratum[entry]!
    const build = grid.build[stratum]!
    if (build >= from && build <= to && grid.sold[stratum]! <= week) cars += grid.entryCars[entry]!
  }
  return cars
}

/** The best of every run of overlapping windows: one alarm a problem. @param cohorts best first. */
export const withoutOverlaps = (cohorts: readonly Cohort[]): Cohort[] => {
  const kept: Cohort[] = []
  for (const cohort of cohorts) if (!kept.some(one => one.from <= cohort.to && cohort.from <= one.to)) kept.push(cohort)
  return kept
}
