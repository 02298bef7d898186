import type { Triage } from '../../domain/triage.ts'
import type { FoundPhrases, Phrase } from '../../vocabulary/index.ts'
import { laneNames } from './triage-rules.ts'
import type { SentimentRules } from './triage-rules.ts'

type Sentiment = NonNullable<Triage['sentiment']>

const lengthOf = (between: string): { words: number; han: number } => ({
  words: between.match(/[a-z0-9']+/g)?.length ?? 0,
  han: between.match(/[㐀-鿿]/g)?.length ?? 0,
})

/** The nearest phrases of a lane that stand before a word, in its clause and in reach. */
const before = (found: FoundPhrases, lane: string, word: Phrase, { words, han }: SentimentRules['reach']): Phrase[] =>
  found.of(lane).filter(phrase => {
    if (phrase.clause !== word.clause || phrase.end > word.start) return false
    const between = lengthOf(found.text.slice(phrase.end, word.start))
    return between.words <= words && between.han <= han
  })

/** A sentence that turns ends on what the person means: what stands before its last `but` weighs less. */
const isBeforeContrast = (found: FoundPhrases, word: Phrase): boolean => {
  const sentence = found.clauses[word.clause]?.sentence
  return found.of(laneNames.contrast).some(turn => turn.start >= word.end && found.clauses[turn.clause]?.sentence === sentence)
}

const scoreOf = (found: FoundPhrases, word: Phrase, rules: SentimentRules): number => {
  const negators = before(found, laneNames.negator, word, rules.reach)
  const intensity = before(found, laneNames.intensifier, word, rules.reach).reduce((factor, phrase) => factor * Number(phrase.key), 1)
  // Two negators cancel each other: 不得不说很满意, "not that I am not happy".
  const sign = negators.length % 2 === 1 ? rules.negated : 1
  return Number(word.key) * intensity * sign * (isBeforeContrast(found, word) ? rules.beforeContrast : 1)
}

/** Signs deepen a feeling that the words show. */
const emphasis = (text: string, { punctuation }: SentimentRules): number => {
  const exclamations = Math.min(punctuation.mostExclamations, text.match(/[!！]/g)?.length ?? 0)
  const questions = /[?？]{2,}|[?？][!！]|[!！][?？]/.test(text) ? punctuation.questions : 0
  const shouted = text.match(/\b[A-Z]{4,}\b/g)?.filter(word => !/\d/.test(word)).length ?? 0
  // A report typed in capitals throughout shouts at nobody: many hotline systems store capitals only.
  const isShouting = shouted >= punctuation.shoutedWords && /[a-z]{3}/.test(text) && shouted * 3 < (text.match(/\b[A-Za-z]{2,}\b/g)?.length ?? 0) * 2
  return exclamations * punctuation.exclamation + questions + (isShouting ? punctuation.shouting : 0)
}

const round = (score: number): number => Math.round(score * 100) / 100

/**
 * Feeling of a text by words, their negation and intensity, signs, and the rating where one was given (half the weight).
 *
 * @param report.tellsFault a fault is told that is neither denied nor settled: an exclamation mark beside it shows displeasure.
 * @param report.rating 1 (worst) to 5.
 * @returns score in [−1, 1]. A fault told without a word of feeling is neutral.
 */
export const judgeSentiment = (
  rules: SentimentRules,
  report: { text: string; found: FoundPhrases; tellsFault: boolean; rating: number | null },
): Sentiment => {
  const { found, text, tellsFault, rating } = report
  const scores = found.of(laneNames.sentiment).map(word => scoreOf(found, word, rules))
  const words = scores.reduce((sum, score) => sum + score, 0)
  const raised = tellsFault && /[!！]/.test(text) ? -rules.punctuation.aloneWithFault : 0
  const sum = words === 0 ? raised + Math.sign(raised) * emphasis(text, rules) : words + Math.sign(words) * emphasis(text, rules)
  const byWords = sum / Math.sqrt(sum * sum + rules.normaliser)
  const byRating = rating === null ? null : (rules.rating.scores[Math.round(rating) - 1] ?? 0)
  const score = byRating === null ? byWords : (1 - rules.rating.weight) * byWords + rules.rating.weight * byRating
  const label = score <= rules.angryBelow ? 'angry' : score >= rules.satisfiedAbove ? 'satisfied' : 'neutral'
  return { label, score: round(score) }
}
