import { keywordScores } from './bm25.ts'
import type { IndexedCase } from './case-index.ts'
import type { CaseSnapshot } from './case-memory.ts'
import { visibleTexts } from './case-texts.ts'
import { zScore } from './calibration.ts'
import { fuseChannels, type TextChannels } from './fusion.ts'
import { standardiseAcrossLanguages, type Standardise } from './other-language.ts'
import type { QuerySubject } from './query-subject.ts'
import { otherLanguage } from './text-language.ts'

export type QuestionVectors = {
  /** Of the text itself; null where no model could be had. */
  vector: Float32Array | null
  /** Of the text told in the other language, for cases of that language. */
  retoldVector: Float32Array | null
}

/** How close a case is by its texts: the channels of the closest, and one value for all of them. */
export type TextScore = {
  z: TextChannels
  /** Null where nothing can be said. */
  textZ: number | null
  /** The confirmed complaint that is closest; null where the case's own prose is. */
  feedbackId: string | null
  /** Whether a word of the question stands in the case at all. */
  hasWord: boolean
}

/** Cosine of a document and the question, told in the document's language where it is another and that can be done. */
const cosineOf = (vectors: CaseSnapshot['index']['vectors'], { vector, retoldVector }: QuestionVectors, document: number, isOther: boolean): number => {
  const cosine = vectors.cosine(document, vector!)
  return isOther && retoldVector ? (cosine + vectors.cosine(document, retoldVector)) / 2 : cosine
}

/** Scores candidates by words and meaning, each in the words and against the background of its own language. */
export function createTextScorer(
  candidates: readonly IndexedCase[],
  { index, calibrator }: CaseSnapshot,
  question: QuestionVectors & { subject: QuerySubject; asOf: string | null },
): (candidate: IndexedCase) => TextScore {
  const { subject, vector, asOf } = question
  const other = otherLanguage(subject.language)
  const scoresIn = (language: typeof other) =>
    index.languages.has(language) && subject.termsIn[language].size > 0 ? keywordScores(index.corpus, subject.termsIn[language], index.capacity) : null
  const keyword = { en: scoresIn('en'), zh: scoresIn('zh') }
  const vectorScore = (document: number, isOther: boolean): number | null =>
    vector && index.vectors.has(document) ? cosineOf(index.vectors, question, document, isOther) : null

  const standardise = ((): Standardise => {
    if (!vector || !index.languages.has(other)) return zScore
    const scored = candidates.filter(({ texts }) => texts[0]!.language === other).map(({ document }) => ({
      score: vectorScore(document, true), usual: calibrator.usual('vector', document),
    }))
    return standardiseAcrossLanguages(scored.filter((one): one is { score: number; usual: typeof one.usual } => one.score !== null))
  })()

  const scoreOne = (document: number, language: typeof other): { z: TextChannels; hasWord: boolean } => {
    const isOtherLanguage = language === other
    const words = keyword[language]
    const cosine = vectorScore(document, isOtherLanguage)
    const z = {
      keyword: words && calibrator.keyword(document, words[document]!),
      vector: cosine === null ? null : (isOtherLanguage ? standardise : zScore)(cosine, calibrator.usual('vector', document)),
      isOtherLanguage,
    }
    return { z, hasWord: Boolean(words?.[document]) }
  }
  const isSilent = ({ keyword: words, vector: meaning }: TextChannels): boolean => words === null && meaning === null

  return candidate => {
    // Nearly every case has its prose only: nothing to compare, no list to make.
    if (candidate.texts.length === 1) {
      const { z, hasWord } = scoreOne(candidate.document, candidate.texts[0]!.language)
      return { z, textZ: isSilent(z) ? null : fuseChannels(z), feedbackId: null, hasWord }
    }
    const texts = visibleTexts(candidate.texts, asOf).map(({ document, language, feedbackId }) => ({ document, feedbackId, ...scoreOne(document, language) }))
    const closest = texts.reduce((best, text) => (fuseChannels(text.z) > fuseChannels(best.z) ? text : best))
    return { z: closest.z, textZ: isSilent(closest.z) ? null : calibrator.ofTexts(texts), feedbackId: closest.feedbackId, hasWord: texts.some(text => text.hasWord) }
  }
}
