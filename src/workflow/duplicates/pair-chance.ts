import type { DuplicateRules } from './duplicate-rules.ts'
import { pairFeatures } from './pair-feature-names.ts'
import type { ReadPair } from './pair-features.ts'
import type { CompareMeaning, ReadReport } from './read-compared.ts'

/** The chance in [0, 1] that two reports of one car, days apart, tell of one problem, by their words alone. */
export type PairChance = (a: ReadReport, b: ReadReport) => number

/** Logistic regression; the weights stand in `vocabulary/duplicates.json` and are fitted by `bench/fit-duplicates.ts`. Without vectors others hold. */
export const createPairChance = ({ rules, readPair, meaningOf }: { rules: Pick<DuplicateRules, 'pair'>; readPair: ReadPair; meaningOf: CompareMeaning }): PairChance => (a, b) => {
  const { bias, weights } = rules.pair[meaningOf(a, b) === null ? 'withoutVectors' : 'withVectors']
  const features = readPair(a, b)
  return 1 / (1 + Math.exp(-pairFeatures.reduce((sum, feature) => sum + weights[feature] * features[feature], bias)))
}
