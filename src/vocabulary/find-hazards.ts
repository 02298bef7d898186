import type { Finding, Modality } from '../domain/finding.ts'
import type { HazardFinding } from '../domain/triage.ts'
import type { LinkedText, ToldCue } from './linker.ts'
import type { HazardRule, HazardSource } from './vocabulary-files.ts'
import type { Vocabulary } from './vocabulary.ts'
import { dtcEvidence } from '../domain/dtc.ts'

/** A recorded fault code; `status` is the ISO 14229 status byte, null where it is not known. */
export type RecordedCode = { code: string; status: number | null }

/** What the record itself says beside its text; unknown sides are null or absent. */
export type RecordFlags = { crash?: boolean | null; fire?: boolean | null; injuries?: number | null; sos?: boolean | null }

export type HazardEvidence = { links: LinkedText; dtcs: readonly RecordedCode[]; flags: RecordFlags }

/** One ground for a hazard; `isNearMiss` when it was told as something that might have happened. */
type Ground = { reason: string; isNearMiss: boolean }

type Rule = { vocabulary: Vocabulary; rule: HazardRule; source: HazardSource; evidence: HazardEvidence }

const touches = (a: readonly [number, number], b: readonly [number, number]): boolean => a[0] < b[1] && b[0] < a[1]

/** Negated and, unless the rule heeds the past, past words ground nothing; hypothetical ones a near miss. */
function groundOf(reason: string, { negated, past, hypothetical }: Modality, evenPast: boolean): Ground[] {
  return negated || (past && !evenPast) ? [] : [{ reason, isNearMiss: hypothetical }]
}

const isHighVoltage = (vocabulary: Vocabulary, key: string): boolean =>
  [key, ...vocabulary.ancestorsOf(key)].some(name => vocabulary.components.get(name)?.highVoltage === true)

function fitsComponent({ vocabulary, source }: Rule, component: string | null): boolean {
  if (component === null) return source.componentOptional === true || (!source.components && !source.highVoltageOnly)
  if (source.highVoltageOnly && !isHighVoltage(vocabulary, component)) return false
  return !source.components || source.components.some(root => vocabulary.isWithin(component, root))
}

const isExcused = ({ source, evidence }: Rule, finding: Finding): boolean =>
  source.notWith !== undefined && evidence.links.told.some(({ key, clause, negated }) => key === source.notWith && !negated && touches(clause, finding.span))

function* fromFindings(context: Rule): Generator<Ground> {
  const { vocabulary, rule, source, evidence } = context
  if (!source.symptom && !source.components) return
  for (const finding of evidence.links.findings) {
    if (finding.symptom === null) continue
    if (source.symptom && !vocabulary.isWithin(finding.symptom, source.symptom)) continue
    if (!fitsComponent(context, finding.component) || isExcused(context, finding)) continue
    const what = finding.component ? `${finding.symptom} of ${finding.component}` : finding.symptom
    yield* groundOf(`symptom ${what}`, finding, rule.evenPast === true)
  }
}

function* fromCodes({ source, evidence }: Rule): Generator<Ground> {
  const areas = source.dtcAreas ?? []
  const holds = (code: string): boolean => areas.some(area => code.startsWith(area))
  for (const { code, status } of evidence.dtcs) {
    if (!holds(code) || dtcEvidence(status) === 'none') continue
    yield { reason: status === null ? `DTC ${code}, status unknown` : `DTC ${code}`, isNearMiss: false }
  }
  for (const { code } of evidence.links.dtcs) if (holds(code)) yield { reason: `DTC ${code} quoted`, isNearMiss: false }
}

function* fromFlags({ source, evidence: { flags } }: Rule): Generator<Ground> {
  if (source.flag === undefined) return
  const value = flags[source.flag]
  if (value === true) yield { reason: `${source.flag} reported`, isNearMiss: false }
  if (typeof value === 'number' && value > 0) yield { reason: `${value} injured`, isNearMiss: false }
}

function* fromWords({ rule, source, evidence }: Rule): Generator<Ground> {
  if (source.toldBy === undefined) return
  const told: ToldCue[] = evidence.links.told.filter(({ key }) => key === source.toldBy)
  for (const cue of told) yield* groundOf(`told in words: ${source.toldBy}`, cue, rule.evenPast === true)
}

/** What was certain comes before a near miss; of the same kind the reason met first stands. */
function firmest(grounds: readonly Ground[]): Ground | undefined {
  return grounds.find(({ isNearMiss }) => !isNearMiss) ?? grounds[0]
}

/**
 * Hazards by the rules of `hazards.json`, one entry each in file order. A hazard of which only hypothetical words speak is a near miss.
 */
export function findHazards(vocabulary: Vocabulary, evidence: HazardEvidence): HazardFinding[] {
  const groundsByHazard = new Map<string, Ground[]>()
  for (const rule of vocabulary.files.hazards.rules) {
    for (const source of rule.from) {
      const context = { vocabulary, rule, source, evidence }
      const grounds = [...fromFlags(context), ...fromCodes(context), ...fromFindings(context), ...fromWords(context)]
      groundsByHazard.set(rule.hazard, [...(groundsByHazard.get(rule.hazard) ?? []), ...grounds])
    }
  }
  return Array.from(groundsByHazard, ([key, grounds]) => {
    const ground = firmest(grounds)
    return ground ? [{ key, reason: ground.reason, nearMiss: ground.isNearMiss }] : []
  }).flat()
}
