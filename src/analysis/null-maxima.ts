import { scanWindows, type WindowTable } from './build-windows.ts'
import type { Baseline } from './baseline.ts'
import { levelsAt } from './level-table.ts'
import type { LevelWalk } from './level-walk.ts'
import type { PairScanner, ScoredLevel } from './pair-scan.ts'
import type { Projection } from './projection.ts'
import type { Random } from './random.ts'
import type { LevelScorer } from './single-scan.ts'

/** The search of the data, on the common baseline: the same gates, pairs and windows. */
export type NullSearch = { scorer: LevelScorer; pairs: PairScanner; windows: WindowTable }

/**
 * Largest score of each null replicate: C events are drawn over the cars' time in proportion to the baseline, and searched.
 *
 * @param shouldStop asked once a replicate; the maxima so far are returned.
 */
export const drawNullMaxima = (options: {
  projection: Projection
  walk: LevelWalk
  baseline: Baseline
  search: NullSearch
  claims: number
  replicates: number
  random: Random
  shouldStop?: () => boolean
}): Float64Array => {
  const { projection, walk, baseline, search, claims, replicates, random } = options
  const running = Float64Array.from(baseline.vehicleMass)
  for (let v = 1; v < running.length; v++) running[v]! += running[v - 1]!
  const total = running.at(-1) ?? 0
  const observed = new Float64Array(projection.levels.length)
  const vehicles = new Int32Array(claims)
  const maxima: number[] = []

  const drawEvents = (): { levelsOf: number[][]; touched: number[] } => {
    const [levelsOf, touched]: [number[][], number[]] = [[], []]
    for (let i = 0; i < claims; i++) {
      const vehicle = firstAbove(running, random() * total)
      vehicles[i] = vehicle
      const carried: number[] = []
      levelsAt(walk, vehicle, baseline.instantAt(vehicle, random() * baseline.vehicleMass[vehicle]!), level => carried.push(level))
      for (const level of carried) if (observed[level]!++ === 0) touched.push(level)
      levelsOf.push(carried)
    }
    return { levelsOf, touched }
  }

  for (let replicate = 0; replicate < replicates && !options.shouldStop?.(); replicate++) {
    const { levelsOf, touched } = drawEvents()
    const singles: ScoredLevel[] = []
    for (const level of touched) {
      const score = projection.levels[level]!.known ? search.scorer.score(level, observed[level]!) : -Infinity
      if (score > -Infinity) singles.push({ level, score })
      observed[level] = 0
    }
    let best = singles.reduce((most, one) => Math.max(most, one.score), 0)
    best = Math.max(best, search.pairs.scan(singles, levelsOf)[0]?.score ?? 0)
    best = Math.max(best, scanWindows(search.windows, projection, vehicles, best)[0]?.score ?? 0)
    maxima.push(best)
  }
  return Float64Array.from(maxima)
}

const firstAbove = (running: Float64Array, value: number): number => {
  let [low, high] = [0, running.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (running[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
