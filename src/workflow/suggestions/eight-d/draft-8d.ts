import { z } from 'zod'
import { FishboneError } from '../../../domain/error.ts'
import type { SuggestionEvidence, SuggestionSet } from '../../../domain/suggestion.ts'
import { Triage } from '../../../domain/triage.ts'
import type { IssueFacts } from '../../../graph/ports/suggestions.ts'
import type { Language } from '../suggestion-wording.ts'

export const disciplines = ['D0', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8'] as const
export type Discipline = (typeof disciplines)[number]

const Both = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
/** Words of an 8D as `vocabulary/wording/eight-d.json` holds them. */
export const EightDWording = z.strictObject({
  titles: z.record(z.enum(disciplines), Both),
  labels: z.record(z.string(), Both),
  /** Evidence that only people can bring, by discipline: named as empty, never filled with words. */
  slots: z.record(z.enum(disciplines), z.record(z.string(), Both)),
})
export type EightDWording = z.infer<typeof EightDWording>

/** @throws FB_VOCABULARY_INVALID */
export const parseEightDWording = (input: unknown): EightDWording => {
  const parsed = EightDWording.safeParse(input)
  if (parsed.success) return parsed.data
  throw new FishboneError('FB_VOCABULARY_INVALID', 'wording/eight-d.json does not match its schema', { cause: parsed.error })
}

export type EightDEntry = { text: string; evidenceIds: string[]; status: string | null; suggestionId: string | null }
/** A draft D0–D8: what is known with its evidence, and the slots that wait for people. */
export type EightDDraft = {
  issueId: string
  language: Language
  title: string
  subject: string
  asOf: string
  disciplines: { discipline: Discipline; title: string; entries: EightDEntry[]; emptySlots: { key: string; text: string }[] }[]
  evidence: SuggestionEvidence[]
  provenance: SuggestionSet['provenance']
}

const isStanding = ({ status }: { status: string }): boolean => status !== 'rejected' && status !== 'superseded'
const isChosen = ({ status }: { status: string }): boolean => status === 'accepted' || status === 'edited' || status === 'verified-by-repair'

/** Fills the draft from the suggestions of an issue and the issue itself; nothing is invented, what is missing is named. */
export const draftEightD = (facts: IssueFacts, set: SuggestionSet, wording: EightDWording, hazardLabel: (key: string, language: Language) => string): EightDDraft => {
  const { language } = set
  const say = (name: string, values: Record<string, string | number> = {}): string => (wording.labels[name]?.[language] ?? name).replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? '–'))
  const entry = (text: string, evidenceIds: string[] = [], status: string | null = null, suggestionId: string | null = null): EightDEntry => ({ text, evidenceIds, status, suggestionId })
  const hazards = [...new Set(facts.triages.flatMap(text => { const triage = Triage.safeParse(JSON.parse(text)); return triage.success ? triage.data.hazards.map(one => one.key) : [] }))].sort()
  const entries: Record<Discipline, EightDEntry[]> = {
    D0: [
      entry(say('issue', { issueId: facts.issueId, state: facts.state, openedAt: facts.openedAt.slice(0, 10) })),
      ...(facts.severity === null ? [] : [entry(say('severity', { severity: facts.severity }))]),
      ...hazards.map(key => entry(say('hazard', { hazard: hazardLabel(key, language) }))),
    ],
    D1: [],
    D2: [
      entry(set.subject.label),
      ...(facts.firstOccurredAt && facts.lastOccurredAt ? [entry(say('reports', { reports: facts.reportCount, first: facts.firstOccurredAt.slice(0, 10), last: facts.lastOccurredAt.slice(0, 10) }))] : []),
      ...set.observations.map(one => entry(one.text, one.evidenceIds)),
    ],
    D3: set.containment.filter(isStanding).flatMap(one => [
      entry(wordsOf(one, one.text), one.evidenceIds, one.status, one.suggestionId),
      entry(say('scope', scopeWords(one.scope, one.expiresAt)), one.evidenceIds),
    ]),
    D4: [
      ...(set.abstention ? [entry(set.abstention.reason, set.abstention.evidenceIds)] : []),
      ...set.rootCauses.filter(isStanding).flatMap(one => [
        entry(wordsOf(one, one.statement), one.for, one.status, one.suggestionId),
        ...one.mechanism.map(claim => entry(claim.text, claim.evidenceIds)),
        ...(one.nextCheck ? [entry(say('nextCheck', { text: one.nextCheck.text }), one.nextCheck.evidenceIds)] : []),
      ]),
      ...set.openQuestions.map((text, i) => entry(text, set.openQuestionEvidence[i] ?? [])),
    ],
    D5: set.corrective.filter(isStanding).map(one => entry(wordsOf(one, one.text), one.evidenceIds, one.status, one.suggestionId)),
    D6: set.corrective.filter(isChosen).map(one => entry(say('verify', { text: one.verificationPlan }), one.evidenceIds, one.status, one.suggestionId)),
    D7: [],
    D8: [],
  }
  return {
    issueId: facts.issueId, language, title: say('report'), subject: set.subject.label, asOf: set.asOf, evidence: set.evidence, provenance: set.provenance,
    disciplines: disciplines.map(discipline => ({
      discipline, title: wording.titles[discipline][language], entries: entries[discipline],
      emptySlots: Object.entries(wording.slots[discipline]).map(([key, text]) => ({ key, text: text[language] })),
    })),
  }
}

const scopeWords = ({ stock, inTransit, atOutlet, sold, asOf }: SuggestionSet['containment'][number]['scope'], expiresAt: string) => ({
  stock, inTransit, atOutlet, sold, asOf: asOf.slice(0, 10), expiresAt: expiresAt.slice(0, 10),
})

const wordsOf = ({ decisions }: { decisions: readonly { edited: string | null }[] }, text: string): string => decisions.findLast(one => one.edited !== null)?.edited ?? text
