const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff

// A word with a digit in it is an identifier: those are compared whole, elsewhere.
const word = /(?<![a-z0-9])[a-z][a-z']+(?![a-z0-9])/g
/** From this length on a slip of the finger leaves enough of a word to know it by. */
const longWord = 5

/** A word and, where it is long, its trigrams. */
export function gramsOfWord(own: string): string[] {
  const grams = [own]
  if (own.length >= longWord) for (let at = 0; at + 3 <= own.length; at++) grams.push(`~${own.slice(at, at + 3)}`)
  return grams
}

/** 咕噜咕噜 says what 咕噜 says; said twice it is no second sign. */
const repeated = /([㐀-鿿]{2,3})\1+/g

/** The stretches of a text that grams are made of: single, double and threefold Chinese characters as they stand, the words in their order. */
export function wordingOf(told: string): { han: string[]; words: string[] } {
  const text = told.replace(repeated, '$1')
  const han: string[] = []
  for (let at = 0; at < text.length; at++) {
    if (!isHan(text.charCodeAt(at))) continue
    han.push(text.charAt(at))
    if (!isHan(text.charCodeAt(at + 1))) continue
    han.push(text.slice(at, at + 2))
    if (isHan(text.charCodeAt(at + 2))) han.push(text.slice(at, at + 3))
  }
  return { han, words: text.match(word) ?? [] }
}

/**
 * What a wording is known by: characters one by one, in pairs and in threes for Chinese; words, pairs of words and, as `~xyz`, the trigrams of
 * long words for the rest ("brakng" and "braking" share most of theirs). Repeated as often as met.
 *
 * @param text a stretch of a reading copy.
 */
export function gramsOf(text: string): string[] {
  const { han, words } = wordingOf(text)
  return [...han, ...words.flatMap((own, at) => [...gramsOfWord(own), ...(at > 0 ? [`${words[at - 1]} ${own}`] : [])])]
}
