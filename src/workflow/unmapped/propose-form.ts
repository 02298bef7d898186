import { matchingForm } from '../../retrieval/terms.ts'
import { englishStopWords } from '../../retrieval/english-stop-words.ts'

const hanRun = /\p{Script=Han}+/gu
const latinWord = /[a-z][a-z']*/g
const longestHan = 8
const longestWords = 4
/** Candidates held against the rest of the queue; each costs a pass over it. */
const mostWeighed = 40
/** Share of a cluster's clauses that must hold the form. */
const leastShare = 0.3

/** Stretches of a clause that may become a surface form: runs of Han characters, runs of words that neither begin nor end with a filler. */
const candidatesOf = (clause: string): Set<string> => {
  const text = matchingForm(clause)
  const found = new Set<string>()
  for (const run of text.match(hanRun) ?? []) {
    const characters = [...run]
    for (let from = 0; from < characters.length; from++)
      for (let length = 2; length <= Math.min(longestHan, characters.length - from); length++) found.add(characters.slice(from, from + length).join(''))
  }
  for (const part of text.split(/[^a-z' ]+/)) {
    const words = part.match(latinWord) ?? []
    for (let from = 0; from < words.length; from++)
      for (let length = 1; length <= Math.min(longestWords, words.length - from); length++) {
        const [first, last] = [words[from]!, words[from + length - 1]!]
        if (!englishStopWords.has(first) && !englishStopWords.has(last)) found.add(words.slice(from, from + length).join(' '))
      }
  }
  return found
}

/** How much a form says: Han characters one by one, words as two each. */
const lengthOf = (form: string): number => (/\p{Script=Han}/u.test(form) ? [...form].length : form.split(' ').length * 2)

/**
 * The stretch of words that tells a cluster apart: said in many of its clauses, seldom elsewhere, and long. Null where its clauses share none.
 *
 * @param others how many clauses outside of the cluster hold a form, of `outside` altogether.
 */
export const proposeForm = (clauses: readonly string[], others: (form: string) => number, outside: number): string | null => {
  const counts = new Map<string, number>()
  for (const clause of clauses) for (const candidate of candidatesOf(clause)) counts.set(candidate, (counts.get(candidate) ?? 0) + 1)
  const least = Math.max(Math.min(2, clauses.length), Math.ceil(clauses.length * leastShare))
  const scored = [...counts]
    .filter(([, count]) => count >= least)
    .map(([form, count]) => ({ form, count, saying: count * Math.log(1 + lengthOf(form)) }))
    .toSorted((a, b) => b.saying - a.saying || (a.form < b.form ? -1 : 1))
    .slice(0, mostWeighed)
    .map(({ form, count }) => ({ form, score: (count / clauses.length) * Math.log(1 + lengthOf(form)) * Math.log(2 + outside / (1 + others(form))) }))
  return scored.toSorted((a, b) => b.score - a.score || b.form.length - a.form.length || (a.form < b.form ? -1 : 1))[0]?.form ?? null
}
