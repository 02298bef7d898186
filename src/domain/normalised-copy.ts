import type { Span } from './finding.ts'
import { traditionalPairs } from './traditional-characters.ts'

export { detectLanguage } from './language.ts'

/** A rewritten form of a text, with the way back: a span of the copy covers `toSource(start, end)` of the source. */
export type NormalisedCopy = {
  readonly text: string
  /** @returns the smallest source span that holds all of `[start, end)`; offsets are UTF-16 units, `start <= end`. */
  readonly toSource: (start: number, end: number) => Span
}

/** A stretch whose length changed; what lies between two stretches kept its length, unit by unit. */
type Stretch = { copyStart: number; copyEnd: number; sourceStart: number; sourceEnd: number }

const loneSurrogates = /\p{Surrogate}/gu
// Beyond tags, zero-width, bidi and variation selectors: soft hyphen, combining joiner, invisible operators and controls,
// which would hide a telephone number from every pattern just as well.
const invisibles =
  /[\u{0}-\u{8}\u{E}-\u{1F}\u{7F}-\u{84}\u{86}-\u{9F}\u{AD}\u{34F}\u{61C}\u{115F}\u{1160}\u{17B4}\u{17B5}\u{180B}-\u{180F}\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2060}-\u{206F}\u{3164}\u{FE00}-\u{FE0F}\u{FEFF}\u{FFA0}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E0FFF}]/gu

/** Drops what nobody sees (tags, zero-width, bidi controls, variation selectors, controls); a lone surrogate becomes U+FFFD. */
export const stripInvisible = (text: string): string => text.replace(loneSurrogates, '\uFFFD').replace(invisibles, '')

const plainOnly = /^[\u0000-\u007F\u2018-\u201D\u3001\u3002\u3008-\u3011\u4E00-\u9FFF]*$/
// A character together with all that may compose with it: marks, Hangul vowels and finals in their three encodings, half-width sound marks.
const composing =
  /[^][\p{M}\u1160-\u11FF\u3131-\u318E\uD7B0-\uD7FF\uFF9E-\uFFDC]+|[^\u0000-\u007F\u3001\u3002\u3008-\u3011\u4E00-\u9FFF]/gu

function createCopy(text: string, stretches: readonly Stretch[]): NormalisedCopy {
  const lastStartingAtOrBefore = (offset: number): Stretch | undefined => {
    let low = 0
    let high = stretches.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((stretches[middle] as Stretch).copyStart <= offset) low = middle + 1
      else high = middle
    }
    return stretches[low - 1]
  }
  const sourceStartOf = (offset: number): number => {
    const stretch = lastStartingAtOrBefore(offset)
    if (!stretch) return offset
    return offset < stretch.copyEnd ? stretch.sourceStart : offset - stretch.copyEnd + stretch.sourceEnd
  }
  const sourceEndOf = (offset: number): number => {
    const stretch = lastStartingAtOrBefore(offset - 1)
    if (!stretch) return offset
    return offset <= stretch.copyEnd ? stretch.sourceEnd : offset - stretch.copyEnd + stretch.sourceEnd
  }
  return {
    text,
    toSource: (start, end) => {
      const from = sourceStartOf(start)
      return [from, start === end ? from : sourceEndOf(end)]
    },
  }
}

function normaliseStretches(text: string): { text: string; stretches: Stretch[] } {
  const stretches: Stretch[] = []
  let growth = 0
  const copy = text.replace(composing, (source: string, offset: number) => {
    const target = source.normalize('NFKC')
    if (target.length !== source.length || source.length > 1) {
      const copyStart = offset + growth
      stretches.push({ copyStart, copyEnd: copyStart + target.length, sourceStart: offset, sourceEnd: offset + source.length })
      growth += target.length - source.length
    }
    return target
  })
  return { text: copy, stretches }
}

/** NFKC form: full-width digits and letters become matchable, `，` becomes `,`; case and script stay. */
export function nfkcCopy(text: string): NormalisedCopy {
  if (plainOnly.test(text)) return createCopy(text, [])
  const { text: copy, stretches } = normaliseStretches(text)
  return createCopy(copy, stretches)
}

const simplifiedOf = new Map(
  Array.from({ length: traditionalPairs.length / 2 }, (_, pair) => [traditionalPairs.charAt(2 * pair), traditionalPairs.charAt(2 * pair + 1)]),
)
const hanCharacters = /[\u3400-\u9FFF]/g

/** Folds case and script without moving any offset. */
const foldCaseAndScript = (text: string): string =>
  text
    // İ is the one letter whose lower case is longer than itself.
    .replaceAll('İ', 'I')
    .toLowerCase()
    .replace(hanCharacters, character => simplifiedOf.get(character) ?? character)

/** The form in which words are compared: NFKC, lower case, traditional characters as simplified ones; white space stays. */
export function matchingCopy(text: string): NormalisedCopy {
  const copy = nfkcCopy(text)
  return { text: foldCaseAndScript(copy.text), toSource: copy.toSource }
}
