import type { Linker, Vocabulary } from '../vocabulary/index.ts'
import { createCausalCheck } from './causal-language.ts'
import type { CausalLicence } from './causal-language.ts'
import { createNameCheck } from './check-names.ts'
import { copiedWords } from './copied-words.ts'
import { loose } from './evidence-index.ts'
import type { CitedFacts, EvidenceIndex } from './evidence-index.ts'
import { isSupportedNumber } from './number-rule.ts'
import { blankAll, escapePattern, phrasePattern } from './phrase-pattern.ts'
import { plainTextFault } from './plain-text.ts'
import { createNumberReader } from './read-numbers.ts'
import type { VerificationRules } from './verification-rules.ts'

/** Why a sentence was refused; stable words. */
export const dropReasons = [
  'unknown-id', 'number', 'quantity', 'name', 'date', 'component', 'causal', 'quote', 'copied', 'topic', 'language', 'markup', 'invisible-character', 'identity', 'order', 'repeated', 'other-cause',
] as const
export type DropReason = (typeof dropReasons)[number]

export type SentenceFault = { reason: DropReason; detail: string }

export type SentenceQuestion = {
  text: string
  index: EvidenceIndex
  /** Evidence the sentence may rest on. */
  evidenceIds: readonly string[]
  /** Other ids it may name: causes and actions of the pack. */
  otherIds: readonly string[]
  language: 'en' | 'zh'
  licence: CausalLicence
}

export type CheckSentence = (question: SentenceQuestion) => SentenceFault | null

/** Checks 1–6 on one sentence; pure. `knownNames` are names of the fleet that a sentence may not say uncited (suppliers, plants, models). */
export const createSentenceCheck = (parts: { linker: Linker; vocabulary: Vocabulary; rules: VerificationRules; knownNames?: readonly string[] }): CheckSentence => {
  const { rules } = parts
  const checkNames = createNameCheck({ ...parts, knownNames: new Set((parts.knownNames ?? []).map(name => name.normalize('NFKC').toLowerCase())) })
  const readNumbers = createNumberReader(rules)
  const causalVerb = createCausalCheck(rules)
  const vagueQuantity = createVagueCheck(rules)
  const topics = phrasePattern(rules.forbiddenTopics, 'iu')

  return ({ text, index, evidenceIds, otherIds, language, licence }) => {
    const unknown = evidenceIds.find(id => !index.ids.includes(id))
    if (unknown !== undefined || evidenceIds.length === 0) return { reason: 'unknown-id', detail: unknown ?? 'no evidence cited' }
    const facts = index.factsOf(evidenceIds)
    const form = plainTextFault(text, language, namesPattern(facts))
    if (form) return { reason: form, detail: '' }
    const plain = text.normalize('NFKC')
    const quote = wrongQuote(plain, facts)
    if (quote !== null) return { reason: 'quote', detail: quote }
    const copied = copiedWords(plain.replace(quoted, ' '), index.quotes, facts.said)
    if (copied !== null) return { reason: 'copied', detail: copied }
    const topic = topics.exec(plain)
    if (topic) return { reason: 'topic', detail: topic[0] }
    const { fault, rest } = checkNames({ text: plain, facts, ids: new Set([...evidenceIds, ...otherIds]), allNames: index.allNames })
    if (fault) return fault
    const vague = vagueQuantity(rest, facts)
    if (vague.refused !== null) return { reason: 'quantity', detail: vague.refused }
    const number = readNumbers(vague.rest).find(mention => !isSupportedNumber(mention, facts.values) && !isBareName(mention, facts))
    if (number) return { reason: 'number', detail: number.text }
    const verb = causalVerb(plain, licence)
    return verb === null ? null : { reason: 'causal', detail: verb }
  }
}

const isBareName = ({ text, form, accepts, scale }: { text: string; form: string; accepts: unknown; scale: number }, facts: CitedFacts): boolean =>
  form === 'plain' && accepts === null && scale === 1 && facts.names.has(text)

const namesPattern = (facts: CitedFacts): RegExp => {
  const names = [...facts.names].filter(name => name.length > 1).toSorted((a, b) => b.length - a.length)
  return names.length === 0 ? /(?!)/g : new RegExp(names.map(escapePattern).join('|'), 'giu')
}

const quoted = /["“”]([^"“”]{2,})["“”]|「([^」]{2,})」|『([^』]{2,})』|«([^»]{2,})»|(?<![\p{L}\p{N}])['‘]([^'’]{3,})['’](?![\p{L}\p{N}])|《([^》]{2,})》/gu

/** Words in quotation marks stand in the evidence, but for case, spacing and full stops. */
const wrongQuote = (text: string, { sources }: CitedFacts): string | null => {
  for (const match of text.matchAll(quoted)) {
    const words = match.slice(1).find(group => group !== undefined) ?? ''
    if (!sources.some(source => loose(source).includes(loose(words)))) return words
  }
  return null
}

/** Quantities in words: refused, or held against a cited share. */
const createVagueCheck = ({ vague }: VerificationRules) => {
  const patterns = {
    refused: phrasePattern(vague.refused),
    all: phrasePattern(vague.all),
    none: phrasePattern(vague.none),
    minority: phrasePattern(vague.minority),
    majority: phrasePattern(vague.majority),
  }
  return (text: string, { values }: CitedFacts): { refused: string | null; rest: string } => {
    const shares = values.filter(({ unit }) => unit === 'share').map(({ value }) => value)
    const holds = {
      refused: false, all: shares.includes(1), none: shares.includes(0), majority: shares.some(share => share > 0.5), minority: shares.some(share => share < 0.5),
    }
    let rest = text
    for (const [kind, pattern] of Object.entries(patterns) as [keyof typeof patterns, RegExp][]) {
      const match = rest.match(pattern)?.[0]
      if (match !== undefined && !holds[kind]) return { refused: match, rest }
      rest = blankAll(rest, pattern)
    }
    return { refused: null, rest }
  }
}
