import { FishboneError } from '../../domain/error.ts'

/**
 * Mean of the first `length` rows of a row-major [rows, dimensions] matrix, scaled to unit length.
 * Sums are kept in 64 bits, so the order of rows does not show in the result.
 */
export function meanUnitVector(rows: Float32Array, options: { offset: number; length: number; dimensions: number }): Float32Array {
  const { offset, length, dimensions } = options
  const sums = new Float64Array(dimensions)
  for (let row = 0; row < length; row += 1) {
    const start = offset + row * dimensions
    for (let index = 0; index < dimensions; index += 1) sums[index] = (sums[index] ?? 0) + (rows[start + index] ?? 0)
  }
  return toUnitVector(sums)
}

/** Scales to length 1; a zero vector stays zero, for `checkVectors` to refuse. */
export function toUnitVector(values: ArrayLike<number>): Float32Array {
  let squares = 0
  for (let index = 0; index < values.length; index += 1) squares += (values[index] ?? 0) ** 2
  const norm = Math.sqrt(squares)
  return Float32Array.from(values, value => (norm === 0 ? 0 : value / norm))
}

/**
 * The database takes a zero vector or one of a wrong length without a word and never finds it again: so look here.
 *
 * @throws FB_EMBEDDER_UNAVAILABLE when a vector is missing, of another length, not finite, or zero.
 */
export function checkVectors(vectors: readonly Float32Array[], expected: { count: number; dimensions: number; modelId: string }): void {
  const refuse = (problem: string) => {
    throw new FishboneError('FB_EMBEDDER_UNAVAILABLE', `The embedding model ${expected.modelId} answered ${problem}`, {
      details: { modelId: expected.modelId },
    })
  }
  if (vectors.length !== expected.count) refuse(`${vectors.length} vectors for ${expected.count} texts`)
  for (const vector of vectors) {
    if (vector.length !== expected.dimensions) refuse(`a vector of ${vector.length} numbers, expected ${expected.dimensions}`)
    if (!vector.every(Number.isFinite)) refuse('a vector that holds a number that is not finite')
    if (vector.every(value => value === 0)) refuse('a zero vector')
  }
}
