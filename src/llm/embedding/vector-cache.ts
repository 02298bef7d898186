/** Keeps the vectors of the texts asked for most recently; at most `capacity` of them. */
export type VectorCache = {
  get(text: string): Float32Array | undefined
  set(text: string, vector: Float32Array): void
}

export function createVectorCache(capacity: number): VectorCache {
  // A Map iterates in the order of insertion: the first key is the one not used for longest.
  const vectors = new Map<string, Float32Array>()
  return {
    get(text) {
      const vector = vectors.get(text)
      if (vector === undefined) return undefined
      vectors.delete(text)
      vectors.set(text, vector)
      return vector.slice()
    },
    set(text, vector) {
      vectors.delete(text)
      vectors.set(text, vector.slice())
      const oldest = vectors.keys().next()
      if (vectors.size > capacity && oldest.done !== true) vectors.delete(oldest.value)
    },
  }
}
