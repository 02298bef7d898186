import { gramsOf } from '../../src/vocabulary/text-grams.ts'
import type { WordingWeights } from '../../src/vocabulary/vocabulary-files.ts'
import { createRandom } from './score-links.ts'

/** A wording of a class; `weight` is how much it counts in the fit. */
export type Wording = { text: string; key: string; weight: number }

type Row = { indexes: Int32Array; values: Float64Array; label: number; weight: number }

export type FitSettings = { epochs: number; rate: number; penalty: number; smoothing: number; fewestTexts: number; seed: number }
export const fitSettings: FitSettings = { epochs: 6, rate: 0.3, penalty: 1e-5, smoothing: 0.05, fewestTexts: 5, seed: 1 }
/** An error this small is no step worth its time. */
const leastError = 2e-3

function countedGrams(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const gram of gramsOf(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  return counts
}

/** Grams met in enough texts, with ln(1 + N / df), and every text as a vector of length one over them. */
function vectorise(wordings: readonly Wording[], classes: readonly string[], fewestTexts: number) {
  const counted = wordings.map(({ text }) => countedGrams(text))
  const frequency = new Map<string, number>()
  for (const counts of counted) for (const gram of counts.keys()) frequency.set(gram, (frequency.get(gram) ?? 0) + 1)
  const grams = [...frequency].filter(([, texts]) => texts >= fewestTexts).map(([gram]) => gram)
  const numbers = new Map(grams.map((gram, index) => [gram, index]))
  const idf = grams.map(gram => Number(Math.log(1 + wordings.length / (frequency.get(gram) ?? 1)).toFixed(3)))
  const rows = counted.map((counts, at): Row => {
    const met = [...counts].flatMap(([gram, count]) => (numbers.has(gram) ? [{ index: numbers.get(gram) as number, count }] : []))
    const values = met.map(({ index, count }) => count * (idf[index] as number))
    // As the model sums it: each occurrence adds its own square.
    const length = Math.sqrt(met.reduce((sum, { index, count }) => sum + count * (idf[index] as number) ** 2, 0)) || 1
    const { key, weight } = wordings[at] as Wording
    return { indexes: Int32Array.from(met, ({ index }) => index), values: Float64Array.from(values, value => value / length), label: classes.indexOf(key), weight }
  })
  return { grams, idf, rows }
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as number, order[at] as number]
  }
}

/** Softmax regression by AdaGrad with label smoothing and an L2 penalty on the weights met. */
function descend(rows: readonly Row[], { width, height }: { width: number; height: number }, settings: FitSettings) {
  const { epochs, rate, penalty, smoothing, seed } = settings
  const weights = new Float32Array(width * height)
  const squares = new Float32Array(width * height)
  const [bias, biasSquares, error] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)]
  const classes = new Int32Array(width)
  let active = 0
  const random = createRandom(seed)
  const order = rows.map((_, index) => index)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const at of order) {
      const { indexes, values, label, weight } = rows[at] as Row
      error.set(bias)
      for (let j = 0; j < indexes.length; j++) for (let k = 0, from = indexes[j]! * width; k < width; k++) error[k]! += weights[from + k]! * values[j]!
      const highest = Math.max(...error)
      const sum = error.reduce((total, logit) => total + Math.exp(logit - highest), 0)
      for (let k = 0; k < width; k++) {
        const due = k === label ? 1 - smoothing : smoothing / (width - 1)
        error[k] = weight * (Math.exp(error[k]! - highest) / sum - due)
        biasSquares[k]! += error[k]! ** 2
        bias[k]! -= (0.1 * rate * error[k]!) / Math.sqrt(biasSquares[k]! + 1e-6)
      }
      active = 0
      for (let k = 0; k < width; k++) if (Math.abs(error[k]!) >= leastError) classes[active++] = k
      for (let j = 0; j < indexes.length; j++) {
        const [from, value] = [indexes[j]! * width, values[j]!]
        for (let at = 0; at < active; at++) {
          const place = from + classes[at]!
          const gradient = error[classes[at]!]! * value + penalty * weights[place]!
          squares[place]! += gradient * gradient
          weights[place]! -= (rate * gradient) / Math.sqrt(squares[place]! + 1e-4)
        }
      }
    }
  }
  return { weights, bias }
}

/** Fits the weights of the wording model; the same wordings and settings give the same weights. */
export function fitSoftmax(wordings: readonly Wording[], settings: FitSettings = fitSettings): Omit<WordingWeights, 'about' | 'source'> {
  const classes = [...new Set(wordings.map(({ key }) => key))].sort()
  const { grams, idf, rows } = vectorise(wordings, classes, settings.fewestTexts)
  const width = classes.length
  const { weights, bias } = descend(rows, { width, height: grams.length }, settings)
  const scale = classes.map((_, k) => {
    let highest = 1e-6
    for (let at = k; at < weights.length; at += width) highest = Math.max(highest, Math.abs(weights[at] as number))
    return Number((highest / 127).toPrecision(4))
  })
  const levels = Int8Array.from(weights, (weight, at) => Math.max(-127, Math.min(127, Math.round(weight / (scale[at % width] as number)))))
  return { classes, grams: grams.join('\n'), idf, bias: [...bias].map(value => Number(value.toFixed(4))), scale, weights: Buffer.from(levels.buffer).toString('base64') }
}
