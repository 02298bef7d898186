import { termsOf, wordsOf } from './terms.ts'

/** Clauses in one query; Lucene refuses more than 1,024. */
const mostClauses = 200

const quote = (word: string): string => `"${word.replace(/["\\]/g, ' ').trim()}"`

const anyOf = (words: readonly string[]): string =>
  [...new Set(words)].map(word => quote(word)).filter(quoted => quoted !== '""').slice(0, mostClauses).join(' OR ')

/**
 * A query in Lucene's syntax that finds any of a text's words. Every word is quoted, so nothing a person writes is read as an operator.
 *
 * @returns an empty text where there is nothing to look for.
 */
export const englishQuery = (text: string, translations: readonly string[]): string => anyOf([...wordsOf(text), ...translations])

/** The same for the `cjk` analyzer, which cuts pairs of characters itself and leaves English words unstemmed. */
export const cjkQuery = (text: string, translations: readonly string[]): string => anyOf([...termsOf(text), ...translations])
