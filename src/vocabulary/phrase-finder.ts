import type { Span } from '../domain/finding.ts'
import { clauseIndexAt, splitClauses } from './clauses.ts'
import { compileForms, type FormSource } from './compile-terms.ts'
import { findMentions } from './find-mentions.ts'
import { readingCopy } from './reading-copy.ts'
import type { Forms, PatternFile } from './vocabulary-files.ts'

/** Forms by key; of one lane the longest match wins over those it overlaps. `traps` take the place of a form and mean nothing. */
export type PhraseLane = { keys: Readonly<Record<string, Forms>>; traps?: Forms }

/**
 * One phrase met, at `[start, end)` of the reading copy and `span` of the text given; `clause` numbers the clause it begins in, `clauseSpan` is
 * where that one stands in the text given.
 */
export type Phrase = { key: string; start: number; end: number; span: Span; clause: number; clauseSpan: Span }

/** The phrases of a text by lane, in order, with the reading copy they were met in. */
export type FoundPhrases = { text: string; clauses: { start: number; end: number; sentence: number }[]; of(lane: string): readonly Phrase[] }

export type PhraseFinder = (text: string) => FoundPhrases

const none: readonly Phrase[] = []

/**
 * Finds phrases as the linker finds its words: on the reading copy, patterns expanded, the longest of a lane first. For word lists that say
 * something about a report other than what failed.
 *
 * @throws FB_VOCABULARY_INVALID where one form stands for two keys of a lane, or a pattern cannot be expanded.
 */
export function createPhraseFinder(lanes: Readonly<Record<string, PhraseLane>>, patterns: PatternFile): PhraseFinder {
  const sources = Object.entries(lanes).flatMap(([lane, { keys, traps }]): FormSource[] => [
    ...Object.entries(keys).map(([key, forms]) => ({ lane, key, forms })),
    ...(traps ? [{ lane, key: '', forms: traps }] : []),
  ])
  const terms = compileForms(sources, patterns)
  return text => {
    const copy = readingCopy(text)
    const clauses = splitClauses(copy.text, [])
    const found = findMentions(text, copy, terms)
    const phrases = new Map(
      Array.from(found, ([lane, mentions]) => [
        lane,
        mentions.map(({ meaning, start, end }) => {
          const clause = clauseIndexAt(clauses, start)
          const within = clauses[clause] ?? { start, end }
          return { key: meaning.key, start, end, span: copy.toSource(start, end), clause, clauseSpan: copy.toSource(within.start, within.end) }
        }),
      ]),
    )
    return { text: copy.text, clauses, of: lane => phrases.get(lane) ?? none }
  }
}
