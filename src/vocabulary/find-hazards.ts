import type { Finding, Modality } from '../domain/finding.ts'
import type { HazardFinding } from '../domain/triage.ts'
import { fillTemplate, insideSentence, languageOfReasons } from './fill-template.ts'
import type { LinkedText, ToldCue } from './linker.ts'
import type { GroundName, HazardRule, HazardSource } from './vocabulary-files.ts'
import type { Vocabulary } from './vocabulary.ts'
import { dtcEvidence } from '../domain/dtc.ts'

/** A recorded fault code; `status` is the ISO 14229 status byte, null where it is not known. */
export type RecordedCode = { code: string; status: number | null }

/** What the record itself says beside its text; unknown sides are null or absent. */
export type RecordFlags = { crash?: boolean | null; fire?: boolean | null; injuries?: number | null; sos?: boolean | null }

export type HazardEvidence = { links: LinkedText; dtcs: readonly RecordedCode[]; flags: RecordFlags }

/** A hazard with the findings that raised it: none where a flag, a code or an event told did. `isUnsure`: by findings that are hardly meant so only. */
export type GroundedHazard = HazardFinding & { findings: Finding[]; isUnsure: boolean }

/** One ground for a hazard; `isNearMiss` when it was told as something that might have happened. */
type Ground = { reason: string; isNearMiss: boolean; isUnsure?: boolean; finding?: Finding }

type Rule = { vocabulary: Vocabulary; rule: HazardRule; source: HazardSource; evidence: HazardEvidence }

/** Spans that share a place. */
export const touches = (a: readonly [number, number], b: readonly [number, number]): boolean => a[0] < b[1] && b[0] < a[1]

/** Told, not denied, in the sentence of the finding or one beside it. */
export const isToldNear = (links: LinkedText, key: string, finding: Finding): boolean =>
  links.told.some(cue => cue.key === key && !cue.negated && touches(cue.context, finding.span))

/** Negated and, unless the rule heeds the past, past words ground nothing; hypothetical ones a near miss. */
function groundOf(reason: string, { negated, past, hypothetical }: Modality, evenPast: boolean): Ground[] {
  return negated || (past && !evenPast) ? [] : [{ reason, isNearMiss: hypothetical }]
}

function wordsOf({ vocabulary, evidence }: Rule, name: GroundName, values: Record<string, string>): string {
  const language = languageOfReasons(evidence.links.language)
  return fillTemplate(vocabulary.files.hazards.grounds[name][language], values)
}

const eventLabel = ({ vocabulary, evidence }: Rule, event: string): string =>
  vocabulary.files.hazards.events[event]?.[languageOfReasons(evidence.links.language)] ?? event

const isHighVoltage = (vocabulary: Vocabulary, key: string): boolean =>
  [key, ...vocabulary.ancestorsOf(key)].some(name => vocabulary.components.get(name)?.highVoltage === true)

function fitsComponent({ vocabulary, source }: Rule, component: string | null): boolean {
  if (component === null) return source.componentOptional === true || (!source.components && !source.highVoltageOnly)
  if (source.highVoltageOnly && !isHighVoltage(vocabulary, component)) return false
  return !source.components || source.components.some(root => vocabulary.isWithin(component, root))
}

const isExcused = ({ source, evidence }: Rule, finding: Finding): boolean =>
  (source.notWith !== undefined && evidence.links.told.some(({ key, clause, negated }) => key === source.notWith && !negated && touches(clause, finding.span))) ||
  (source.onlyWith !== undefined && !isToldNear(evidence.links, source.onlyWith, finding))

/** What a finding must be likely to be to ground a hazard of full severity: less where the labeller read the text, more where a long story merely sounds like many things. */
function leastChance({ vocabulary, evidence }: Rule, { method }: Finding): number {
  const { likely, heardFrom, inStories } = vocabulary.files.hazards
  if (evidence.links.soundsLikeIssue !== null) return heardFrom
  const isStory = evidence.links.findings.filter(finding => finding.method === 'tfidf').length > inStories.moreSoundsThan
  return isStory && method === 'tfidf' ? inStories.likely : likely
}

