import type { DuplicateStore } from '../../graph/ports/duplicates.ts'
import type { Embedder } from '../../llm/ports.ts'
import type { CompareTools } from './compare-tools.ts'
import type { Likeness } from './likeness.ts'
import type { TextMemory } from './text-memory.ts'

/** What comparing reports needs. */
export type DuplicateServices = {
  store: DuplicateStore
  /** What nearly equal texts are found by as they arrive. */
  texts: TextMemory
  tools: CompareTools
  likeness: () => Promise<Likeness>
  /** Null where no model could be had: words, classes and cars do the work alone. */
  embedder: Embedder | null
  now: () => Date
  onEmbedderFailure?: (error: unknown) => void
}
