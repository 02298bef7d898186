import { plainUsual, zScore, type Usual } from './calibration.ts'

/** Fewer cases than this tell nothing about how a language shifts scores. */
const fewestCases = 30

/** Turns a score and what is usual for its case into a z-score. */
export type Standardise = (score: number, usual: Usual) => number

/**
 * A question in another language is less close to every case, and the more so the closer questions usually are: what is usual was measured in the
 * case's own language. The line score = a + b·usual over all cases of that language, nearly all of them unrelated, tells the shift; what is
 * left over it, in deviations of the case, is brought to a spread of one.
 */
export function standardiseAcrossLanguages(scored: readonly { score: number; usual: Usual }[]): Standardise {
  if (scored.length < fewestCases) return zScore
  const scores = plainUsual(scored.map(({ score }) => score))
  const means = plainUsual(scored.map(({ usual }) => usual.mean))
  const covariance = scored.reduce((sum, { score, usual }) => sum + (score - scores.mean) * (usual.mean - means.mean), 0) / scored.length
  const slope = covariance / means.deviation ** 2
  const leftOver: Standardise = (score, usual) => (score - scores.mean - slope * (usual.mean - means.mean)) / usual.deviation
  const spread = plainUsual(scored.map(({ score, usual }) => leftOver(score, usual))).deviation
  return (score, usual) => leftOver(score, usual) / spread
}
