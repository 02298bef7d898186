import type { Embedder } from '../llm/ports.ts'
import type { TextVector } from '../vocabulary/index.ts'

/**
 * The vector a search would ask for, with what the text labeller hears, for the linker to read; the embedder remembers both.
 *
 * @returns null where there is no embedder, or where it says that it cannot answer; without labels where only those are missing. A model that is still
 *   loading is waited for.
 */
export const createQueryVector = (embedder: Embedder | null, onFailure: (error: unknown) => void) => {
  const unlessItFails = async <T>(signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T | null> => {
    try {
      return await ask()
    } catch (error) {
      signal?.throwIfAborted()
      onFailure(error)
      return null
    }
  }
  return async (text: string, signal: AbortSignal | undefined): Promise<TextVector | null> => {
    if (embedder === null || text.trim() === '') return null
    const options = signal && { signal }
    const embedding = (await unlessItFails(signal, () => embedder.embed([text], 'query', options)))?.[0]
    if (embedding === undefined) return null
    return { modelId: embedder.modelId, embedding, labels: await unlessItFails(signal, async () => (await embedder.labelsOf?.(text, options)) ?? null) }
  }
}
