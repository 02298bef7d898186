import { FishboneError } from '../domain/error.ts'
import type { PrototypeWeights } from './vocabulary-files.ts'

/** What the vector of a text lies near: shares of belief over the symptoms. */
export type VectorReading = {
  /** Undefined for a symptom that has no prototype. */
  shareOf: (symptom: string) => number | undefined
  readonly highest: number
  /** The symptoms it lies nearest, at most so many. */
  likeliest: (most: number) => string[]
}

export type Prototypes = {
  /** The vectors they were fitted on; those of another model mean nothing here. */
  readonly modelId: string
  /** @param vector of length 1, of `modelId`, of the whole text as a query. */
  read(vector: Float32Array): VectorReading
}

/** Unit vector with the mean of all texts taken out: of e5 all vectors point nearly the same way. */
function centred(vector: Float32Array, mean: Float32Array): Float64Array {
  const moved = Float64Array.from(vector, (value, at) => value - (mean[at] as number))
  const length = Math.sqrt(moved.reduce((sum, value) => sum + value * value, 0)) || 1
  return moved.map(value => value / length)
}

const floatsOf = (packed: string): Float32Array => {
  const bytes = Buffer.from(packed, 'base64')
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/**
 * A prototype vector a symptom: softmax of `bias + prototype · vector` over the symptoms, fitted by `bench/fit-links.ts`.
 *
 * @throws FB_VOCABULARY_INVALID where the sizes do not fit together.
 */
export function createPrototypes({ modelId, classes, mean: packedMean, bias, scale, weights }: PrototypeWeights): Prototypes {
  const mean = floatsOf(packedMean)
  const packed = Buffer.from(weights, 'base64')
  const levels = new Int8Array(packed.buffer, packed.byteOffset, packed.length)
  const indexOf = new Map(classes.map((key, index) => [key, index]))
  const fits = levels.length === mean.length * classes.length && bias.length === classes.length && scale.length === classes.length
  if (!fits) throw new FishboneError('FB_VOCABULARY_INVALID', 'prototypes.json holds as many weights as classes times dimensions, and does not')
  return {
    modelId,
    read(vector) {
      const point = centred(vector, mean)
      const logits = classes.map((_, row) => {
        let sum = 0
        for (let at = 0; at < point.length; at++) sum += (levels[row * point.length + at] as number) * (point[at] as number)
        return (bias[row] as number) + sum * (scale[row] as number)
      })
      const highest = Math.max(...logits)
      const raised = logits.map(logit => Math.exp(logit - highest))
      const total = raised.reduce((sum, one) => sum + one, 0)
      const shareAt = (index: number | undefined): number | undefined => (index === undefined ? undefined : (raised[index] as number) / total)
      return {
        shareOf: symptom => shareAt(indexOf.get(symptom)), highest: 1 / total,
        likeliest: most => classes.map((key, row) => ({ key, logit: logits[row] as number })).sort((a, b) => b.logit - a.logit).slice(0, most).map(({ key }) => key),
      }
    },
  }
}
