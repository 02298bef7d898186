import { countTerms } from './postings.ts'
import { termsOf } from './terms.ts'

const longest = 280
const sentenceEnd = /(?<=[。！？；])|(?<=[.!?;])\s+|\n+/u

const cutTo = (text: string): string => {
  if (text.length <= longest) return text
  const end = text.lastIndexOf(' ', longest)
  // Never between the halves of a surrogate pair.
  return `${[...text.slice(0, end > longest / 2 ? end : longest)].filter(character => !/\p{Surrogate}/u.test(character)).join('')}…`
}

/** A sentence with its search terms, each once. */
export type Sentence = { text: string; terms: readonly string[] }

export const splitSentences = (prose: string): Sentence[] =>
  prose.split(sentenceEnd).map(sentence => sentence.trim()).filter(sentence => sentence.length > 0)
    .map(sentence => ({ text: sentence, terms: [...countTerms(termsOf(sentence)).keys()] }))

/**
 * The sentence of a case that shares most with the query, each word counted once and rarer words of the query no more than others;
 * its first sentence where nothing is shared. At most 280 characters and an ellipsis.
 */
export function bestSentence(sentences: readonly Sentence[], query: ReadonlyMap<string, number>): string {
  let best = sentences[0]?.text ?? ''
  let bestShare = 0
  for (const { text, terms } of sentences) {
    let shared = 0
    for (const term of terms) if (query.has(term)) shared++
    // Long sentences share words by length alone.
    const share = shared / Math.sqrt(8 + terms.length)
    if (share > bestShare) [best, bestShare] = [text, share]
  }
  return cutTo(best)
}
