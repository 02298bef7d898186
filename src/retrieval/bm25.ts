import type { Postings } from './postings.ts'

const k1 = 1.2
const b = 0.75

/**
 * What BM25 knows of a collection: `lengths` in terms, by document number; `size` counts the documents in it. `examples` are scored like
 * documents and do not count: a word is as rare, and a document as long, as in the collection itself, however many examples are added.
 */
export type Corpus = { postings: Postings; examples: Postings; lengths: ArrayLike<number>; size: number; meanLength: number }

/** The most a word can tell in a collection of 263 cases, in nats: there the constants of the scores were chosen. */
const referenceNats = 6.27

/**
 * Turns sums of idf into nats that compare between collections: a word that stands in none of five cases tells as much as one in none of 263. How rare a word is
 * cannot be seen in few cases, and in many every word is rarer.
 */
export const comparableNats = (size: number): number => referenceNats / inverseDocumentFrequencyOf(0, size)

/** Robertson's idf, never negative: ln(1 + (N − n + ½) / (n + ½)), in nats. */
export const inverseDocumentFrequencyOf = (holding: number, size: number): number => Math.log(1 + (Math.max(0, size - holding) + 0.5) / (holding + 0.5))

export const inverseDocumentFrequency = (corpus: Corpus, term: string): number => inverseDocumentFrequencyOf(corpus.postings.documentFrequency(term), corpus.size)

/** Part of BM25 that depends on document and frequency, without idf; 1 for a document of mean length that holds the term once. */
export const saturation = (corpus: Corpus, document: number, frequency: number): number =>
  (frequency * (k1 + 1)) / (frequency + k1 * (1 - b + (b * corpus.lengths[document]!) / corpus.meanLength))

/**
 * The score of an imaginary document of mean length that holds each term of the query once: the unit in which scores of short and long
 * queries compare. Never zero.
 */
export const attainable = (corpus: Corpus, query: ReadonlyMap<string, number>): number => {
  let sum = 0
  for (const [term, weight] of query) sum += weight * inverseDocumentFrequency(corpus, term)
  return sum || 1
}

/**
 * BM25 of one query against every document, as a share of what is attainable.
 *
 * @param query terms with their weights, 1 for a word said once.
 * @param capacity length of the answer: one more than the largest document number.
 * @param into an array of zeros of at least that length, to be filled instead of a new one.
 * @see Robertson & Zaragoza 2009, with k1 1.2 and b 0.75.
 */
export function keywordScores(corpus: Corpus, query: ReadonlyMap<string, number>, capacity: number, into: Float64Array = new Float64Array(capacity)): Float64Array {
  const unit = attainable(corpus, query)
  const { lengths } = corpus
  const perTerm = (k1 * b) / corpus.meanLength
  for (const [term, weight] of query) {
    const gain = ((k1 + 1) * weight * inverseDocumentFrequency(corpus, term)) / unit
    for (const { values, length } of [corpus.postings.holders(term), corpus.examples.holders(term)]) {
      for (let at = 0; at < length; at++) {
        const packed = values[at]!
        const document = packed >>> 8
        const frequency = packed & 0xff
        // `saturation`, written out: it is worked out for every place of every word of the question.
        into[document]! += (gain * frequency) / (frequency + k1 * (1 - b) + perTerm * lengths[document]!)
      }
    }
  }
  return into
}

/** Terms that a document or example holds. */
export function termsIn(corpus: Corpus, document: number, visit: (term: string, frequency: number) => void): void {
  corpus.postings.termsIn(document, visit)
  corpus.examples.termsIn(document, visit)
}
