/** A stretch of the reading copy that says one thing; `sentence` numbers the sentence it belongs to. */
export type Clause = { start: number; end: number; sentence: number }

const separator = /[.!?;,:\n。()\[\]]/g
const isDigit = (character: string): boolean => character >= '0' && character <= '9'
const isWord = (character: string): boolean => /[a-z0-9]/.test(character)
const endsSentence = (mark: string): boolean => '.!?\n。'.includes(mark)

/** `3.1.4`, `1,000`, `10:30`, `bms@3.1` hold no clause end; neither does the point of `a.m.` or `u.s.`. */
function isInsideToken(text: string, at: number): boolean {
  const before = text.charAt(at - 1)
  const after = text.charAt(at + 1)
  if (isDigit(before) && isDigit(after)) return true
  const isAbbreviation = text.charAt(at) === '.' && isWord(before) && !isWord(text.charAt(at - 2)) && at > 0
  return isAbbreviation && (isWord(after) || text.charAt(at - 2) === '.')
}

/**
 * Splits at `。！？；，.!?;,:`, brackets and line ends, not inside numbers, identifiers and abbreviations, and before each contrast word.
 *
 * @param text a reading copy (NFKC, so that full-width marks are plain).
 * @param contrasts starts of contrast words, ascending.
 */
export function splitClauses(text: string, contrasts: readonly number[]): Clause[] {
  const ends: { at: number; next: number; closes: boolean }[] = []
  for (const match of text.matchAll(separator)) {
    if (!isInsideToken(text, match.index)) ends.push({ at: match.index, next: match.index + 1, closes: endsSentence(match[0]) })
  }
  for (const at of contrasts) ends.push({ at, next: at, closes: false })
  ends.sort((a, b) => a.at - b.at)
  const clauses: Clause[] = []
  let start = 0
  let sentence = 0
  for (const { at, next, closes } of [...ends, { at: text.length, next: text.length, closes: true }]) {
    if (at > start) clauses.push({ start, end: at, sentence })
    start = Math.max(start, next)
    if (closes) sentence++
  }
  return clauses
}

/** Indexes of the clauses of every sentence, in their order. */
export function clausesBySentence(clauses: readonly Clause[]): Map<number, number[]> {
  const bySentence = new Map<number, number[]>()
  for (const [index, { sentence }] of clauses.entries()) {
    const own = bySentence.get(sentence)
    if (own) own.push(index)
    else bySentence.set(sentence, [index])
  }
  return bySentence
}

/** Index of the clause that holds `at`, by bisection; the last one before it where `at` lies on a separator. */
export function clauseIndexAt(clauses: readonly Clause[], at: number): number {
  let low = 0
  let high = clauses.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((clauses[middle] as Clause).start <= at) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

/** From the beginning of the sentence before to the end of the sentence after that of a clause. */
export function sentencesAround(clauses: readonly Clause[], index: number): { start: number; end: number } {
  const sentence = clauses[index]?.sentence ?? 0
  // An empty sentence ("...") takes a number too: the nearest one with words counts.
  let first = index
  while (first > 0 && (clauses[first - 1] as Clause).sentence === sentence) first--
  const before = clauses[first - 1]?.sentence
  while (first > 0 && (clauses[first - 1] as Clause).sentence === before) first--
  let last = index
  while (clauses[last + 1]?.sentence === sentence) last++
  const after = clauses[last + 1]?.sentence
  while (after !== undefined && clauses[last + 1]?.sentence === after) last++
  return { start: clauses[first]?.start ?? 0, end: clauses[last]?.end ?? 0 }
}
