import { loose } from './evidence-index.ts'

/** Characters of a run that two texts do not share by chance. */
const longestByChance = { han: 7, latin: 23 }

const runLength = (text: string): number => (/\p{Script=Han}/u.test(text) ? longestByChance.han : longestByChance.latin) + 1

/**
 * Words of people that a sentence makes its own: a run it shares with a quote outside quotation marks, and with no text of ours. An order in a
 * report would else be told as a finding.
 *
 * @param text the sentence without its quotations.
 */
export const copiedWords = (text: string, quotes: readonly string[], said: readonly string[]): string | null => {
  const sentence = loose(text)
  const ours = said.map(loose).join('\0')
  // A short sentence is copied as a whole or not at all.
  const length = Math.min(runLength(sentence), sentence.length)
  if (length < 4) return null
  for (let at = 0; at + length <= sentence.length; at += 1) {
    const run = sentence.slice(at, at + length)
    if (quotes.some(quote => quote.includes(run)) && !ours.includes(run)) return run
  }
  return null
}
