import type { PatternFile } from './vocabulary-files.ts'

/** A pattern may stand for this many forms at most: a slip of braces must not fill the memory. */
const maximumForms = 2_000

const isVowel = (letter: string | undefined): boolean => letter !== undefined && 'aeiou'.includes(letter)

/** Regular inflection of an English verb: the word, -s, -ed, -ing. */
function inflect(verb: string): string[] {
  const last = verb.at(-1)
  const beforeLast = verb.at(-2)
  if (last === 'e') return [verb, `${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`]
  if (last === 'y' && !isVowel(beforeLast)) {
    const stem = verb.slice(0, -1)
    return [verb, `${stem}ies`, `${stem}ied`, `${verb}ing`]
  }
  const third = /(?:s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`
  const doubles = /^[^aeiou]*[aeiou][bdgklmnprt]$/.test(verb)
  const stem = doubles ? `${verb}${last}` : verb
  return [verb, third, `${stem}ed`, `${stem}ing`]
}

const inflectMarked = (pattern: string, irregular: PatternFile['irregular']): string =>
  pattern.replace(/([a-z]+)~/g, (_, verb: string) => `{${(irregular[verb] ?? inflect(verb)).join('|')}}`)

const substituteMacros = (pattern: string, macros: PatternFile['macros']): string =>
  pattern.replace(/@([a-zA-Z]+)/g, (whole, name: string) => {
    const words = macros[name]
    return words ? `{${words.join('|')}}` : whole
  })

/** Splits `a|b|{c|d}` at the bars outside of braces. */
function splitAlternatives(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}') depth--
    else if (text[at] === '|' && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}

function closingBrace(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  return -1
}

function expandBraces(text: string): string[] {
  const open = text.indexOf('{')
  if (open < 0) return [text]
  const close = closingBrace(text, open)
  if (close < 0) throw new RangeError(`unbalanced brace in pattern "${text}"`)
  const heads = splitAlternatives(text.slice(open + 1, close)).flatMap(expandBraces)
  const tails = expandBraces(text.slice(close + 1))
  if (heads.length * tails.length > maximumForms) throw new RangeError(`pattern "${text}" stands for too many forms`)
  return heads.flatMap(head => tails.map(tail => text.slice(0, open) + head + tail))
}

/**
 * All forms a pattern stands for: `{a|b|}` alternatives (empty ones too), `@name` a macro, `verb~` an inflected English verb.
 * `…` stays in the form: it is a gap of a few words that the matcher fills.
 *
 * @throws RangeError on unbalanced braces, or where one pattern stands for more than 2,000 forms.
 */
export function expandPattern(pattern: string, { macros, irregular }: PatternFile): string[] {
  const marked = inflectMarked(substituteMacros(pattern, macros), irregular)
  const forms = expandBraces(marked).map(form => form.replace(/\s+/g, ' ').trim())
  return [...new Set(forms)]
}

/** Splits at the gaps outside of braces; null where a gap stands inside of them. */
function splitAtGaps(pattern: string): string[] | null {
  const segments: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '{') depth++
    else if (pattern[at] === '}') depth--
    else if (pattern[at] === '…' && depth > 0) return null
    else if (pattern[at] === '…') {
      segments.push(pattern.slice(start, at))
      start = at + 1
    }
  }
  return [...segments, pattern.slice(start)]
}

/**
 * What a pattern stands for, part by part: one list of wordings for each stretch between its gaps. A pattern of n and m wordings around a gap
 * costs n + m of them, not n × m. A part that may be empty is left out in a second reading.
 *
 * @returns readings; one with a single part has no gap.
 * @throws RangeError as `expandPattern`.
 */
export function expandParts(pattern: string, patterns: PatternFile): string[][][] {
  const segments = splitAtGaps(pattern)
  if (segments === null) {
    return expandPattern(pattern, patterns).map(form => form.split('…').map(part => part.trim()).filter(part => part !== '').map(part => [part]))
  }
  let readings: string[][][] = [[]]
  for (const segment of segments) {
    const wordings = expandPattern(segment, patterns)
    const said = wordings.filter(wording => wording !== '')
    readings = readings.flatMap(reading => [...(said.length > 0 ? [[...reading, said]] : []), ...(said.length < wordings.length ? [reading] : [])])
  }
  return readings.filter(reading => reading.length > 0)
}
