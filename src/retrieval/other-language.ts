import { plainUsual } from './calibration.ts'

/** Fewer cases than this tell nothing about how a language shifts scores. */
export const fewestCases = 30

/** Turns a score and what is usual for its case into a z-score. */
export type Standardise = (score: number, mean: number, deviation: number) => number

export const standardise: Standardise = (score, mean, deviation) => (score - mean) / deviation

/** Scores of one question, with the mean and deviation that are usual for the case of each, side by side. */
export type ScoredCases = { scores: readonly number[]; means: readonly number[]; deviations: readonly number[] }

/**
 * A question in another language is less close to every case, and the more so the closer questions usually are: what is usual was measured in the
 * case's own language. The line score = a + b·usual over all cases of that language, nearly all of them unrelated, tells the shift; what is
 * left over it, in deviations of the case, is brought to a spread of one.
 */
export function standardiseAcrossLanguages({ scores, means, deviations }: ScoredCases): Standardise {
  if (scores.length < fewestCases) return standardise
  const usualScore = plainUsual(scores)
  const usualMean = plainUsual(means)
  let covariance = 0
  for (let at = 0; at < scores.length; at++) covariance += (scores[at]! - usualScore.mean) * (means[at]! - usualMean.mean)
  const slope = covariance / scores.length / usualMean.deviation ** 2
  const leftOver: Standardise = (score, mean, deviation) => (score - usualScore.mean - slope * (mean - usualMean.mean)) / deviation
  const spread = plainUsual(scores.map((score, at) => leftOver(score, means[at]!, deviations[at]!))).deviation
  return (score, mean, deviation) => leftOver(score, mean, deviation) / spread
}
