/** A candidate with its features, whether it is right, the family that is never in both halves of a fold, and how much it counts. */
export type Example = { features: Readonly<Record<string, number>>; isRight: boolean; family: string; weight: number }

export type Weights = Record<string, number>

const steps = 300
const rate = 0.05
const [momentum, decay] = [0.9, 0.999]

/**
 * Logistic regression with an L2 penalty on all weights but `bias`, by full-batch Adam: a few hundred steps reach the optimum of a convex loss
 * over some thirty features.
 */
export function fitLogistic(examples: readonly Example[], penalty: number): Weights {
  const names = [...new Set(examples.flatMap(({ features }) => Object.keys(features)))]
  const rows = examples.map(({ features, isRight, weight }) => ({ values: Float64Array.from(names, name => features[name] ?? 0), due: Number(isRight), weight }))
  const weights = new Float64Array(names.length)
  const [mean, variance] = [new Float64Array(names.length), new Float64Array(names.length)]
  for (let step = 1; step <= steps; step++) {
    const gradient = Float64Array.from(weights, (weight, at) => (names[at] === 'bias' ? 0 : penalty * weight))
    for (const { values, due, weight } of rows) {
      let sum = 0
      for (let at = 0; at < values.length; at++) sum += (weights[at] as number) * (values[at] as number)
      const error = weight * (1 / (1 + Math.exp(-sum)) - due)
      for (let at = 0; at < values.length; at++) gradient[at]! += error * (values[at] as number)
    }
    for (let at = 0; at < weights.length; at++) {
      mean[at] = momentum * mean[at]! + (1 - momentum) * gradient[at]!
      variance[at] = decay * variance[at]! + (1 - decay) * gradient[at]! ** 2
      weights[at]! -= (rate * (mean[at]! / (1 - momentum ** step))) / (Math.sqrt(variance[at]! / (1 - decay ** step)) + 1e-8)
    }
  }
  return Object.fromEntries(names.map((name, at) => [name, Number((weights[at] as number).toFixed(3))]))
}

/**
 * The chance of every example by weights fitted without its family, in the order given.
 *
 * @param foldOf number of the fold of a family, from 0.
 */
export function crossValidated(examples: readonly Example[], penalty: number, foldOf: (family: string) => number, chanceOf: (features: Example['features'], weights: Weights) => number): number[] {
  const folds = [...new Set(examples.map(({ family }) => foldOf(family)))]
  const weights = new Map(folds.map(fold => [fold, fitLogistic(examples.filter(({ family }) => foldOf(family) !== fold), penalty)]))
  return examples.map(({ features, family }) => chanceOf(features, weights.get(foldOf(family)) as Weights))
}
