import type { BackgroundText } from '../graph/ports/case-store.ts'
import { attainable, inverseDocumentFrequency, saturation, termsIn, type Corpus } from './bm25.ts'
import { countTerms } from './postings.ts'
import { termsOf } from './terms.ts'
import { languageOf, type SearchLanguage } from './text-language.ts'
import { createVectorBlock, type VectorBlock } from './vector-block.ts'

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

type Prepared = { terms: ReadonlyMap<string, number>; language: SearchLanguage; unit: number }
/** Numbers of the texts that hold a term, and how often each says it. */
type Holders = { texts: number[]; weights: number[] }

/** With fewer texts of a document's language than this, texts of the other one are taken too. */
const fewestInLanguage = 30

/** Which texts hold a term, and how often: the background is an index of its own, asked with the words of a case. */
function indexTexts(texts: readonly Prepared[]): Map<string, Holders> {
  const index = new Map<string, Holders>()
  texts.forEach(({ terms }, text) => {
    for (const [term, weight] of terms) {
      const holders = index.get(term) ?? { texts: [], weights: [] }
      index.set(term, holders)
      holders.texts.push(text)
      holders.weights.push(weight)
    }
  })
  return index
}

/** The vectors of the texts in a block, made for the dimensions of the first of them. */
function blockOf(items: readonly BackgroundItem[]): VectorBlock | null {
  const dimensions = items.find(({ embedding }) => embedding !== null)?.embedding?.length
  if (dimensions === undefined) return null
  const block = createVectorBlock(dimensions)
  items.forEach(({ embedding }, text) => embedding && block.set(text, embedding))
  return block
}

export function createBackground(items: readonly BackgroundItem[]): Background {
  const texts: Prepared[] = items.map(({ text }) => ({ terms: countTerms(termsOf(text)), language: languageOf(text), unit: 1 }))
  const byTerm = indexTexts(texts)
  const block = blockOf(items)
  const cosines = new Float32Array(texts.length)
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
        for (let at = 0; at < holders.texts.length; at++) scores[holders.texts[at]!]! += holders.weights[at]! * score
      })
      for (let text = 0; text < texts.length; text++) scores[text] = isMeasure(text, measured) ? scores[text]! / texts[text]!.unit : NaN
      return scores
    },
    vector(vectors, measured) {
      const scores = new Float32Array(texts.length).fill(NaN)
      if (block === null || !vectors.has(measured.document)) return scores
      block.cosines(vectors.of(measured.document), cosines, texts.length)
      for (let text = 0; text < texts.length; text++) if (isMeasure(text, measured)) scores[text] = cosines[text]!
      return scores
    },
  }
}
