import type { PrototypeWeights } from '../../src/vocabulary/vocabulary-files.ts'
import { createRandom } from './score-links.ts'

/** The vector of a text, the symptoms it tells (shared evenly), and how much it counts. */
export type MeantText = { vector: Float32Array; keys: readonly string[] }

const epochs = 12
const batch = 64
const rate = 0.05
const biasRate = 0.1
const penalty = 3e-5
const [momentum, decay] = [0.9, 0.999]

type Row = { point: Float32Array; keys: number[] }

function meanOf(texts: readonly MeantText[]): Float32Array {
  const mean = new Float32Array(texts[0]?.vector.length ?? 0)
  for (const { vector } of texts) for (let at = 0; at < mean.length; at++) mean[at]! += vector[at]! / texts.length
  return mean
}

function centred(vector: Float32Array, mean: Float32Array): Float32Array {
  const moved = vector.map((value, at) => value - mean[at]!)
  const length = Math.sqrt(moved.reduce((sum, value) => sum + value * value, 0)) || 1
  return moved.map(value => value / length)
}

/** Error of the softmax at one row, into `error`. */
function errorAt({ point, keys }: Row, weights: Float32Array, bias: Float64Array, error: Float64Array): void {
  const size = point.length
  for (let k = 0; k < error.length; k++) {
    let sum = bias[k]!
    for (let at = 0, from = k * size; at < size; at++) sum += weights[from + at]! * point[at]!
    error[k] = sum
  }
  const highest = error.reduce((a, b) => Math.max(a, b), -Infinity)
  let total = 0
  for (let k = 0; k < error.length; k++) total += error[k] = Math.exp(error[k]! - highest)
  for (let k = 0; k < error.length; k++) error[k]! /= total
  for (const key of keys) error[key]! -= 1 / keys.length
}

/** Softmax regression by Adam over batches with an L2 penalty. */
function descend(rows: readonly Row[], width: number, size: number) {
  const [weights, gradient, mean, variance] = Array.from({ length: 4 }, () => new Float32Array(width * size)) as [Float32Array, Float32Array, Float32Array, Float32Array]
  const [bias, biasGradient, error] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)]
  const random = createRandom(1)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = rows.map(row => ({ row, lot: random() })).sort((a, b) => a.lot - b.lot)
    for (let from = 0; from < order.length; from += batch) {
      step++
      for (let at = 0; at < gradient.length; at++) gradient[at] = penalty * weights[at]!
      biasGradient.fill(0)
      for (const { row } of order.slice(from, from + batch)) {
        errorAt(row, weights, bias, error)
        for (let k = 0; k < width; k++) {
          const share = error[k]! / batch
          biasGradient[k]! += share
          for (let at = 0, first = k * size; at < size; at++) gradient[first + at]! += share * row.point[at]!
        }
      }
      const [meanScale, varianceScale] = [1 - momentum ** step, 1 - decay ** step]
      for (let at = 0; at < weights.length; at++) {
        mean[at] = momentum * mean[at]! + (1 - momentum) * gradient[at]!
        variance[at] = decay * variance[at]! + (1 - decay) * gradient[at]! ** 2
        weights[at]! -= (rate * (mean[at]! / meanScale)) / (Math.sqrt(variance[at]! / varianceScale) + 1e-8)
      }
      for (let k = 0; k < width; k++) bias[k]! -= biasRate * biasGradient[k]!
    }
  }
  return { weights, bias }
}

/** Fits a prototype a symptom; the same texts give the same prototypes. */
export function fitPrototypes(texts: readonly MeantText[]): Omit<PrototypeWeights, 'about' | 'modelId'> {
  const classes = [...new Set(texts.flatMap(({ keys }) => keys))].sort()
  const mean = meanOf(texts)
  const rows = texts.map(({ vector, keys }) => ({ point: centred(vector, mean), keys: keys.map(key => classes.indexOf(key)) }))
  const { weights, bias } = descend(rows, classes.length, mean.length)
  const scale = classes.map((_, k) => Number((Math.max(1e-6, ...weights.subarray(k * mean.length, (k + 1) * mean.length).map(Math.abs)) / 127).toPrecision(4)))
  const levels = Int8Array.from(weights, (weight, at) => Math.round(weight / scale[Math.floor(at / mean.length)]!))
  return {
    classes, mean: Buffer.from(mean.buffer).toString('base64'), bias: [...bias].map(value => Number(value.toFixed(4))), scale,
    weights: Buffer.from(levels.buffer).toString('base64'),
  }
}
