import type { RedactionKind } from '../../domain/redaction-mark.ts'

/** A stretch of the NFKC copy that is personal; `start` inclusive, `end` exclusive. */
export type PersonalSpan = { start: number; end: number }

/** Finds one kind of personal data in an NFKC copy in which earlier finds and redaction marks are blotted out. */
export type RedactionRule = { kind: RedactionKind; find(this: void, text: string): PersonalSpan[] }

type PatternRule = {
  kind: RedactionKind
  /** Global. A group `value`, where there is one, is the personal part and ends the match. */
  pattern: RegExp
  accept?: (value: string, context: { text: string; start: number; end: number }) => boolean
}

/** A rule that is one pattern and a check of what it caught. */
export function patternRule({ kind, pattern, accept }: PatternRule): RedactionRule {
  return {
    kind,
    find: text => {
      const spans: PersonalSpan[] = []
      for (const match of text.matchAll(pattern)) {
        const value = match.groups?.['value'] ?? match[0]
        const end = match.index + match[0].length
        const start = end - value.length
        if (value && (!accept || accept(value, { text, start, end }))) spans.push({ start, end })
      }
      return spans
    },
  }
}
