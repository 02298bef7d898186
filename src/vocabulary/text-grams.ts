const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff

// A word with a digit in it is an identifier: those are compared whole, elsewhere.
const word = /(?<![a-z0-9])[a-z][a-z']+(?![a-z0-9])/g
/** From this length on a slip of the finger leaves enough of a word to know it by. */
const longWord = 5

/**
 * What a wording is known by: characters one by one, in pairs and in threes for Chinese; words, pairs of words and, as `~xyz`, the trigrams of
 * long words for the rest ("brakng" and "braking" share most of theirs). Repeated as often as met.
 *
 * @param text a stretch of a reading copy.
 */
export function gramsOf(text: string): string[] {
  const grams: string[] = []
  for (let at = 0; at < text.length; at++) {
    if (!isHan(text.charCodeAt(at))) continue
    grams.push(text.charAt(at))
    if (!isHan(text.charCodeAt(at + 1))) continue
    grams.push(text.slice(at, at + 2))
    if (isHan(text.charCodeAt(at + 2))) grams.push(text.slice(at, at + 3))
  }
  let previous = ''
  for (const [own] of text.matchAll(word)) {
    grams.push(own)
    if (own.length >= longWord) for (let at = 0; at + 3 <= own.length; at++) grams.push(`~${own.slice(at, at + 3)}`)
    if (previous !== '') grams.push(`${previous} ${own}`)
    previous = own
  }
  return grams
}
