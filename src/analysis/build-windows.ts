import { scanLlr } from './scan-score.ts'
import { analysisParameters } from './parameters.ts'
import type { Baseline } from './baseline.ts'
import type { Projection } from './projection.ts'

/** A run of consecutive build weeks, of one plant (its level) or of all (−1). */
export type BuildWindow = { firstWeek: number; weeks: number; plant: number; observed: number; expected: number; score: number; llr: number }

/** Running sums by build week, one row for all plants and one a plant. */
export type WindowTable = { plants: Int32Array; weeks: number; rowOfVehicle: Int32Array; expected: Float64Array; searched: number }

export const createWindowTable = (projection: Projection, baseline: Baseline): WindowTable => {
  const plants = Int32Array.from(new Set(projection.plant)).sort()
  const rowOf = new Map<number, number>()
  plants.forEach((plant, i) => rowOf.set(plant, i + 1))
  const weeks = projection.weekNames.length
  const expected = new Float64Array((plants.length + 1) * (weeks + 1))
  const rowOfVehicle = projection.plant.map(plant => rowOf.get(plant)!)
  projection.week.forEach((week, vehicle) => {
    if (week < 0) return
    expected[week + 1]! += baseline.vehicleMass[vehicle]!
    expected[rowOfVehicle[vehicle]! * (weeks + 1) + week + 1]! += baseline.vehicleMass[vehicle]!
  })
  accumulate(expected, weeks)
  const searched = analysisParameters.windowWeeks.reduce((sum, length) => sum + Math.max(0, weeks - length + 1), 0) * (plants.length + 1)
  return { plants, weeks, rowOfVehicle, expected, searched }
}

const accumulate = (rows: Float64Array, weeks: number): void => {
  for (let i = 0; i < rows.length; i++) if (i % (weeks + 1) !== 0) rows[i]! += rows[i - 1]!
}

/**
 * Scores every window: S = LLR − ln(windows searched).
 *
 * @param vehicles car of each event.
 * @param minScore windows below are not returned.
 * @returns the windows, best first; of those within one nat of the best, the narrowest leads.
 */
export const scanWindows = (table: WindowTable, projection: Projection, vehicles: ArrayLike<number>, minScore: number): BuildWindow[] => {
  const { weeks, plants } = table
  const stride = weeks + 1
  const observed = new Float64Array(table.expected.length)
  for (let i = 0; i < vehicles.length; i++) {
    const week = projection.week[vehicles[i]!]!
    if (week < 0) continue
    observed[week + 1]!++
    observed[table.rowOfVehicle[vehicles[i]!]! * stride + week + 1]!++
  }
  accumulate(observed, weeks)
  const claims = vehicles.length
  const penalty = Math.log(Math.max(1, table.searched))
  const found: BuildWindow[] = []
  for (let row = 0; row <= plants.length; row++) {
    for (const length of analysisParameters.windowWeeks) {
      for (let first = 0; first + length <= weeks; first++) {
        const o = observed[row * stride + first + length]! - observed[row * stride + first]!
        if (o < analysisParameters.minEvents) continue
        const e = table.expected[row * stride + first + length]! - table.expected[row * stride + first]!
        const llr = scanLlr(o, Math.max(e, 1e-9), claims)
        if (llr - penalty >= minScore)
          found.push({ firstWeek: first, weeks: length, plant: row === 0 ? -1 : plants[row - 1]!, observed: o, expected: e, score: llr - penalty, llr })
      }
    }
  }
  return narrowestFirst(found.sort((a, b) => b.score - a.score))
}

const narrowestFirst = (sorted: BuildWindow[]): BuildWindow[] => {
  const best = sorted[0]
  if (!best) return sorted
  const near = sorted.filter(one => one.score >= best.score - 1)
  const narrowest = near.reduce((least, one) => (one.weeks < least.weeks || (one.weeks === least.weeks && one.expected < least.expected) ? one : least))
  return [narrowest, ...sorted.filter(one => one !== narrowest)]
}
