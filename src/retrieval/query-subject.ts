import type { SearchCasesRequest } from '../domain/case-search.ts'
import { parseDtc } from '../domain/dtc.ts'
import { FishboneError } from '../domain/error.ts'
import type { TextLinks } from '../domain/finding.ts'
import { termsOf } from './terms.ts'

/** What the search needs of the vocabulary. */
export type Glossary = {
  ancestorsOf(key: string): readonly string[]
  /** Label and plain surface forms in one language. */
  formsOf(key: string, language: 'en' | 'zh'): readonly string[]
  resolveComponent(name: string): string | null
  resolveSymptom(name: string): string | null
}

export type LinkText = (redactedText: string) => TextLinks

/** What is looked for, in the words of each channel. */
export type QuerySubject = {
  /** Redacted text; empty where only keys or codes were given. */
  text: string
  /** Search terms with weights, the other language's words for the linked keys included. */
  terms: ReadonlyMap<string, number>
  /** Those foreign words in plain, for the full-text indexes. */
  translations: readonly string[]
  components: readonly string[]
  symptoms: readonly string[]
  dtcs: readonly string[]
}

/** A word that stands in for one the writer did not use weighs less than one he did. */
const translationWeight = 0.5
/** Surface forms a key lends to the other language: the label and the most usual. */
const formsPerKey = 3

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]

/** Said, and not as absent, mended or feared. */
const isAsserted = (finding: { negated: boolean; past: boolean; hypothetical: boolean }): boolean =>
  !finding.negated && !finding.past && !finding.hypothetical

function keysOf(request: SearchCasesRequest, links: TextLinks | null, glossary: Glossary) {
  const linkedComponents = links?.components.map(({ key }) => key) ?? []
  const linkedSymptoms = links?.symptoms.filter(isAsserted).map(({ key }) => key) ?? []
  const askedComponents = request.components ?? []
  const askedSymptoms = request.symptoms ?? []
  const quoted = links?.dtcs.map(({ code }) => code) ?? []
  const asked = (request.dtcs ?? []).map(code => parseDtc(code)?.code ?? code.trim().toUpperCase())
  return {
    components: unique([...askedComponents.map(name => glossary.resolveComponent(name) ?? name), ...linkedComponents]),
    symptoms: unique([...askedSymptoms.map(name => glossary.resolveSymptom(name) ?? name), ...linkedSymptoms]),
    dtcs: unique([...asked, ...quoted]),
    // A name the vocabulary does not know may still stand in a case as a word.
    names: [
      ...askedComponents.filter(name => glossary.resolveComponent(name) === null),
      ...askedSymptoms.filter(name => glossary.resolveSymptom(name) === null),
    ],
  }
}

function translationsOf(keys: readonly string[], language: TextLinks['language'] | null, glossary: Glossary): string[] {
  const languages = ({ zh: ['en'], en: ['zh'] } as const)[language as 'zh' | 'en'] ?? (['en', 'zh'] as const)
  return unique(keys.flatMap(key => languages.flatMap(one => glossary.formsOf(key, one).slice(0, formsPerKey))))
}

function weighTerms(written: readonly string[], translated: readonly string[]): Map<string, number> {
  const weights = new Map<string, number>()
  for (const term of written) weights.set(term, (weights.get(term) ?? 0) + 1)
  for (const term of new Set(translated)) if (!weights.has(term)) weights.set(term, translationWeight)
  return weights
}

/**
 * Reads a request: links its text, resolves its keys, parses its codes, and gathers the words to look for.
 *
 * @param options.redact personal data is replaced before a text is linked, searched for or embedded.
 * @throws FB_NO_SUBJECT when there is neither text nor code nor key.
 */
export function readSubject(
  request: SearchCasesRequest,
  { link, glossary, redact }: { link: LinkText; glossary: Glossary; redact: (text: string) => string },
): QuerySubject {
  const text = request.text?.trim() ? redact(request.text) : ''
  const given = [request.dtcs, request.components, request.symptoms].some(list => list && list.length > 0)
  if (text === '' && !given) {
    throw new FishboneError('FB_NO_SUBJECT', 'there is nothing to look for: give a text, a fault code, a component or a symptom')
  }
  const links = text === '' ? null : link(text)
  const { components, symptoms, dtcs, names } = keysOf(request, links, glossary)
  const translations = translationsOf([...components, ...symptoms], links?.language ?? null, glossary)
  const written = termsOf([text, ...names, ...dtcs].join(' '))
  return { text, terms: weighTerms(written, termsOf(translations.join(' '))), translations, components, symptoms, dtcs }
}
