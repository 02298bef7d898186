import type { Embedder } from '../ports.ts'
import { abortable } from './abortable.ts'

/**
 * The same embedder, where a question that is on its way already is not asked again: search and comparison of one report ask for the vector of the
 * same text at the same time. Who shared a request that failed or was stopped for another asks for himself.
 */
export const shareQueries = (embedder: Embedder): Embedder => {
  const underWay = new Map<string, Promise<Float32Array[]>>()
  return {
    ...embedder,
    async embed(texts, role, options) {
      if (role !== 'query' || texts.length !== 1) return embedder.embed(texts, role, options)
      const text = texts[0]!
      const other = underWay.get(text)
      const shared = other && (await abortable(options?.signal, () => other).catch(() => null))
      if (shared) return shared.map(vector => vector.slice())
      options?.signal?.throwIfAborted()
      const own = embedder.embed(texts, role, options)
      underWay.set(text, own)
      try {
        return await own
      } finally {
        if (underWay.get(text) === own) underWay.delete(text)
      }
    },
  }
}
