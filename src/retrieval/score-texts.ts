import { attainable, comparableNats, keywordScores } from './bm25.ts'
import { plainUsual } from './calibration.ts'
import type { CaseColumns } from './case-columns.ts'
import type { IndexedCase } from './case-index.ts'
import type { CaseSnapshot } from './case-memory.ts'
import { visibleTexts } from './case-texts.ts'
import { believable, crossLanguageWeights, fuseChannels, fuseScores, fusionWeights, heardShare, type TextChannels } from './fusion.ts'
import { fewestCases, standardise, standardiseAcrossLanguages, type ScoredCases, type Standardise } from './other-language.ts'
import type { QuerySubject } from './query-subject.ts'
import { otherLanguage, type SearchLanguage } from './text-language.ts'

export type QuestionVectors = {
  /** Of the text itself; null where no model could be had. */
  vector: Float32Array | null
  /** Of the text told in the other language, for cases of that language. */
  retoldVector: Float32Array | null
}
export type TextQuestion = QuestionVectors & { subject: QuerySubject; asOf: string | null }

/** Which of the cases of a snapshot are looked at, by their places; null: all of them. */
export type Places = ArrayLike<number> | null

/** How close each case looked at is by its texts. The z of each channel and of both stand in the scratch of the columns, `NaN` where nothing can be said. */
export type TextScores = {
  /** The confirmed complaint that is closer than the case's own prose; null where the prose is. */
  matchedComplaint(place: number): string | null
  /** Whether a word of the question stands in the case at all. */
  hasWord(place: number): boolean
  /** Whether the closest text is in another language than the question. */
  isOtherLanguage(place: number): boolean
  /** Information of the words that the case could hold, in nats. */
  information(place: number): number
}

/**
 * Raw scores of one question by document number. `words` is null where there is nothing to score with; a cosine is `NaN` without a vector. `information` is that of
 * the words which a case of a language can hold, in nats; `keywordShare` their weight beside the vector.
 */
type Raw = {
  words: Record<SearchLanguage, Float64Array | null>
  information: Record<SearchLanguage, number>
  keywordShare: Record<SearchLanguage, number>
  cosineOf: (document: number, isOther: boolean) => number
}

/** Arrays by document number, kept from search to search of one index. */
const buffers = new WeakMap<object, { words: Record<SearchLanguage, Float64Array>; cosines: Float32Array }>()

function buffersFor(index: CaseSnapshot['index']) {
  const known = buffers.get(index)
  if (known && known.cosines.length >= index.capacity) return known
  const size = Math.ceil(index.capacity * 1.25)
  const made = { words: { en: new Float64Array(size), zh: new Float64Array(size) }, cosines: new Float32Array(size) }
  buffers.set(index, made)
  return made
}

export const countOf = ({ cases }: CaseColumns, places: Places): number => places?.length ?? cases.length

/** Cosines of all cases in one sweep, or one by one where few are looked at; the other language's are of the text and its retelling, the more of it the more it says. */
function cosinesOf({ index, columns }: CaseSnapshot, { vector, retoldVector }: TextQuestion, { places, heard }: { places: Places; heard: number }): Raw['cosineOf'] {
  const { vectors, capacity } = index
  if (vector === null) return () => NaN
  const isSwept = countOf(columns, places) * 2 > capacity
  const { cosines } = buffersFor(index)
  if (isSwept) vectors.cosines(vector, cosines, capacity)
  const ofText = (document: number): number => (isSwept ? cosines[document]! : vectors.has(document) ? vectors.cosine(document, vector) : NaN)
  const share = crossLanguageWeights.retold * heard
  return (document, isOther) => {
    const cosine = ofText(document)
    return isOther && retoldVector && !Number.isNaN(cosine) ? (1 - share) * cosine + share * vectors.cosine(document, retoldVector) : cosine
  }
}

