import { type Assessment, assess, type AssessmentInput } from './assess.ts'
import type { Vocabulary } from './vocabulary.ts'

export { filedComponent } from './filed-component.ts'
export { createLinker, type LinkedText, type Linker, type TextVector, type ToldCue } from './linker.ts'
export { AcceptedTerm, noSiteTerms, parseSiteTerms, SiteTerms, withAcceptedTerms } from './accepted-terms.ts'
export { createPhraseFinder, type FoundPhrases, type Phrase, type PhraseFinder } from './phrase-finder.ts'
export { createSoundsLike, type SoundsLike } from './sounds-like.ts'
export { createVocabulary, type Vocabulary } from './vocabulary.ts'
export { Forms, SurfaceForm } from './vocabulary-files.ts'
export type { UnlinkedClause } from './unlinked-clauses.ts'
export type { Assessment, AssessmentInput } from './assess.ts'
export type { RecordedCode, RecordFlags } from './find-hazards.ts'
export type { VocabularyFiles } from './vocabulary-files.ts'

/** Judges a record by its links, recorded codes and flags. */
export type Assess = (input: AssessmentInput) => Assessment

/** Binds `assess` to the rules of one vocabulary. */
export const createAssess =
  (vocabulary: Vocabulary): Assess =>
  input =>
    assess(vocabulary, input)
