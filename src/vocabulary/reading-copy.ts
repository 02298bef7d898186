import type { Span } from '../domain/finding.ts'
import { matchingCopy } from '../domain/normalised-copy.ts'
import { redactionMarks } from '../domain/redaction-mark.ts'

/** The text as the matcher reads it: the matching copy with one kind of apostrophe, hyphen and space. */
export type ReadingCopy = {
  readonly text: string
  /** Smallest span of the source that holds `[start, end)` of the copy. */
  readonly toSource: (start: number, end: number) => Span
}

/** Stands for what must link to nothing; no surface form holds it. */
const blank = '\uFFFC'
// NHTSA blanks personal data in the same way a redactor does.
const blackedOut = /\[xxx\]|\bxxx+\b/g

const apostrophes = new Set(["'", '’', '‘', 'ʼ', '`', '´', '＇', 'â'])
const hyphens = new Set(['-', '‐', '‑', '–', '—', '_', '­', '"', '“', '”', '*'])
const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff
/** Reads as it stands: nearly all that is read. */
const isPlain = (unit: number): boolean => (unit >= 0x61 && unit <= 0x7a) || isHan(unit)
const isC1 = (unit: number): boolean => unit >= 0x80 && unit <= 0x9f

const maskMarks = (text: string): string =>
  text.replace(redactionMarks(), mark => blank.repeat(mark.length)).replace(blackedOut, mark => blank.repeat(mark.length))

/** One reading character of a matching-copy character; '' drops it. A line end stays: it ends a clause. */
function readingCharacter(character: string): string {
  if (character === '\n' || character === '\r') return '\n'
  if (character.trim() === '' || hyphens.has(character)) return ' '
  if (apostrophes.has(character)) return "'"
  return isC1(character.charCodeAt(0)) ? '' : character
}

/** White space between Han characters and their neighbours is typing, not wording: 中控屏 黑屏. */
const isIdleSpace = (before: number, after: number): boolean => isHan(before) || isHan(after)

/** Builds the reading copy: single spaces, none beside Han characters; redaction marks read as nothing. */
export function readingCopy(source: string): ReadingCopy {
  const copy = matchingCopy(source)
  const masked = maskMarks(copy.text)
  const units: string[] = []
  const positions: number[] = []
  let pendingSpace = -1
  for (let at = 0; at < masked.length; at++) {
    const character = isPlain(masked.charCodeAt(at)) ? masked.charAt(at) : readingCharacter(masked.charAt(at))
    if (character === '') continue
    if (character === ' ') {
      if (pendingSpace < 0) pendingSpace = at
      continue
    }
    const previous = units.at(-1)
    if (pendingSpace >= 0 && previous !== undefined && !isIdleSpace(previous.charCodeAt(0), character.charCodeAt(0))) {
      units.push(' ')
      positions.push(pendingSpace)
    }
    pendingSpace = -1
    units.push(character)
    positions.push(at)
  }
  return {
    text: units.join(''),
    toSource: (start, end) =>
      start >= end
        ? copy.toSource(positions[start] ?? masked.length, positions[start] ?? masked.length)
        : copy.toSource(positions[start] as number, (positions[end - 1] as number) + 1),
  }
}
