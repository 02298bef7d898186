import type { Pace } from '../../give-way.ts'
import { noPace } from '../../give-way.ts'
import type { QueuedClause } from '../../graph/ports/unmapped.ts'
import type { Embedder } from '../../llm/ports.ts'

/** Words of a key in one language; their vectors also show what all texts of a language have in common. */
export type KeyWords = { kind: 'component' | 'symptom'; key: string; language: 'en' | 'zh'; text: string }

/** Vectors by id, as a file keeps them between runs. */
export type KeptVectors = {
  /** Those of this model; none where the file is of another or is not there. */
  read: (modelId: string) => Map<string, Float32Array>
  write: (modelId: string, vectors: ReadonlyMap<string, Float32Array>) => Promise<void>
}

/** Where texts lie by meaning, whatever their language: vectors of length one by clause id, and of keys by `kind:key`. */
export type Meanings = { clauses: ReadonlyMap<string, Float32Array>; keys: ReadonlyMap<string, Float32Array> }

export type EmbedClauses = (
  clauses: readonly QueuedClause[],
  options?: { most?: number; pace?: Pace; signal?: AbortSignal | undefined; onProgress?: (progress: { done: number; total: number }) => void },
) => Promise<{ embedded: number; left: number }>

export type ClauseMeanings = {
  /**
   * Embeds the newest clauses that have no vector yet, at most `most` texts a call, and forgets those that left the queue. What is left follows with
   * the next call; without an embedder nothing is done.
   *
   * @throws FB_EMBEDDER_UNAVAILABLE; what was embedded before stays.
   */
  embed: EmbedClauses
  /** Of the clauses that have one; empty where there is no embedder or the words of the keys were not embedded yet. */
  read: () => Meanings
}

/** Clauses grouped by meaning, the newest: comparing each with every cluster grows with the square. */
export const mostByMeaning = 2_000
/** A local model takes some 30 ms a text: what a person waits for at most, and what a sweep does at once. */
export const mostAtOnce = 600
/** The vector of a report that arrives waits for one round. */
const round = 8

const none: Meanings = { clauses: new Map(), keys: new Map() }
const wordsId = ({ language, text }: KeyWords): string => `words:${language}:${text}`
const clauseId = ({ clauseId: id, text }: QueuedClause): string => `${isChinese(text) ? 'zh' : 'en'}:${id}`
const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text)
const languageOf = (id: string): 'en' | 'zh' => (id.startsWith('zh:') ? 'zh' : 'en')

const meanOf = (vectors: readonly Float32Array[]): Float32Array => {
  const mean = new Float32Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (let at = 0; at < mean.length; at++) mean[at]! += vector[at]! / vectors.length
  return mean
}

/** A multilingual model puts the texts of a language apart from those of another; without what they share, what is said remains. */
const without = (vector: Float32Array, shared: Float32Array): Float32Array => unit(vector.map((value, at) => value - (shared[at] ?? 0)))

export const unit = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map(value => value / length)
}

const meaningsIn = (kept: ReadonlyMap<string, Float32Array>, words: readonly KeyWords[]): Meanings => {
  const rawOf = (language: 'en' | 'zh') => words.flatMap(one => (one.language === language ? (kept.get(wordsId(one)) ?? []) : []))
  const raw = { en: rawOf('en'), zh: rawOf('zh') }
  // Half of the words in each language tell what it shares well enough; before that nothing is told.
  if ((['en', 'zh'] as const).some(language => raw[language].length === 0 || raw[language].length * 2 < words.filter(one => one.language === language).length)) return none
  const shared = { en: meanOf(raw.en), zh: meanOf(raw.zh) }
  const keys = new Map<string, Float32Array[]>()
  for (const one of words) {
    const vector = kept.get(wordsId(one))
    if (vector) keys.set(`${one.kind}:${one.key}`, [...(keys.get(`${one.kind}:${one.key}`) ?? []), without(vector, shared[one.language])])
  }
  return {
    clauses: new Map([...kept].flatMap(([id, vector]) => (id.startsWith('words:') ? [] : [[id.slice(3), without(vector, shared[languageOf(id)])] as const]))),
    keys: new Map([...keys].map(([key, vectors]) => [key, unit(meanOf(vectors))])),
  }
}

/**
 * @param words of the keys in both languages (labels do): clauses are held against them.
 */
export const createClauseMeanings = ({ embedder, vectors, words }: { embedder: Embedder | null; vectors: KeptVectors; words: readonly KeyWords[] }): ClauseMeanings => {
  if (embedder === null) return { embed: () => Promise.resolve({ embedded: 0, left: 0 }), read: () => none }
  return {
    async embed(clauses, { most = mostAtOnce, pace = noPace, signal, onProgress } = {}) {
      const texts = new Map([...words.map(one => [wordsId(one), one.text] as const), ...newest(clauses).map(clause => [clauseId(clause), clause.text] as const)])
      const known = vectors.read(embedder.modelId)
      const kept = new Map([...known].filter(([id]) => texts.has(id)))
      const missing = [...texts].filter(([id]) => !kept.has(id))
      const total = Math.min(most, missing.length)
      let embedded = 0
      try {
        while (embedded < total) {
          await pace()
          signal?.throwIfAborted()
          const some = missing.slice(embedded, Math.min(total, embedded + round))
          const made = await embedder.embed(some.map(([, text]) => text), 'query', signal && { signal })
          for (const [at, [id]] of some.entries()) kept.set(id, made[at]!)
          embedded += some.length
          onProgress?.({ done: embedded, total })
        }
      } finally {
        if (embedded > 0 || kept.size < known.size) await vectors.write(embedder.modelId, kept)
      }
      return { embedded, left: missing.length - embedded }
    },
    read: () => meaningsIn(vectors.read(embedder.modelId), words),
  }
}

const newest = (clauses: readonly QueuedClause[]): QueuedClause[] =>
  clauses.toSorted((a, b) => (a.receivedAt > b.receivedAt ? -1 : a.receivedAt < b.receivedAt ? 1 : a.clauseId < b.clauseId ? -1 : 1)).slice(0, mostByMeaning)
