import type { BackgroundText } from '../graph/ports/case-store.ts'
import { attainable, inverseDocumentFrequency, saturation, type Corpus } from './bm25.ts'
import type { Moments } from './calibration.ts'
import { countTerms } from './postings.ts'
import { termsOf } from './terms.ts'
import type { VectorBlock } from './vector-block.ts'

/** One text of the background: `caseId` is set where a case stands in for a complaint, so that it is not compared with itself. */
export type BackgroundItem = BackgroundText & { caseId: string | null }

/** The background, prepared for measuring one case after the other. */
export type Background = {
  readonly size: number
  keyword(corpus: Corpus, caseId: string, document: number): Moments
  vector(vectors: VectorBlock, caseId: string, document: number): Moments
  /** Must be called when the corpus has changed much: idf and so the unit of each text move with it. */
  renew(corpus: Corpus): void
}

type Prepared = { terms: ReadonlyMap<string, number>; vector: Float32Array | null; caseId: string | null; unit: number }

const include = (moments: Moments, score: number): void => {
  moments.count++
  moments.sum += score
  moments.sumOfSquares += score * score
}

/** Which texts hold a term, and how often: the background is an index of its own, asked with the words of a case. */
function indexTexts(texts: readonly Prepared[]): Map<string, { text: number; weight: number }[]> {
  const index = new Map<string, { text: number; weight: number }[]>()
  texts.forEach(({ terms }, text) => {
    for (const [term, weight] of terms) {
      const list = index.get(term)
      if (list) list.push({ text, weight })
      else index.set(term, [{ text, weight }])
    }
  })
  return index
}

export function createBackground(items: readonly BackgroundItem[]): Background {
  const texts: Prepared[] = items.map(({ text, embedding, caseId }) => ({
    terms: countTerms(termsOf(text)), vector: embedding && Float32Array.from(embedding), caseId, unit: 1,
  }))
  const byTerm = indexTexts(texts)

  return {
    size: texts.length,
    renew(corpus) {
      for (const text of texts) text.unit = attainable(corpus, text.terms)
    },
    keyword(corpus, caseId, document) {
      const scores = new Float64Array(texts.length)
      corpus.postings.termsIn(document, (term, frequency) => {
        const holders = byTerm.get(term)
        if (!holders) return
        const score = inverseDocumentFrequency(corpus, term) * saturation(corpus, document, frequency)
        for (const { text, weight } of holders) scores[text]! += (weight * score) / texts[text]!.unit
      })
      const moments: Moments = { count: 0, sum: 0, sumOfSquares: 0 }
      for (let text = 0; text < texts.length; text++) {
        if (texts[text]!.caseId !== caseId) include(moments, scores[text]!)
      }
      return moments
    },
    vector(vectors, caseId, document) {
      const moments: Moments = { count: 0, sum: 0, sumOfSquares: 0 }
      if (!vectors.has(document)) return moments
      for (const text of texts) {
        if (text.vector === null || text.caseId === caseId) continue
        include(moments, vectors.cosine(document, text.vector))
      }
      return moments
    },
  }
}
