import { FishboneError } from '../domain/error.ts'
import { expandParts } from './expand-pattern.ts'
import { readingCopy } from './reading-copy.ts'
import { createTermAutomaton, type TermAutomaton } from './term-automaton.ts'
import { type Forms, formText, modalityCues, type PatternFile, type SurfaceForm, type VocabularyFiles } from './vocabulary-files.ts'

/**
 * What a surface form stands for. `lane` is the kind within which the longest match wins; `key` means by lane: a component key, `?n` an
 * ambiguous word, a symptom key, `!n` fault words, a cue's name (`negated.before`), a told event; '' is a trap that only takes the place.
 */
export type Meaning = {
  lane: string
  key: string
  /** Exact source spelling that is demanded, where case matters. */
  spelling: string | null
  weak: boolean
  atClauseStart: boolean
  plural: boolean
}

/** One literal of the automaton: whole forms, and parts of forms with a gap. */
export type Literal = { whole: Meaning[]; parts: { gapped: number; part: number }[] }
export type GappedForm = { meaning: Meaning; parts: number }
export type CompiledTerms = { automaton: TermAutomaton; literals: Literal[]; gapped: GappedForm[] }

export const lanes = { component: 'component', symptom: 'symptom' } as const

/** Forms that stand for one key of one lane. */
export type FormSource = { lane: string; key: string; forms: Forms }

function* termSources(files: VocabularyFiles): Generator<FormSource> {
  const { components, ambiguous, traps } = files.components
  for (const [key, term] of Object.entries(components)) {
    yield { lane: lanes.component, key, forms: { en: [...term.forms.en, term.label.en], zh: [...term.forms.zh, term.label.zh] } }
  }
  for (const [index, word] of ambiguous.entries()) yield { lane: lanes.component, key: `?${index}`, forms: word.forms }
  yield { lane: lanes.component, key: '', forms: traps }
  for (const [key, term] of Object.entries(files.symptoms.symptoms)) {
    yield { lane: lanes.symptom, key, forms: { en: [...term.forms.en, term.label.en], zh: [...term.forms.zh, term.label.zh] } }
  }
  for (const [index, words] of files.symptoms.faultWords.entries()) yield { lane: lanes.symptom, key: `!${index}`, forms: words.forms }
  yield { lane: lanes.symptom, key: '', forms: files.symptoms.traps }
}

function* cueSources(files: VocabularyFiles): Generator<FormSource> {
  for (const name of modalityCues) {
    const cue = files.cues.modality[name]
    for (const side of ['before', 'after', 'around'] as const) yield { lane: name, key: `${name}.${side}`, forms: cue[side] }
    yield { lane: name, key: '', forms: cue.traps }
  }
  yield { lane: 'contrast', key: 'contrast', forms: files.cues.contrast }
  yield { lane: 'scopeEnd', key: 'scopeEnd', forms: files.cues.scopeEnd }
  for (const [name, event] of Object.entries(files.cues.subject)) {
    yield { lane: name, key: name, forms: event.forms }
    yield { lane: name, key: '', forms: event.traps }
  }
  for (const [name, event] of Object.entries(files.cues.told)) {
    yield { lane: `told.${name}`, key: `told.${name}`, forms: event.forms }
    yield { lane: `told.${name}`, key: '', forms: event.traps }
  }
}

type Compiling = { source: FormSource; language: 'en' | 'zh'; isWeak: boolean; isCased: boolean }

/** @param text the exact spelling, where case matters. */
const meaningOf = ({ source, language, isWeak, isCased }: Compiling, text: string, atClauseStart: boolean): Meaning => ({
  lane: source.lane,
  key: source.key,
  spelling: isCased ? text : null,
  weak: isWeak,
  atClauseStart,
  plural: language === 'en' && source.lane === lanes.component,
})

const sameMeaning = (a: Meaning, b: Meaning): boolean => a.lane === b.lane && a.key === b.key && a.spelling === b.spelling

// Most forms already read as they are written; the copy of the others costs seconds for tens of thousands.
const plainForm = /^[a-z0-9']+(?: [a-z0-9']+)*$/

/** The same words for two keys of one lane would make the answer depend on file order. */
function refuseClash(text: string, meanings: readonly Meaning[], added: Meaning): void {
  const rival = meanings.find(meaning => meaning.lane === added.lane && meaning.key !== added.key && meaning.spelling === added.spelling)
  if (!rival) return
  const fault = `"${text}" stands for both ${rival.key || 'a trap'} and ${added.key || 'a trap'}`
  throw new FishboneError('FB_VOCABULARY_INVALID', `one surface form has two meanings: ${fault}`, { details: { faults: [fault] } })
}

/** Every surface form of the vocabulary in one automaton. @throws FB_VOCABULARY_INVALID as `compileForms`. */
export const compileTerms = (files: VocabularyFiles): CompiledTerms => compileForms([...termSources(files), ...cueSources(files)], files.patterns)

/**
 * Expands surface forms into one automaton.
 *
 * @throws FB_VOCABULARY_INVALID where one form stands for two keys of the same lane, or a pattern cannot be expanded.
 */
export function compileForms(sources: readonly FormSource[], patterns: PatternFile): CompiledTerms {
  const literals = new Map<string, Literal>()
  const gapped: GappedForm[] = []
  const literalOf = (text: string): Literal => {
    const read = plainForm.test(text) ? text : readingCopy(text).text
    const known = literals.get(read) ?? { whole: [], parts: [] }
    literals.set(read, known)
    return known
  }
  const addWhole = (form: string, compiling: Compiling): void => {
    const text = form.startsWith('^') ? form.slice(1) : form
    const meaning = meaningOf(compiling, text, form.startsWith('^'))
    const { whole } = literalOf(text)
    refuseClash(text, whole, meaning)
    if (!whole.some(known => sameMeaning(known, meaning))) whole.push(meaning)
  }
  const addGapped = (parts: readonly string[][], compiling: Compiling): void => {
    const index = gapped.push({ meaning: meaningOf({ ...compiling, isCased: false }, '', false), parts: parts.length }) - 1
    parts.forEach((wordings, part) => wordings.forEach(wording => literalOf(wording).parts.push({ gapped: index, part })))
  }
  const add = (form: SurfaceForm, source: FormSource, language: 'en' | 'zh'): void => {
    const flags = typeof form === 'string' ? { weak: false, case: false } : form
    const compiling = { source, language, isWeak: flags.weak ?? false, isCased: flags.case ?? false }
    for (const parts of expandParts(formText(form), patterns)) {
      if (parts.length > 1) addGapped(parts, compiling)
      else for (const wording of parts[0] ?? []) addWhole(wording, compiling)
    }
  }
  try {
    for (const source of sources) {
      for (const language of ['en', 'zh'] as const) for (const form of source.forms[language]) add(form, source, language)
    }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new FishboneError('FB_VOCABULARY_INVALID', cause.message, { cause, details: { faults: [cause.message] } })
  }
  return { automaton: createTermAutomaton([...literals.keys()]), literals: [...literals.values()], gapped }
}
