import { createRandom, type Random } from '../random.ts'
import { maxSprtLlr, scaleToStream } from '../sequential-tests.ts'
import { cellPenalties, componentsOf } from './cell-penalties.ts'
import { companionCusum } from './companion-cusum.ts'
import { drawGamma, drawIndex, drawPoisson, seedOf, upperQuantile } from './draws.ts'
import type { FleetGrid } from './fleet-grid.ts'
import { warningParameters } from './warning-parameters.ts'

/** Limits above which a stream alarms: evidence of a cohort in nats, and the companion's sum. */
export type StreamThreshold = { cohort: number; fleet: number }

/** What all null streams of a grid share, for a stream of which one event is expected by the last week. */
type NullShape = {
  weekly: Float64Array
  /** Running totals over week of sale of the chance that a report of week t is of a car sold then: `sale[t]`. */
  sale: Float64Array[]
  /** Cumulative expectation up to build week b (exclusive) of cell c in week t of the horizon: `cumulative[t - from][c * (buildWeeks + 1) + b]`. */
  cumulative: Float32Array[]
  from: number
}

/**
 * Thresholds by simulation: null streams on the fleet as it was built and sold, searched every week like the real ones.
 *
 * A null stream is of a component drawn at random and has Poisson reports whose weekly rate strays by a Gamma factor; each report is of a car
 * drawn from the cars on the road. The limit is the quantile of the maximum over the horizon that leaves the design share of false alarms for
 * each week of it.
 *
 * @param reported expected reports of a car by weeks since its sale, cumulative; any scale.
 * @returns limits for a stream of `level` expected reports by the last week, simulated once for each power of two; `companionShare` is the part
 *   of the false alarms that the companion may spend.
 */
export const createNullThresholds = (options: { grid: FleetGrid; reported: Float64Array; seed: number; nulls?: number | undefined }) => {
  const { grid, reported, seed, nulls = warningParameters.scanNulls } = options
  let shape: NullShape | undefined
  const known = new Map<number, StreamMaxima[]>()
  const maximaOf = (level: number): StreamMaxima[] => {
    const octave = Math.min(13, Math.max(leastOctave, Math.round(Math.log2(Math.max(level, 1)))))
    const done = known.get(octave)
    if (done) return done
    shape ??= shapeOf(grid, reported)
    const run = { grid, shape, level: 2 ** octave, random: createRandom(seedOf(seed, `null/${octave}`)), counts: new Uint16Array(grid.cells.length * grid.buildWeeks) }
    const maxima = Array.from({ length: nulls }, () => simulateStream(run))
    known.set(octave, maxima)
    return maxima
  }
  return {
    thresholdOf(level: number, companionShare: number = warningParameters.companionShare): StreamThreshold {
      const maxima = maximaOf(level)
      // A shorter horizon has its part of the false alarms: the rate a week stays the design's. With more cars on the road more cohorts can
      // alarm, so the latest third of the weeks, which is most like those to come, has to keep the rate by itself too.
      const share = warningParameters.falseAlarmShare * (Math.min(grid.weeks, warningParameters.scanHorizon) / warningParameters.scanHorizon)
      const limit = (kind: 'cohort' | 'fleet', part: number): number =>
        Math.max(upperQuantile(maxima.map(one => Math.max(one.before[kind], one.recent[kind])), 1 - part), upperQuantile(maxima.map(one => newlyReached(one, kind)), 1 - part / 3))
      return { cohort: limit('cohort', share * (1 - companionShare)), fleet: limit('fleet', share * companionShare) }
    },
  }
}

/** Limits of smaller streams than 16 reports would let any three reports of a small cohort alarm before the stream has grown. */
const leastOctave = 4

/** Greatest values of a null stream in the latest third of the horizon and in the weeks before. */
type StreamMaxima = { before: StreamThreshold; recent: StreamThreshold }

/** What a stream reached in the latest third without having reached it before. */
const newlyReached = ({ before, recent }: StreamMaxima, kind: 'cohort' | 'fleet'): number => (recent[kind] > before[kind] ? recent[kind] : 0)

const shapeOf = (grid: FleetGrid, reported: Float64Array): NullShape => {
  const { weeks, buildWeeks } = grid
  const cars = Float64Array.from({ length: weeks }, (_, sold) => grid.carOffsets[sold + 1]! - grid.carOffsets[sold]!)
  const total = cars.reduce((sum, count, sold) => sum + count * reported[weeks - 1 - sold]!, 0)
  const weekly = new Float64Array(weeks)
  const sale = Array.from({ length: weeks }, (_, week) => {
    const totals = new Float64Array(week + 1)
    let running = 0
    for (let sold = 0; sold <= week; sold++) {
      const age = week - sold
      totals[sold] = running += cars[sold]! * (reported[age]! - (age === 0 ? 0 : reported[age - 1]!)) / total
    }
    weekly[week] = running
    return totals
  })
  const from = Math.max(0, weeks - warningParameters.scanHorizon)
  const cumulative = Array.from({ length: weeks - from }, (_, at) => {
    const sums = new Float32Array(grid.cells.length * (buildWeeks + 1))
    for (let cell = 0; cell < grid.cells.length; cell++) {
      const start = cell * (buildWeeks + 1)
      for (let entry = grid.entryOffsets[cell]!; entry < grid.entryOffsets[cell + 1]!; entry++) {
        const stratum = grid.entryStratum[entry]!
        const age = from + at - grid.sold[stratum]!
        if (age >= 0) sums[start + grid.build[stratum]! + 1]! += (grid.entryCars[entry]! * reported[age]!) / total
      }
      for (let build = 1; build <= buildWeeks; build++) sums[start + build]! += sums[start + build - 1]!
    }
    return sums
  })
  return { weekly, sale, cumulative, from }
}