function rawScores(snapshot: CaseSnapshot, question: TextQuestion, places: Places): Raw {
  const { index } = snapshot
  const { words } = buffersFor(index)
  const wordsIn = (language: SearchLanguage): Float64Array | null => {
    const terms = question.subject.termsIn[language]
    return index.languages.has(language) && terms.size > 0 ? keywordScores(index.corpus, terms, index.capacity, words[language].fill(0)) : null
  }
  const { language, termsIn } = question.subject
  const nats = comparableNats(index.corpus.size)
  const information = { en: nats * attainable(index.corpus, termsIn.en), zh: nats * attainable(index.corpus, termsIn.zh) }
  const other = otherLanguage(language)
  const heard = heardShare(information[other])
  const keywordShare = { en: fusionWeights.keyword, zh: fusionWeights.keyword, [other]: crossLanguageWeights.keyword * heard }
  return { words: { en: wordsIn('en'), zh: wordsIn('zh') }, information, keywordShare, cosineOf: cosinesOf(snapshot, question, { places, heard }) }
}

/** How a cosine with a case of the other language becomes a z-score, from all such cases that are looked at. */
function readShift({ index, columns }: CaseSnapshot, { subject, vector }: TextQuestion, places: Places): Standardise {
  if (vector === null || !index.languages.has(otherLanguage(subject.language))) return standardise
  const { isChinese, usual, scratch: { cosine } } = columns
  const scored: { [K in keyof ScoredCases]: number[] } = { scores: [], means: [], deviations: [] }
  const ownIsChinese = Number(subject.language === 'zh')
  for (let at = 0; at < countOf(columns, places); at++) {
    const place = places ? places[at]! : at
    if (isChinese[place] === ownIsChinese || Number.isNaN(cosine[place]!)) continue
    scored.scores.push(cosine[place]!)
    scored.means.push(usual.vector.mean[place]!)
    scored.deviations.push(usual.vector.deviation[place]!)
  }
  return standardiseAcrossLanguages(scored)
}

/**
 * Words of another language meet through a glossary: fewer of them, and others than people write themselves. How far their scores lie from what is
 * usual, and how much they differ, is read from all cases of that language, as for the cosines.
 */
function levelWords({ columns }: CaseSnapshot, { subject }: TextQuestion, places: Places): (z: number) => number {
  const { isChinese, scratch: { keywordZ } } = columns
  const ownIsChinese = Number(subject.language === 'zh')
  const scores: number[] = []
  for (let at = 0; at < countOf(columns, places); at++) {
    const place = places ? places[at]! : at
    if (isChinese[place] !== ownIsChinese && !Number.isNaN(keywordZ[place]!)) scores.push(keywordZ[place]!)
  }
  if (scores.length < fewestCases) return z => z
  const { mean, deviation } = plainUsual(scores)
  return z => (z - mean) / deviation
}

const orNull = (score: number): number | null => (Number.isNaN(score) ? null : score)
const isSilent = ({ keyword, vector }: TextChannels): boolean => keyword === null && vector === null

/** The same for a case with several texts: the closest one, and one value for all of them. */
function scoreTaught({ calibrator }: CaseSnapshot, question: TextQuestion, { raw, shift, level }: { raw: Raw; shift: Standardise; level: (z: number) => number }, { texts }: IndexedCase) {
  const { subject, asOf } = question
  const scored = visibleTexts(texts, asOf).map(({ document, language, feedbackId }) => {
    const isOtherLanguage = language !== subject.language
    const [words, { mean, deviation }] = [raw.words[language], calibrator.usual('vector', document)]
    const vector = (isOtherLanguage ? shift : standardise)(raw.cosineOf(document, isOtherLanguage), mean, deviation)
    const keyword = words && calibrator.keyword(document, words[document]!)
    return { document, feedbackId, hasWord: Boolean(words?.[document]), isOtherLanguage, z: { keyword: keyword === null ? null : boundOf(raw, subject, language)(isOtherLanguage ? level(keyword) : keyword), vector: orNull(vector), keywordShare: raw.keywordShare[language] } }
  })
  const closest = scored.reduce((best, text) => (fuseChannels(text.z) > fuseChannels(best.z) ? text : best))
  return { z: closest.z, isOtherLanguage: closest.isOtherLanguage, textZ: isSilent(closest.z) ? NaN : textShare(question) * calibrator.ofTexts(scored), feedbackId: closest.feedbackId, hasWord: scored.some(text => text.hasWord) }
}

