import type { SearchCasesRequest } from '../domain/case-search.ts'
import { parseDtc } from '../domain/dtc.ts'
import { FishboneError } from '../domain/error.ts'
import type { TextLinks } from '../domain/finding.ts'
import { termsOf } from './terms.ts'
import { isTermOf, languageOf, otherLanguage, scriptOf, type SearchLanguage } from './text-language.ts'
import type { WordGlossary } from './word-glossary.ts'

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
  language: SearchLanguage
  /** The text told word by word in the other language; empty where that says nothing. */
  retold: string
  /** All search terms with weights, the other language's words included. */
  terms: ReadonlyMap<string, number>
  /** Those that a text of a language can hold: a case in the other language is held against these words only, not against all that were written. */
  termsIn: Readonly<Record<SearchLanguage, ReadonlyMap<string, number>>>
  /** Those foreign words in plain, for the full-text indexes. */
  translations: readonly string[]
  components: readonly string[]
  symptoms: readonly string[]
  dtcs: readonly string[]
  /** Those of the keys and codes that the request itself gave, beside the text: what they say is said once more. */
  given: Readonly<Record<'components' | 'symptoms' | 'dtcs', readonly string[]>>
}

/** A word that stands in for one the writer did not use weighs less than one he did. */
const translationWeight = 0.5
/** Surface forms a key lends to the other language: the label and the most usual. */
const formsPerKey = 3

/** Several forms of one word share about the weight of one. */
const weightOfForms = (forms: number): number => 1 / Math.sqrt(forms)

/** A symptom that is more likely not meant than meant is no key to look for. */
const leastConfidence = 0.5

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]

/** Said, and not as absent, mended or feared. */
const isAsserted = (finding: { negated: boolean; past: boolean; hypothetical: boolean }): boolean =>
  !finding.negated && !finding.past && !finding.hypothetical

function keysOf(request: SearchCasesRequest, links: TextLinks | null, glossary: Glossary) {
  const linkedComponents = links?.components.map(({ key }) => key) ?? []
  const linkedSymptoms = links?.symptoms.filter(link => isAsserted(link) && link.confidence >= leastConfidence).map(({ key }) => key) ?? []
  const askedComponents = request.components ?? []
  const askedSymptoms = request.symptoms ?? []
  const quoted = links?.dtcs.map(({ code }) => code) ?? []
  const asked = (request.dtcs ?? []).map(code => parseDtc(code)?.code ?? code.trim().toUpperCase())
  const given = {
    components: unique(askedComponents.map(name => glossary.resolveComponent(name) ?? name)),
    symptoms: unique(askedSymptoms.map(name => glossary.resolveSymptom(name) ?? name)),
    dtcs: unique(asked),
  }
  return {
    given,
    components: unique([...given.components, ...linkedComponents]),
    symptoms: unique([...given.symptoms, ...linkedSymptoms]),
    dtcs: unique([...given.dtcs, ...quoted]),
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

type Said = { language: SearchLanguage; written: readonly string[]; translated: readonly string[]; retold: readonly (readonly string[])[] }

/** A word counts as often as it is said, as in a text that was written in the language. */
function weighRetold(retold: Said['retold']): Map<string, number> {
  const weights = new Map<string, number>()
  for (const forms of retold) {
    for (const form of forms) {
      for (const term of new Set(termsOf(form))) weights.set(term, (weights.get(term) ?? 0) + weightOfForms(forms.length))
    }
  }
  return weights
}

/** The words that a text of one language can hold, of those written, those the keys lend, and those of the other language's retelling. */
function weighTerms({ language, written, translated, retold }: Said, of: SearchLanguage): Map<string, number> {
  const weights = new Map<string, number>()
  for (const term of written) if (isTermOf(term, { text: of, query: language })) weights.set(term, (weights.get(term) ?? 0) + 1)
  const lend = (term: string, weight: number): void => void weights.set(term, Math.max(weights.get(term) ?? 0, weight))
  for (const term of translated) if (scriptOf(term) === of) lend(term, translationWeight)
  if (of !== language) for (const [term, weight] of weighRetold(retold)) lend(term, weight)
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
  { link, glossary, redact, words }: { link: LinkText; glossary: Glossary; redact: (text: string) => string; words?: WordGlossary | undefined },
): QuerySubject {
  const text = request.text?.trim() ? redact(request.text) : ''
  const given = [request.dtcs, request.components, request.symptoms].some(list => list && list.length > 0)
  if (text === '' && !given) {
    throw new FishboneError('FB_NO_SUBJECT', 'there is nothing to look for: give a text, a fault code, a component or a symptom')
  }
  const links = text === '' ? null : link(text)
  const { components, symptoms, dtcs, given: keys, names } = keysOf(request, links, glossary)
  const translations = translationsOf([...components, ...symptoms], links?.language ?? null, glossary)
  const language = languageOf(text || names.join(' '))
  const retold = words?.translate(text, otherLanguage(language)) ?? { text: '', words: [] }
  const said: Said = { language, written: termsOf([text, ...names, ...dtcs].join(' ')), translated: termsOf(translations.join(' ')), retold: retold.words }
  const termsIn = { en: weighTerms(said, 'en'), zh: weighTerms(said, 'zh') }
  return {
    text, language, retold: retold.text, terms: new Map([...termsIn[language], ...termsIn[otherLanguage(language)], ...termsIn[language]]), termsIn, translations, components, symptoms, dtcs, given: keys,
  }
}