function* fromFindings(context: Rule): Generator<Ground> {
  const { vocabulary, rule, source, evidence } = context
  if (!source.symptom && !source.components) return
  // What the judge doubts is no link, but a fire is not to be missed for an odd sentence.
  const { findings, doubted } = evidence.links
  for (const finding of [...findings, ...doubted.filter(({ method }) => rule.evenDoubted || method !== 'alias')]) {
    if (finding.symptom === null) continue
    if (source.symptom && !vocabulary.isWithin(finding.symptom, source.symptom)) continue
    if (!fitsComponent(context, finding.component) || isExcused(context, finding)) continue
    const language = languageOfReasons(evidence.links.language)
    const symptom = insideSentence(vocabulary.labelOf(finding.symptom, language))
    const reason = finding.component
      ? wordsOf(context, 'symptomOf', { symptom, component: insideSentence(vocabulary.labelOf(finding.component, language)) })
      : wordsOf(context, 'symptom', { symptom })
    const isUnsure = finding.confidence < leastChance(context, finding) && !(rule.evenDoubted === true && finding.method === 'alias')
    for (const ground of groundOf(reason, finding, rule.evenPast === true)) yield { ...ground, isUnsure, finding }
  }
}

function* fromCodes(context: Rule): Generator<Ground> {
  const { source, evidence } = context
  const areas = source.dtcAreas ?? []
  const holds = (code: string): boolean => areas.some(area => code.startsWith(area))
  for (const { code, status } of evidence.dtcs) {
    if (!holds(code) || dtcEvidence(status) === 'none') continue
    yield { reason: wordsOf(context, status === null ? 'dtcStatusUnknown' : 'dtc', { code }), isNearMiss: false }
  }
  for (const { code } of evidence.links.dtcs) if (holds(code)) yield { reason: wordsOf(context, 'dtcQuoted', { code }), isNearMiss: false }
}

function* fromFlags(context: Rule): Generator<Ground> {
  const { flag } = context.source
  if (flag === undefined) return
  const value = context.evidence.flags[flag]
  if (value === true) yield { reason: wordsOf(context, 'flag', { event: eventLabel(context, flag) }), isNearMiss: false }
  if (typeof value === 'number' && value > 0) yield { reason: wordsOf(context, 'injured', { count: String(value) }), isNearMiss: false }
}

function* fromWords(context: Rule): Generator<Ground> {
  const { rule, source, evidence } = context
  if (source.toldBy === undefined) return
  const told: ToldCue[] = evidence.links.told.filter(({ key }) => key === source.toldBy)
  const reason = wordsOf(context, 'told', { event: eventLabel(context, source.toldBy) })
  for (const cue of told) yield* groundOf(reason, cue, rule.evenPast === true)
}

/** Whether the text labeller is sure enough that an event is told. */
export const isHeard = (vocabulary: Vocabulary, links: LinkedText, event: string): boolean => {
  const least = vocabulary.files.hazards.heardEvents[event]
  return least !== undefined && (links.heardEvents[event] ?? 0) >= least
}

/** What the labeller hears in words that no cue lists. It hears a crash in one that nearly happened too: where words deny or fear the event, they are believed. */
function* fromHearing(context: Rule): Generator<Ground> {
  const { vocabulary, source, evidence: { links } } = context
  if (source.heard === undefined || !isHeard(vocabulary, links, source.heard)) return
  const isSettled = links.told.some(({ key, negated, hypothetical }) => key === source.notWith || (key === source.heard && (negated || hypothetical)))
  if (!isSettled) yield { reason: wordsOf(context, 'heard', { event: eventLabel(context, source.heard) }), isNearMiss: false }
}

/** What was certain comes before what is unsure, that before a near miss; of the same kind the reason met first stands. */
function firmest(grounds: readonly Ground[]): Ground | undefined {
  const told = grounds.filter(({ isNearMiss }) => !isNearMiss)
  return told.find(({ isUnsure }) => !isUnsure) ?? told[0] ?? grounds[0]
}

/**
 * Hazards by the rules of `hazards.json`, one entry each in file order. A hazard of which only hypothetical words speak is a near miss.
 */
export function findHazards(vocabulary: Vocabulary, evidence: HazardEvidence): GroundedHazard[] {
  const groundsByHazard = new Map<string, Ground[]>()
  for (const rule of vocabulary.files.hazards.rules) {
    for (const source of rule.from) {
      const context = { vocabulary, rule, source, evidence }
      const grounds = [...fromFlags(context), ...fromCodes(context), ...fromFindings(context), ...fromWords(context), ...fromHearing(context)]
      groundsByHazard.set(rule.hazard, [...(groundsByHazard.get(rule.hazard) ?? []), ...grounds])
    }
  }
  return Array.from(groundsByHazard, ([key, grounds]) => {
    const ground = firmest(grounds)
    const findings = grounds.flatMap(({ finding, isNearMiss }) => (finding && isNearMiss === ground?.isNearMiss ? [finding] : []))
    return ground ? [{ key, reason: ground.reason, nearMiss: ground.isNearMiss, isUnsure: ground.isUnsure === true, findings }] : []
  }).flat()
}
