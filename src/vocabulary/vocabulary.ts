import { createHash } from 'node:crypto'
import { FishboneError } from '../domain/error.ts'
import { expandParts } from './expand-pattern.ts'
import { readingCopy } from './reading-copy.ts'
import { checkReferences } from './check-references.ts'
import { type CompiledTerms, compileTerms } from './compile-terms.ts'
import { type ComponentTerm, formText, type HazardTerm, type SurfaceForm, type SymptomTerm, VocabularyFiles } from './vocabulary-files.ts'

export type TermKind = 'component' | 'symptom' | 'hazard'

/** The words of the field: keys with labels, definitions, tree and fault-code areas. Immutable. */
export type Vocabulary = {
  /** Hash of the content: two vocabularies with the same version link alike. */
  readonly version: string
  readonly files: VocabularyFiles
  /** Every surface form, ready for the linker. */
  readonly terms: CompiledTerms
  readonly components: ReadonlyMap<string, ComponentTerm>
  readonly symptoms: ReadonlyMap<string, SymptomTerm>
  readonly hazards: ReadonlyMap<string, HazardTerm>
  kindOf(key: string): TermKind | null
  /** Label of a component, symptom or hazard; an unknown key is its own label. */
  labelOf(key: string, language?: 'en' | 'zh'): string
  /** Parents of a component or symptom, nearest first; empty for a top or an unknown key. */
  ancestorsOf(key: string): string[]
  /** The key itself or one of its ancestors is `root`. */
  isWithin: (key: string, root: string) => boolean
  /** Components or symptoms whose fault-code areas hold this code (`P0AA6`), the narrowest areas only; in file order. */
  componentsOfDtc(code: string): string[]
  symptomsOfDtc(code: string): string[]
  /** Label and plain surface forms of a key, without duplicates: the glossary that carries a query into the other language. */
  formsOf(key: string, language: 'en' | 'zh'): string[]
  /** The component a field names: its key, a label or a surface form, compared without case and script; else null. */
  resolveComponent(name: string): string | null
  resolveSymptom(name: string): string | null
}

type Tree = ReadonlyMap<string, { parent?: string | null | undefined }>

function ancestors(tree: Tree, key: string): string[] {
  const chain: string[] = []
  for (let parent = tree.get(key)?.parent; parent && !chain.includes(parent); parent = tree.get(parent)?.parent) chain.push(parent)
  return chain
}

/** How many codes an area spans, as a measure of how narrowly it points. */
function dtcAreaMatches(area: string, code: string): number {
  const [from = '', to] = area.split('-')
  if (to !== undefined) return code >= from && code <= to ? 1 / (1 + parseInt(to.slice(1), 16) - parseInt(from.slice(1), 16)) : 0
  return code.startsWith(from) ? 16 ** (from.length - 5) : 0
}

function keysOfDtc(terms: ReadonlyMap<string, { dtcAreas?: string[] | undefined }>, code: string): string[] {
  const scored = [...terms].map(([key, term]) => ({
    key,
    narrowness: Math.max(0, ...(term.dtcAreas ?? []).map(area => dtcAreaMatches(area, code))),
  }))
  const best = Math.max(0, ...scored.map(({ narrowness }) => narrowness))
  return best === 0 ? [] : scored.filter(({ narrowness }) => narrowness === best).map(({ key }) => key)
}

function parseFiles(files: unknown): VocabularyFiles {
  const parsed = VocabularyFiles.safeParse(files)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  throw new FishboneError('FB_VOCABULARY_INVALID', `the vocabulary files do not match their schema: ${faults.slice(0, 5).join('; ')}`, {
    cause: parsed.error,
    details: { faults },
  })
}

type TermOf = { label: { en: string; zh: string }; forms: { en: SurfaceForm[]; zh: SurfaceForm[] } }

function plainForms(files: VocabularyFiles, term: TermOf | undefined, language: 'en' | 'zh'): string[] {
  if (!term) return []
  const readings = term.forms[language].flatMap(form => expandParts(formText(form), files.patterns))
  return [...new Set([term.label[language], ...readings.flatMap(parts => (parts.length === 1 ? (parts[0] ?? []) : []))])]
}

function nameIndex(files: VocabularyFiles, terms: ReadonlyMap<string, TermOf>): ReadonlyMap<string, string> {
  const index = new Map<string, string>()
  for (const [key, term] of terms) {
    for (const name of [...plainForms(files, term, 'en'), ...plainForms(files, term, 'zh')]) {
      const read = readingCopy(name).text
      if (!index.has(read)) index.set(read, key)
    }
  }
  // A key is the stronger name: written last.
  for (const key of terms.keys()) index.set(readingCopy(key).text, key)
  return index
}

/** Makes a value at its first use and keeps it. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/**
 * Reads the vocabulary: schema, parents, references between files, one meaning a surface form.
 *
 * @throws FB_VOCABULARY_INVALID; `details.faults` names every fault found.
 */
export function createVocabulary(input: unknown): Vocabulary {
  const files = parseFiles(input)
  checkReferences(files)
  const components = new Map(Object.entries(files.components.components))
  const symptoms = new Map(Object.entries(files.symptoms.symptoms))
  const hazards = new Map(Object.entries(files.hazards.hazards))
  const termOf = (key: string): ComponentTerm | SymptomTerm | undefined => components.get(key) ?? symptoms.get(key)
  // Made at first use: they cost as much as the automaton, and most commands never resolve a name.
  const componentNames = once(() => nameIndex(files, components))
  const symptomNames = once(() => nameIndex(files, symptoms))
  const knownAncestors = new Map([...components.keys(), ...symptoms.keys()].map(key => [key, ancestors(components.has(key) ? components : symptoms, key)]))
  const ancestorsOf = (key: string): string[] => knownAncestors.get(key) ?? []
  return {
    version: createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16),
    files,
    terms: compileTerms(files),
    components,
    symptoms,
    hazards,
    kindOf: key => (components.has(key) ? 'component' : symptoms.has(key) ? 'symptom' : hazards.has(key) ? 'hazard' : null),
    labelOf: (key, language = 'en') => (termOf(key) ?? hazards.get(key))?.label[language] ?? key,
    ancestorsOf,
    isWithin: (key, root) => key === root || ancestorsOf(key).includes(root),
    componentsOfDtc: code => keysOfDtc(components, code),
    symptomsOfDtc: code => keysOfDtc(symptoms, code),
    formsOf: (key, language) => plainForms(files, termOf(key), language),
    resolveComponent: name => componentNames().get(readingCopy(name).text) ?? null,
    resolveSymptom: name => symptomNames().get(readingCopy(name).text) ?? null,
  }
}
