const special = /[.*+?^${}()|[\]\\/]/g

export const escapePattern = (text: string): string => text.replace(special, '\\$&')

const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** A pattern that finds any of these phrases, longest first; Latin ones as whole words in any case. `null` phrases never match. */
export const phrasePattern = (phrases: readonly string[], flags = 'giu'): RegExp => {
  const sources = phrases
    .toSorted((a, b) => b.length - a.length)
    .map(phrase => (hasHan(phrase) ? escapePattern(phrase) : `(?<![\\p{L}\\p{N}])${escapePattern(phrase).replace(/ /g, '\\s+')}(?![\\p{L}\\p{N}])`))
  return new RegExp(sources.length === 0 ? '(?!)' : sources.join('|'), flags)
}

/** The text with a stretch blanked, so that offsets stay. */
export const blank = (text: string, start: number, end: number): string => text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)

/** The text with every match blanked. */
export const blankAll = (text: string, pattern: RegExp): string => text.replace(pattern, match => ' '.repeat(match.length))
