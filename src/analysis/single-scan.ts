import { scanLlr, singleScore } from './scan-score.ts'
import { binomialUpperTail } from './exact-intervals.ts'
import { analysisParameters } from './parameters.ts'
import type { Dimension } from '../domain/dimension.ts'
import type { Projection } from './projection.ts'

/** Scores levels for given counts, with the gate of the method note made cheap enough for a thousand replicates. */
export type LevelScorer = {
  /** Least count at which the lower limit of the level's rate ratio exceeds 1 (and at least `minEvents`). */
  criticalCount(level: number): number
  /** S of a level with `observed` events, −Infinity when it fails the gate. */
  score(level: number, observed: number): number
  /** S without the gate, as far below 0 as ln K: a side of a pair may show little by itself. */
  ungated(level: number, observed: number): number
}

/**
 * @param expected E of each level.
 * @param claims C.
 * @param known known levels a dimension (K).
 */
export const createLevelScorer = (
  projection: Projection,
  expected: Float64Array,
  claims: number,
  known: ReadonlyMap<Dimension, number>,
): LevelScorer => {
  const critical = new Int32Array(expected.length)
  const levelsOf = Float64Array.from(projection.levels, level => known.get(level.dimension) ?? 1)
  const criticalCount = (level: number): number => (critical[level] ||= leastCount(expected[level]!, claims))
  const ungated = (level: number, observed: number): number =>
    expected[level]! >= claims ? -Infinity : singleScore(scanLlr(observed, expected[level]!, claims), levelsOf[level]!)
  return { criticalCount, ungated, score: (level, observed) => (observed < criticalCount(level) ? -Infinity : ungated(level, observed)) }
}

/** The Clopper–Pearson lower limit exceeds E/C exactly when P(X ≥ O | C, E/C) < α/2. */
export const leastCount = (expected: number, claims: number): number => {
  if (expected <= 0 || expected >= claims) return 0x7fff_ffff
  let count = Math.max(analysisParameters.minEvents, Math.ceil(expected))
  while (count <= claims && binomialUpperTail(count, claims, expected / claims) >= analysisParameters.alpha / 2) count++
  return count
}
