import type { BackgroundText } from '../graph/ports/case-store.ts'
import { attainable, inverseDocumentFrequency, saturation, termsIn, type Corpus } from './bm25.ts'
import { countTerms } from './postings.ts'
import { termsOf } from './terms.ts'
import { languageOf, type SearchLanguage } from './text-language.ts'
import type { VectorBlock } from './vector-block.ts'

/** One text of the background: `caseId` is set where a case stands in for a complaint, so that it is not compared with itself. */
export type BackgroundItem = BackgroundText & { caseId: string | null }

/** Which texts are no measure of a case: itself, and the complaints confirmed for it. */
export type NotCounted = { caseId: string; feedbackIds: ReadonlySet<string> }

/** One text of a case, as the background is held against it. */
export type Measured = NotCounted & { document: number; language: SearchLanguage }

/**
 * The background, prepared for measuring one case after the other. Each call gives a score a background text, `NaN` where the text is not counted,
 * is in another language than the document, or has no vector: what is usual is told by texts of the same language, where there are enough of them.
 */
export type Background = {
  readonly size: number
  readonly items: readonly BackgroundItem[]
  isCounted(text: number, notCounted: NotCounted): boolean
  keyword(corpus: Corpus, measured: Measured): Float32Array
  vector(vectors: VectorBlock, measured: Measured): Float32Array
  /** Must be called when the corpus has changed much: idf and so the unit of each text move with it. */
  renew(corpus: Corpus): void
}

type Prepared = { terms: ReadonlyMap<string, number>; vector: Float32Array | null; language: SearchLanguage; unit: number }

/** With fewer texts of a document's language than this, texts of the other one are taken too. */
const fewestInLanguage = 30

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
  const texts: Prepared[] = items.map(({ text, embedding }) => ({
    terms: countTerms(termsOf(text)), vector: embedding && Float32Array.from(embedding), language: languageOf(text), unit: 1,
  }))
  const byTerm = indexTexts(texts)
  const isCounted: Background['isCounted'] = (text, { caseId, feedbackIds }) => {
    const item = items[text]!
    return item.caseId !== caseId && (item.feedbackId === null || !feedbackIds.has(item.feedbackId))
  }
  const countOf = (language: SearchLanguage): number => texts.filter(text => text.language === language).length
  const isKnown = { en: countOf('en') >= fewestInLanguage, zh: countOf('zh') >= fewestInLanguage }
  const isMeasure = (text: number, measured: Measured): boolean => (texts[text]!.language === measured.language || !isKnown[measured.language]) && isCounted(text, measured)

  return {
    size: texts.length,
    items,
    isCounted,
    renew(corpus) {
      for (const text of texts) text.unit = attainable(corpus, text.terms)
    },
    keyword(corpus, measured) {
      const scores = new Float32Array(texts.length)
      termsIn(corpus, measured.document, (term, frequency) => {
        const holders = byTerm.get(term)
        if (!holders) return
        const score = inverseDocumentFrequency(corpus, term) * saturation(corpus, measured.document, frequency)
        for (const { text, weight } of holders) scores[text]! += (weight * score) / texts[text]!.unit
      })
      return scores.map((score, text) => (isMeasure(text, measured) ? score : NaN))
    },
    vector(vectors, measured) {
      const scores = new Float32Array(texts.length).fill(NaN)
      if (!vectors.has(measured.document)) return scores
      texts.forEach(({ vector }, text) => {
        if (vector && isMeasure(text, measured)) scores[text] = vectors.cosine(measured.document, vector)
      })
      return scores
    },
  }
}
