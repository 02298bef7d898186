import { pairScore, scanLlr } from './scan-score.ts'
import type { EventLevels } from './level-table.ts'
import { analysisParameters } from './parameters.ts'
import type { Dimension } from '../domain/dimension.ts'
import type { Projection } from './projection.ts'

export type LevelPair = { a: number; b: number; observed: number; expected: number; llr: number; score: number }

export type PairScanner = {
  /**
   * Pairs of levels that say more than either side: S_ab = LLR_ab − ln K_a − ln K_b − 1 > max(S_a, S_b) + 1.5, with at least four events.
   *
   * @param singles levels with at least as many events as a pair needs, with their S.
   * @param levels levels of each event's car at the event.
   * @param atLeast pairs of a lower score are not looked for.
   * @returns best first.
   */
  scan(singles: readonly ScoredLevel[], levels: EventLevels, atLeast?: number): LevelPair[]
}

/** Levels that keep apart more than this (a third of what chance would join) are not looked at as a pair. */
const rarestShare = 3

export type ScoredLevel = { level: number; score: number }

/**
 * Pairs are looked for among the best singles and all known levels of small dimensions.
 *
 * The expectation of a pair costs a pass over its cars, so a pair is first held against a third of what two unrelated levels would share
 * (E_a·E_b/C): one that would not even then say enough is dropped. Data and replicates are searched alike, so the p value stays honest.
 *
 * @param expectedOf expected events on both levels of a pair.
 * @param mass expected events a level, on the common baseline.
 */
export const createPairScanner = (options: {
  projection: Projection
  known: ReadonlyMap<Dimension, number>
  claims: number
  expectedOf: (a: number, b: number) => number
  mass: Float64Array
}): PairScanner => {
  const { projection, known, claims, expectedOf, mass } = options
  const { beam, smallDimension, minPairEvents, pairMargin, pairPenalty } = analysisParameters
  const k = Float64Array.from(projection.levels, level => known.get(level.dimension) ?? 1)
  const small = projection.levels.flatMap((level, index) => (level.known && k[index]! <= smallDimension ? [index] : []))
  const isSmall = new Uint8Array(projection.levels.length)
  for (const level of small) isSmall[level] = 1
  const scoreOf = new Float64Array(projection.levels.length).fill(-Infinity)
  const largest = small.length + beam
  const slot = new Int32Array(projection.levels.length).fill(-1)
  const counts = new Uint16Array(largest * largest)
  const here = new Int32Array(largest)

  const count = (pool: readonly number[], { offsets, members }: EventLevels): number[] => {
    const cells: number[] = []
    for (let event = 0; event + 1 < offsets.length; event++) {
      let length = 0
      for (let i = offsets[event]!; i < offsets[event + 1]!; i++) {
        const at = slot[members[i]!]!
        if (at >= 0) here[length++] = at
      }
      for (let i = 0; i < length; i++)
        for (let j = i + 1; j < length; j++) {
          const cell = Math.min(here[i]!, here[j]!) * pool.length + Math.max(here[i]!, here[j]!)
          if (counts[cell]!++ === 0) cells.push(cell)
        }
    }
    return cells.sort((x, y) => x - y)
  }

  return {
    scan(singles, levels, atLeast = -Infinity) {
      const best = singles.length <= beam ? singles : [...singles].sort((x, y) => y.score - x.score || x.level - y.level).slice(0, beam)
      const pool = small.slice()
      for (const { level } of best) if (isSmall[level] === 0) pool.push(level)
      pool.sort((x, y) => x - y)
      for (let i = 0; i < pool.length; i++) slot[pool[i]!] = i
      for (const { level, score } of singles) scoreOf[level] = score
      const found: LevelPair[] = []
      for (const cell of count(pool, levels)) {
        const observed = counts[cell]!
        counts[cell] = 0
        const [a, b] = [pool[Math.floor(cell / pool.length)]!, pool[cell % pool.length]!]
        if (observed < minPairEvents || !canPair(projection, a, b)) continue
        const floor = Math.max(atLeast, Math.max(scoreOf[a]!, scoreOf[b]!, -pairMargin) + pairMargin)
        const rare = (mass[a]! * mass[b]!) / claims / rarestShare
        if (pairScore(scanLlr(observed, Math.max(rare, 1e-9), claims), k[a]!, k[b]!, pairPenalty) <= floor) continue
        const expected = Math.max(expectedOf(a, b), 1e-9)
        const llr = expected >= claims ? 0 : scanLlr(observed, expected, claims)
        const score = pairScore(llr, k[a]!, k[b]!, pairPenalty)
        if (score > floor) found.push({ a, b, observed, expected, llr, score })
      }
      for (const level of pool) slot[level] = -1
      for (const { level } of singles) scoreOf[level] = -Infinity
      return found.sort((x, y) => y.score - x.score || x.a - y.a || x.b - y.b)
    },
  }
}

/** Two levels of one dimension and component exclude each other, unless a car can have several (options, software of two modules). */
const canPair = (projection: Projection, a: number, b: number): boolean => {
  const [x, y] = [projection.levels[a]!, projection.levels[b]!]
  return x.dimension !== y.dimension || x.component !== y.component || x.dimension === 'option' || x.dimension === 'software'
}
