import type { SearchableCase } from './case-store.ts'

/** A text whose vector is still missing; `textSha256` guards against a change between reading and writing. */
export type UnembeddedCase = { id: string; textSha256: string } & Pick<
  SearchableCase,
  'kind' | 'title' | 'symptom' | 'failureMode' | 'failureEffect' | 'rootCause' | 'text'
>
export type UnembeddedFeedback = { id: string; textSha256: string; text: string }
export type NewVector = { id: string; textSha256: string; embedding: Float32Array }
export type EmbeddedKind = 'Case' | 'Feedback'

/** The outbox of vectors: what is marked `embed: true` in the graph. Every call may throw the errors of `GraphClient`. */
export type VectorStore = {
  /** Marks records whose vector is of another model; answers how many. */
  markOutdated(kind: EmbeddedKind, embeddingModel: string): Promise<number>
  unembeddedCases(limit: number): Promise<UnembeddedCase[]>
  unembeddedFeedback(limit: number): Promise<UnembeddedFeedback[]>
  /** Writes vectors whose text is still the one that was read; answers how many. */
  write(kind: EmbeddedKind, vectors: readonly NewVector[], embeddingModel: string): Promise<number>
}