/** One null stream from the first sale to the last week: the greatest evidence of any cohort and the companion's greatest sums. */
const simulateStream = (options: { grid: FleetGrid; shape: NullShape; level: number; random: Random; counts: Uint16Array }): StreamMaxima => {
  const { grid, shape, level, random, counts } = options
  const reports = new Float64Array(grid.weeks)
  const penalties = cellPenalties(grid, drawComponent(grid, random))
  const touched: number[] = []
  const lately = grid.weeks - Math.round((grid.weeks - shape.from) / 3)
  let [cohort, earlier, seen, awaited] = [0, 0, 0, 0]
  for (let week = 0; week < grid.weeks; week++) {
    const mean = level * shape.weekly[week]!
    awaited += mean
    const drawn = mean > 0 ? drawPoisson(random, mean * drawGamma(random, warningParameters.weekShape)) : 0
    reports[week] = drawn
    seen += drawn
    const fresh: { build: number; cells: Uint32Array }[] = []
    for (let i = 0; i < drawn; i++) {
      const car = drawCar(grid, shape.sale[week]!, random)
      const report = { build: grid.build[grid.stratumOf[car]!]!, cells: grid.cellsOf(car) }
      for (const cell of report.cells) touched.push(cell * grid.buildWeeks + report.build)
      for (const cell of report.cells) counts[cell * grid.buildWeeks + report.build]!++
      fresh.push(report)
    }
    if (week === lately) {
      earlier = cohort
      cohort = 0
    }
    if (week < shape.from) continue
    const expected = { sums: shape.cumulative[week - shape.from]!, scale: level * scaleToStream(1, seen, awaited) }
    for (const { build, cells } of fresh)
      for (const cell of cells) cohort = Math.max(cohort, bestAround({ grid, counts, expected, cell, build, atLeast: cohort + penalties[cell]! }) - penalties[cell]!)
  }
  for (const index of touched) counts[index] = 0
  const sums = companionCusum(reports, shape.weekly.map(unit => level * unit))
  const greatest = (from: number, to: number): number => sums.slice(from, to).reduce((most, sum) => Math.max(most, sum), 0)
  return { before: { cohort: earlier, fleet: greatest(shape.from, lately) }, recent: { cohort, fleet: greatest(lately, grid.weeks) } }
}

const drawComponent = (grid: FleetGrid, random: Random): string | null => {
  const components = componentsOf(grid)
  return components[Math.floor(random() * components.length)] ?? null
}

const drawCar = (grid: FleetGrid, sale: Float64Array, random: Random): number => {
  const sold = drawIndex(random, sale)
  const first = grid.carOffsets[sold]!
  return grid.carsBySale[first + Math.floor(random() * (grid.carOffsets[sold + 1]! - first))]!
}

/** Greatest evidence of the windows of a cell that hold a build week: only a new report lets evidence grow. */
const bestAround = (options: {
  grid: FleetGrid
  counts: Uint16Array
  expected: { sums: Float32Array; scale: number }
  cell: number
  build: number
  atLeast: number
}): number => {
  const { grid, counts, expected, cell, build } = options
  const [row, start] = [cell * grid.buildWeeks, cell * (grid.buildWeeks + 1)]
  let best = options.atLeast
  for (const width of warningParameters.scanWindows) {
    const lowest = Math.max(0, build - width + 1)
    const highest = Math.min(build, grid.buildWeeks - width)
    let observed = 0
    for (let week = lowest; week < lowest + width - 1; week++) observed += counts[row + week] ?? 0
    for (let from = lowest; from <= highest; from++) {
      observed += counts[row + from + width - 1]!
      if (observed >= warningParameters.minEvents) {
        const mean = (expected.sums[start + from + width]! - expected.sums[start + from]!) * expected.scale
        // The log-likelihood ratio never exceeds (O − E)² / 2E: most windows need no logarithm.
        if (observed > mean && (observed - mean) ** 2 > 2 * mean * best) best = Math.max(best, maxSprtLlr(observed, Math.max(mean, 1e-6)))
      }
      observed -= counts[row + from]!
    }
  }
  return best
}
