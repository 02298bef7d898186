import { createHash } from 'node:crypto'
import type { Embedder } from '../../src/llm/ports.ts'

const dimensions = 384

/**
 * A deterministic stand-in for the embedding model: texts that share words or character n-grams get near vectors.
 * Both roles embed alike, so a text finds itself at cosine 1. An empty text gets the vector of its one empty feature.
 */
export function createHashingEmbedder(): Embedder {
  return {
    modelId: 'hashing-double/fp32',
    dimensions,
    embed(texts, _role, options) {
      if (options?.signal?.aborted === true) return Promise.reject(options.signal.reason as Error)
      return Promise.resolve(texts.map(embedOne))
    },
    close: () => Promise.resolve(),
  }
}

function embedOne(text: string): Float32Array {
  const vector = new Float32Array(dimensions)
  for (const [feature, weight] of featuresOf(text)) {
    const digest = createHash('sha256').update(feature).digest()
    const index = digest.readUInt32LE(0) % dimensions
    // A random sign keeps features that fall on one dimension from adding up: their expected product is zero.
    const sign = (digest[4] ?? 0) % 2 === 0 ? 1 : -1
    vector[index] = (vector[index] ?? 0) + sign * weight
  }
  return toUnit(vector)
}

function featuresOf(text: string): Map<string, number> {
  const normal = text.normalize('NFKC').toLowerCase()
  const features = new Map<string, number>()
  const add = (feature: string, weight: number) => features.set(feature, (features.get(feature) ?? 0) + weight)
  for (const word of normal.match(/[\p{L}\p{N}]+/gu) ?? []) {
    add(`w:${word}`, 1)
    const characters = [...word]
    for (const size of [2, 3]) {
      for (let start = 0; start + size <= characters.length; start += 1) {
        add(`c:${characters.slice(start, start + size).join('')}`, 0.5)
      }
    }
  }
  if (features.size === 0) add('empty', 1)
  return features
}

function toUnit(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  // Features that cancel out exactly would leave a zero vector, which no index ever finds.
  if (norm === 0) {
    vector[0] = 1
    return vector
  }
  return vector.map(value => value / norm)
}
