import { pairFeatures } from '../../src/workflow/duplicates/pair-feature-names.ts'
import type { PairFeatures } from '../../src/workflow/duplicates/pair-features.ts'

/** A labelled pair: its features, the truth, how much it counts, and the families it was drawn from. */
export type LabelledPair = { features: PairFeatures; isOne: boolean; weight: number; families: readonly [string, string] }
export type PairWeights = { bias: number; weights: Record<(typeof pairFeatures)[number], number> }

/** Pull of every weight but the bias towards 0. */
const ridge = 1
const rounds = 25

const rowOf = (features: PairFeatures): number[] => [1, ...pairFeatures.map(feature => features[feature])]

/** Solves `matrix · x = values` by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], values: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, values[at]!])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column; row < size; row++) if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (const [at, row] of rows.entries()) {
      if (at === column) continue
      const factor = row[column]! / rows[column]![column]!
      for (let cell = column; cell <= size; cell++) row[cell]! -= factor * rows[column]![cell]!
    }
  }
  return rows.map((row, at) => row[size]! / row[at]!)
}

/** Logistic regression with a ridge, by Newton's steps. */
export function fitPairs(pairs: readonly LabelledPair[]): PairWeights {
  const rows = pairs.map(({ features }) => rowOf(features))
  const size = pairFeatures.length + 1
  let beta = new Array<number>(size).fill(0)
  for (let round = 0; round < rounds; round++) {
    const slope = beta.map((value, at) => (at === 0 ? 0 : -ridge * value))
    const curve = beta.map((_, at) => beta.map((__, other) => (at === other ? (at === 0 ? 1e-3 : ridge) : 0)))
    for (const [at, row] of rows.entries()) {
      const chance = 1 / (1 + Math.exp(-row.reduce((sum, value, column) => sum + value * beta[column]!, 0)))
      const { weight, isOne } = pairs[at]!
      for (let one = 0; one < size; one++) {
        slope[one]! += weight * (Number(isOne) - chance) * row[one]!
        for (let other = 0; other < size; other++) curve[one]![other]! += weight * chance * (1 - chance) * row[one]! * row[other]!
      }
    }
    const step = solve(curve, slope)
    beta = beta.map((value, at) => value + step[at]!)
    if (Math.max(...step.map(Math.abs)) < 1e-7) break
  }
  const round = (value: number): number => Math.round(value * 1000) / 1000
  return { bias: round(beta[0]!), weights: Object.fromEntries(pairFeatures.map((feature, at) => [feature, round(beta[at + 1]!)])) as PairWeights['weights'] }
}

export const chanceBy = ({ bias, weights }: PairWeights, features: PairFeatures): number =>
  1 / (1 + Math.exp(-pairFeatures.reduce((sum, feature) => sum + weights[feature] * features[feature], bias)))