/** Fills the scratch for the prose of each case looked at. */
function scoreProse({ columns }: CaseSnapshot, { subject }: TextQuestion, { raw, shift }: { raw: Raw; shift: Standardise }, places: Places): void {
  const { documents, isChinese, usual, scratch: { cosine, keywordZ, vectorZ } } = columns
  const ownIsChinese = Number(subject.language === 'zh')
  for (let at = 0; at < countOf(columns, places); at++) {
    const place = places ? places[at]! : at
    const isOther = isChinese[place] !== ownIsChinese
    const language = isChinese[place] === 1 ? 'zh' : 'en'
    const words = raw.words[language]
    const keyword = words === null ? NaN : standardise(words[documents[place]!]!, usual.keyword.mean[place]!, usual.keyword.deviation[place]!)
    keywordZ[place] = keyword
    vectorZ[place] = (isOther ? shift : standardise)(cosine[place]!, usual.vector.mean[place]!, usual.vector.deviation[place]!)
  }
}

/** Words that only keys lend, no text having been given, are believed as far as they tell; those of a text are judged together with all that it says. */
const boundOf = ({ information }: Raw, { text }: QuerySubject, language: SearchLanguage): ((z: number) => number) =>
  text === '' ? z => believable(z, information[language]) : z => z

/**
 * What a text weighs by its words where no model could be had: as much as beside a vector that says nothing. The z of words has a long tail, and in full
 * weight it would drown shared keys and the walk.
 */
export const textShare = ({ subject, vector }: Pick<TextQuestion, 'subject' | 'vector'>): number => (vector === null && subject.text !== '' ? fusionWeights.keyword : 1)

/** Both channels of the prose in one. */
function fuseProse({ columns }: CaseSnapshot, question: TextQuestion, { raw, level }: { raw: Raw; level: (z: number) => number }, places: Places): void {
  const { isChinese, scratch: { keywordZ, vectorZ, textZ } } = columns
  const { subject } = question
  const share = textShare(question)
  const bound = { en: boundOf(raw, subject, 'en'), zh: boundOf(raw, subject, 'zh') }
  const ownIsChinese = Number(subject.language === 'zh')
  for (let at = 0; at < countOf(columns, places); at++) {
    const place = places ? places[at]! : at
    const isOther = isChinese[place] !== ownIsChinese
    const language = isChinese[place] === 1 ? 'zh' : 'en'
    keywordZ[place] = bound[language](isOther ? level(keywordZ[place]!) : keywordZ[place]!)
    textZ[place] = share * fuseScores(keywordZ[place], vectorZ[place]!, raw.keywordShare[language])
  }
}

/** Scores cases by words and meaning, each in the words and against the background of its own language. */
export function scoreTexts(snapshot: CaseSnapshot, question: TextQuestion, places: Places): TextScores {
  const { columns } = snapshot
  const { documents, isChinese, scratch } = columns
  const raw = rawScores(snapshot, question, places)
  const isOther = (place: number): boolean => (isChinese[place] === 1 ? 'zh' : 'en') !== question.subject.language
  for (let at = 0; at < countOf(columns, places); at++) {
    const place = places ? places[at]! : at
    scratch.cosine[place] = raw.cosineOf(documents[place]!, isOther(place))
  }
  const shift = readShift(snapshot, question, places)
  scoreProse(snapshot, question, { raw, shift }, places)
  const level = levelWords(snapshot, question, places)
  fuseProse(snapshot, question, { raw, level }, places)
  const taught = new Map<number, ReturnType<typeof scoreTaught>>()
  const looked = places && new Set(Array.from(places))
  for (const place of columns.taught) {
    if (looked && !looked.has(place)) continue
    const scored = scoreTaught(snapshot, question, { raw, shift, level }, columns.cases[place]!)
    scratch.keywordZ[place] = scored.z.keyword ?? NaN
    scratch.vectorZ[place] = scored.z.vector ?? NaN
    scratch.textZ[place] = scored.textZ
    taught.set(place, scored)
  }
  const wordsOf = (place: number): number => raw.words[isChinese[place] === 1 ? 'zh' : 'en']?.[documents[place]!] ?? 0
  return {
    matchedComplaint: place => taught.get(place)?.feedbackId ?? null,
    hasWord: place => taught.get(place)?.hasWord ?? wordsOf(place) > 0,
    isOtherLanguage: place => taught.get(place)?.isOtherLanguage ?? isOther(place),
    information: place => raw.information[isChinese[place] === 1 ? 'zh' : 'en'],
  }
}
