import type { EmbeddedKind, NewVector, VectorStore } from '../graph/ports/vector-store.ts'
import { noPace, type GiveWay } from '../give-way.ts'
import type { Embedder } from '../llm/ports.ts'
import { comparableProse } from './case-prose.ts'

export type EmbedProgress = { kind: EmbeddedKind; embedded: number }
export type EmbedPending = (options?: { signal?: AbortSignal | undefined; onProgress?: (progress: EmbedProgress) => void }) => Promise<{ embedded: number }>

/** Texts in one round: what a crash costs at most, and what a search waits for at most. */
const round = 32
/** And while feedback arrives: a local model takes some 50 ms a text, and the vector of what arrives waits for it. */
const smallRound = 8

/**
 * Writes the vectors that are still missing, cases first. A case is embedded by the prose it is searched by, as a passage; feedback as a query:
 * it is compared with cases and with other feedback. Safe to repeat and to run twice at the same time.
 *
 * @throws FB_EMBEDDER_UNAVAILABLE, FB_GRAPH_UNAVAILABLE; what was written before stays.
 */
export function createEmbedPending({ vectorStore, embedder, giveWay }: { vectorStore: VectorStore; embedder: Embedder; giveWay?: GiveWay }): EmbedPending {
  const { modelId } = embedder

  const nextTexts = async (kind: EmbeddedKind): Promise<{ id: string; textSha256: string; text: string }[]> => {
    const most = giveWay?.isQuiet() === false ? smallRound : round
    if (kind === 'Feedback') return vectorStore.unembeddedFeedback(most)
    return (await vectorStore.unembeddedCases(most)).map(record => ({ ...record, text: comparableProse(record) }))
  }

  const embedKind = async (kind: EmbeddedKind, { signal, onProgress }: NonNullable<Parameters<EmbedPending>[0]>): Promise<number> => {
    await vectorStore.markOutdated(kind, modelId)
    const pace = giveWay?.pace(signal) ?? noPace
    let embedded = 0
    for (;;) {
      await pace()
      signal?.throwIfAborted()
      const texts = await nextTexts(kind)
      if (texts.length === 0) return embedded
      const embeddings = await embedder.embed(texts.map(({ text }) => text), kind === 'Case' ? 'passage' : 'query', signal && { signal })
      const vectors: NewVector[] = texts.map(({ id, textSha256 }, at) => ({ id, textSha256, embedding: embeddings[at]! }))
      const written = await vectorStore.write(kind, vectors, modelId)
      embedded += written
      onProgress?.({ kind, embedded })
      // Every text of the round changed under our hands: leave it to the next sweep instead of turning in circles.
      if (written === 0) return embedded
    }
  }

  return async (options = {}) => ({ embedded: (await embedKind('Case', options)) + (await embedKind('Feedback', options)) })
}
