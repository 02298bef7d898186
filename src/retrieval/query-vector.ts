import type { Embedder } from '../llm/ports.ts'
import type { TextVector } from '../vocabulary/index.ts'

/**
 * The vector a search would ask for, for the linker to read too; the embedder remembers it.
 *
 * @returns null where there is no embedder, or where it says that it cannot answer. A model that is still loading is waited for.
 */
export const createQueryVector =
  (embedder: Embedder | null, onFailure: (error: unknown) => void) =>
  async (text: string, signal: AbortSignal | undefined): Promise<TextVector | null> => {
    if (embedder === null || text.trim() === '') return null
    try {
      const [embedding] = await embedder.embed([text], 'query', signal && { signal })
      return embedding ? { modelId: embedder.modelId, embedding, labels: embedder.labelsOf?.(text) ?? null } : null
    } catch (error) {
      signal?.throwIfAborted()
      onFailure(error)
      return null
    }
  }
