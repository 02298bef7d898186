import type { Dimension } from '../domain/dimension.ts'
import { scanWindows, type WindowTable } from './build-windows.ts'
import { drawIndex } from './early-warning/draws.ts'
import type { Baseline } from './baseline.ts'
import type { EventLevels } from './level-table.ts'
import type { LevelWalk } from './level-walk.ts'
import type { PairScanner, ScoredLevel } from './pair-scan.ts'
import { analysisParameters } from './parameters.ts'
import type { Projection } from './projection.ts'
import type { Random } from './random.ts'
import { createSampledExpectation } from './sampled-pairs.ts'
import type { LevelScorer } from './single-scan.ts'

/** The search of the data, on the common baseline: the same gates, pairs and windows. `pairs` gets the expectation of a pair. */
export type NullSearch = { scorer: LevelScorer; pairs: (expectedOf: (a: number, b: number) => number) => PairScanner; exactPair: (a: number, b: number) => number; windows: WindowTable; known: ReadonlyMap<Dimension, number> }

/** Points from which the expectations of pairs of large levels are estimated. */
const samplePoints = 16_384

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
  onReplicate?: (done: number) => void
}): Float64Array => {
  const { projection, search, claims, replicates } = options
  const isSearched = searchedLevels(options)
  const { levels: sample } = createNullDraw({ ...options, claims: samplePoints, isSearched })()
  const pairs = search.pairs(createSampledExpectation({ sample, points: samplePoints, levels: projection.levels.length, claims, exact: search.exactPair }))
  const draw = createNullDraw({ ...options, isSearched })
  const observed = new Uint16Array(projection.levels.length)
  const touched = new Uint32Array(projection.levels.length)
  const maxima = new Float64Array(replicates)
  const { minEvents } = analysisParameters
  let done = 0
  while (done < replicates && !options.shouldStop?.()) {
    const { vehicles, levels } = draw()
    const { members } = levels
    let count = 0
    for (let i = 0, end = levels.offsets[claims]!; i < end; i++) {
      const level = members[i]!
      // Most levels are met once or twice and never looked at again.
      if (++observed[level]! === minEvents) touched[count++] = level
    }
    const singles: ScoredLevel[] = []
    let best = 0
    for (let i = 0; i < count; i++) {
      const level = touched[i]!
      const score = search.scorer.score(level, observed[level]!)
      if (score > best) best = score
      if (observed[level]! >= analysisParameters.minPairEvents) singles.push({ level, score: search.scorer.ungated(level, observed[level]!) })
    }
    observed.fill(0)
    best = Math.max(best, pairs.scan(singles, levels, best)[0]?.score ?? 0)
    maxima[done++] = Math.max(best, scanWindows(search.windows, projection, vehicles, best)[0]?.score ?? 0)
    if (done % 50 === 0 || done === replicates) options.onReplicate?.(done)
  }
  return maxima.subarray(0, done)
}

/** Known levels that a replicate can name, alone (a count within C passes the gate) or in a pair (small dimensions). */
const searchedLevels = ({ projection, search, claims }: { projection: Projection; search: NullSearch; claims: number }): Uint8Array =>
  Uint8Array.from(projection.levels, ({ known, dimension }, level) =>
    known && ((search.known.get(dimension) ?? 0) <= analysisParameters.smallDimension || search.scorer.criticalCount(level) <= claims) ? 1 : 0)

/** Draws C cars and instants and looks up what each carried; the arrays are used again by the next draw. */
const createNullDraw = (options: { projection: Projection; walk: LevelWalk; baseline: Baseline; claims: number; random: Random; isSearched: Uint8Array }) => {
  const { walk, baseline, claims, random, isSearched } = options
  const running = Float64Array.from(baseline.vehicleMass)
  for (let v = 1; v < running.length; v++) running[v]! += running[v - 1]!
  const vehicles = new Int32Array(claims)
  const offsets = new Uint32Array(claims + 1)
  let members = new Uint32Array(claims * 128)
  let length = 0
  const add = (level: number): void => {
    if (isSearched[level] === 0) return
    if (length === members.length) {
      const larger = new Uint32Array(members.length * 2)
      larger.set(members)
      members = larger
    }
    members[length++] = level
  }
  return (): { vehicles: Int32Array; levels: EventLevels } => {
    length = 0
    for (let i = 0; i < claims; i++) {
      const vehicle = drawIndex(random, running)
      vehicles[i] = vehicle
      walk.at(vehicle, baseline.instantAt(vehicle, random() * baseline.vehicleMass[vehicle]!), add)
      offsets[i + 1] = length
    }
    return { vehicles, levels: { offsets, members } }
  }
}
