import type { SearchLanguage } from './text-language.ts'

/** One text by which a case can be found: its own prose, or a complaint that was confirmed for it. */
export type CaseText = {
  document: number
  language: SearchLanguage
  /** Null for the case's own prose. */
  feedbackId: string | null
  /** From when on it may be seen, canonical UTC; null for the prose, which is seen with its case. */
  knownFrom: string | null
}

/** The texts that may be seen: the prose first, then what was confirmed up to `asOf`, in the order of confirmation. */
export const visibleTexts = (texts: readonly CaseText[], asOf: string | null): readonly CaseText[] =>
  asOf === null || texts.length === 1 ? texts : texts.filter(({ knownFrom }) => knownFrom === null || knownFrom <= asOf)
