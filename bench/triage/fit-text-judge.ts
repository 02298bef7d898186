import { gramsOf } from '../../src/vocabulary/text-grams.ts'
import { askTextJudge, type TextJudge } from '../../src/workflow/triage/text-judge.ts'

/** A text with its features, the answer that is due, and the family that is never in both halves of a fold. */
export type JudgedText = { text: string; features: Readonly<Record<string, number>>; isYes: boolean; family: string }

export type Fitting = { penalty: number; leastTexts: number; yesWeight: number; epochs?: number }

/**
 * L2-penalised logistic regression by AdaGrad over the features and the grams that at least `leastTexts` texts hold; deterministic. A text that is
 * due a yes counts `yesWeight` times.
 */
export function fitTextJudge(texts: readonly JudgedText[], { penalty, leastTexts, yesWeight, epochs = 30 }: Fitting): Pick<TextJudge, 'features' | 'grams'> {
  const counts = new Map<string, number>()
  const gramSets = texts.map(({ text }) => [...new Set(gramsOf(text))])
  for (const set of gramSets) for (const gram of set) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  const names = [...new Set(texts.flatMap(({ features }) => Object.keys(features)))].map(name => `=${name}`)
  const numbers = new Map([...names, ...[...counts].filter(([, count]) => count >= leastTexts).map(([gram]) => gram)].map((name, at) => [name, at]))
  const rows = texts.map(({ features, isYes }, at) => {
    const known = gramSets[at]!.flatMap(gram => numbers.get(gram) ?? [])
    const values: [number, number][] = [...Object.entries(features).filter(([, value]) => value !== 0).map(([name, value]): [number, number] => [numbers.get(`=${name}`)!, value]), ...known.map((number): [number, number] => [number, 1 / Math.sqrt(known.length)])]
    return { values, due: Number(isYes), weight: isYes ? yesWeight : 1 }
  })
  const weights = new Float64Array(numbers.size)
  const squares = new Float64Array(numbers.size).fill(1e-8)
  const bias = numbers.get('=bias') ?? -1
  for (let epoch = 0; epoch < epochs; epoch++) {
    const gradient = new Float64Array(numbers.size)
    for (const { values, due, weight } of rows) {
      let sum = 0
      for (const [at, value] of values) sum += weights[at]! * value
      const error = weight * (1 / (1 + Math.exp(-sum)) - due)
      for (const [at, value] of values) gradient[at]! += error * value
    }
    for (let at = 0; at < weights.length; at++) {
      const slope = gradient[at]! + (at === bias ? 0 : penalty * weights[at]!)
      squares[at]! += slope * slope
      weights[at]! -= (0.5 * slope) / Math.sqrt(squares[at]!)
    }
  }
  const fitted: Pick<TextJudge, 'features' | 'grams'> = { features: {}, grams: {} }
  for (const [name, at] of numbers) (name.startsWith('=') ? fitted.features : fitted.grams)[name.startsWith('=') ? name.slice(1) : name] = weights[at]!
  return fitted
}

/** Fold of a family by its name, the same on every machine. */
export const foldOf = (family: string, folds: number): number => [...family].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7) % folds

/** The chance of every text by weights fitted without its family. */
export function crossValidate(texts: readonly JudgedText[], fitting: Fitting, folds = 5): number[] {
  const chances = new Array<number>(texts.length).fill(0)
  for (let fold = 0; fold < folds; fold++) {
    const model = fitTextJudge(texts.filter(({ family }) => foldOf(family, folds) !== fold), fitting)
    texts.forEach(({ text, features, family }, at) => { if (foldOf(family, folds) === fold) chances[at] = askTextJudge(model, text, features).chance })
  }
  return chances
}
