import { findDtcMentions } from '../domain/dtc.ts'
import { stripInvisible } from '../domain/normalised-copy.ts'
import type { EvidenceItem, EvidencePack, EvidenceValue } from '../domain/suggestion.ts'
import type { Linker, Vocabulary } from '../vocabulary/index.ts'
import { readDates } from './dates.ts'
import type { DateMention } from './dates.ts'

/** What sentences may take from one evidence item, or from several together. Quotes give neither numbers nor names. */
export type CitedFacts = {
  values: EvidenceValue[]
  /** Names as written, in lower case and NFKC form. */
  names: ReadonlySet<string>
  /** Words of names and summaries, in lower case. */
  words: ReadonlySet<string>
  components: ReadonlySet<string>
  symptoms: ReadonlySet<string>
  dtcs: ReadonlySet<string>
  dates: DateMention[]
  /** Texts a quotation may be taken from. */
  sources: string[]
  /** Texts of ours, which a sentence may repeat. */
  said: string[]
}

export type EvidenceIndex = {
  ids: readonly string[]
  /** Facts of these items and of the subject; unknown ids give nothing. */
  factsOf(ids: readonly string[]): CitedFacts
  /** Names of the whole pack. */
  allNames: ReadonlySet<string>
  /** Words of people in the whole pack, without spaces and full stops. */
  quotes: readonly string[]
}

export const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** For comparing words: without case, white space, commas and full stops. */
export const loose = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s，,。.!！?？…]+/g, '')

const wordsOf = (text: string): string[] => folded(text).match(/[\p{Script=Latin}\p{N}]+/gu) ?? []

/** Runs of letters, digits and joining signs that are an identifier: they hold a digit, or letters in capitals only with a joint. */
const identifiersIn = (text: string): string[] =>
  Array.from(text.normalize('NFKC').matchAll(/[A-Za-z0-9]+(?:[._/@%+:-]+[A-Za-z0-9]+)*/g), match => match[0]).filter(run => /\d/.test(run) && /[A-Za-z]/.test(run))

const emptyFacts = (): CitedFacts => ({ values: [], names: new Set(), words: new Set(), components: new Set(), symptoms: new Set(), dtcs: new Set(), dates: [], sources: [], said: [] })

const union = (parts: readonly CitedFacts[]): CitedFacts => ({
  values: parts.flatMap(part => part.values),
  names: new Set(parts.flatMap(part => [...part.names])),
  words: new Set(parts.flatMap(part => [...part.words])),
  components: new Set(parts.flatMap(part => [...part.components])),
  symptoms: new Set(parts.flatMap(part => [...part.symptoms])),
  dtcs: new Set(parts.flatMap(part => [...part.dtcs])),
  dates: parts.flatMap(part => part.dates),
  sources: parts.flatMap(part => part.sources),
  said: parts.flatMap(part => part.said),
})

/** A level such as `BMS@3.1.4` or `PN-100/21W08` may be said by its sides; a composite that ends in `unknown` names no lot. */
const namesIn = (names: readonly string[]): string[] =>
  names.flatMap(name => [name, ...name.split(/[@/]/), ...name.split(/\s+/).filter(part => /\d/.test(part))]).map(folded).filter(name => name.length > 0)

/** What evidence merely sounds like it does not say. */
const isNamed = ({ method }: { method: string }): boolean => method === 'alias' || method === 'dtc'

const factsOfTexts = (texts: readonly string[], names: readonly string[], { linker, vocabulary }: Readers): CitedFacts => {
  const joined = texts.join('. ')
  const links = linker.link(joined)
  const kinds = names.map(name => ({ name, kind: vocabulary.kindOf(name) }))
  return {
    ...emptyFacts(),
    said: [...texts],
    names: new Set([...namesIn(names), ...identifiersIn(joined).map(folded)]),
    words: new Set(texts.flatMap(wordsOf)),
    components: new Set([...links.components.filter(isNamed).map(link => link.key), ...kinds.filter(one => one.kind === 'component').map(one => one.name), ...names.flatMap(name => vocabulary.resolveComponent(name) ?? [])]),
    symptoms: new Set([...links.symptoms.map(link => link.key), ...links.doubted.flatMap(({ symptom }) => symptom ?? []), ...kinds.filter(one => one.kind === 'symptom').map(one => one.name), ...names.flatMap(name => vocabulary.resolveSymptom(name) ?? [])]),
    dtcs: new Set(findDtcMentions(joined.normalize('NFKC')).flatMap(({ code, failureType }) => [code, ...(failureType === null ? [] : [`${code}-${failureType}`])])),
    dates: readDates(joined.normalize('NFKC')).dates,
  }
}

type Readers = { linker: Linker; vocabulary: Vocabulary }

const factsOfItem = (item: EvidenceItem, readers: Readers): CitedFacts => ({
  ...factsOfTexts([item.summary, ...item.names], item.names, readers),
  values: Object.values(item.values),
  said: [item.summary, ...item.names],
  sources: [item.summary, ...item.names, ...item.quotes.map(quote => quote.text)],
})

/** Reads a pack once, for all sentences over it. */
export const indexEvidence = (pack: EvidencePack, readers: Readers): EvidenceIndex => {
  const { component, symptom, label } = pack.subject
  const subjectNames = [component, symptom, label].flatMap(name => name ?? [])
  const subject = factsOfTexts([...subjectNames, ...labelsOf(subjectNames, readers.vocabulary), pack.asOf], subjectNames, readers)
  const items = new Map(pack.evidence.map(item => [item.id, factsOfItem(item, readers)]))
  return {
    ids: [...items.keys()],
    factsOf: ids => union([subject, ...ids.flatMap(id => items.get(id) ?? [])]),
    allNames: new Set([...items.values()].flatMap(facts => [...facts.names])),
    quotes: pack.evidence.flatMap(item => item.quotes.map(quote => loose(stripInvisible(quote.text)))),
  }
}

const labelsOf = (keys: readonly string[], vocabulary: Vocabulary): string[] => keys.flatMap(key => [vocabulary.labelOf(key, 'en'), vocabulary.labelOf(key, 'zh')])
