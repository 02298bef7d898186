import type { Embedder } from '../llm/ports.ts'

/**
 * Begins the vector of a text that arrives: it takes as long as storing, and made beside it, it is there when search and comparison ask for it, or tell
 * that it failed. The text is embedded as it is stored, redacted.
 */
export const createEmbedAhead = (embedder: Embedder | null, redact: (text: string) => string) => (text: string): void =>
  void embedder?.embed([redact(text)], 'query').catch(() => undefined)
