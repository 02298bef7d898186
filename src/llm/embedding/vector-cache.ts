import { LRUCache } from 'lru-cache'

/** Keeps the vectors of the texts asked for most recently; at most `capacity` of them. What a caller does to a vector does not change it. */
export type VectorCache = {
  get(text: string): Float32Array | undefined
  set(text: string, vector: Float32Array): void
}

export function createVectorCache(capacity: number): VectorCache {
  const vectors = new LRUCache<string, Float32Array>({ max: capacity })
  return {
    get: text => vectors.get(text)?.slice(),
    set: (text, vector) => void vectors.set(text, vector.slice()),
  }
}
