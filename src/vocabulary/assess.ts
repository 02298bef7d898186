import type { Finding } from '../domain/finding.ts'
import type { HazardFinding, Severity } from '../domain/triage.ts'
import { dtcEvidence } from '../domain/dtc.ts'
import { fillTemplate, insideSentence, languageOfReasons } from './fill-template.ts'
import { findHazards, type GroundedHazard, type HazardEvidence, isHeard, isToldNear } from './find-hazards.ts'
import type { LinkedText } from './linker.ts'
import type { Vocabulary } from './vocabulary.ts'

export type Assessment = { severity: Severity; hazards: HazardFinding[]; qualityIssue: boolean }
/** `byWords`: the links of the same text by its words alone, where `links` were read with a model. */
export type AssessmentInput = HazardEvidence & { byWords?: LinkedText | null }

const notQuality = 'not-a-quality-issue'
// A sum of reasons nobody reads: the gravest few say it.
const maximumReasons = 6

const counts = ({ negated, past, hypothetical }: Finding): boolean => !negated && !past && !hypothetical

/**
 * Is this a report of something wrong with a car? Yes with a hazard, a flag, a fault code that failed, a counting symptom or words of
 * failure; no where the words speak of other matters, or every fault said is negated or settled. In doubt yes: nothing is lost.
 */
function isQualityIssue({ links, dtcs, flags }: HazardEvidence, hazards: readonly HazardFinding[]): boolean {
  if (hazards.length > 0 || flags.crash || flags.fire || flags.sos || (flags.injuries ?? 0) > 0) return true
  if (links.dtcs.length > 0 || dtcs.some(({ status }) => dtcEvidence(status) !== 'none')) return true
  const symptoms = links.findings.filter(({ symptom }) => symptom !== null && symptom !== notQuality)
  if (symptoms.some(finding => counts(finding) || finding.hypothetical)) return true
  if (links.findings.some(({ symptom }) => symptom === notQuality)) return false
  if (links.told.some(({ key, negated }) => (key === 'praise' || key === 'question') && !negated)) return false
  return symptoms.length === 0
}

type Step = { level: number; reason: string }
type Judged = { vocabulary: Vocabulary; input: HazardEvidence; language: 'en' | 'zh' }

function hazardSteps({ vocabulary, language, input }: Judged, hazards: readonly GroundedHazard[]): Step[] {
  const rules = vocabulary.files.severity
  const hadNoWarning = input.links.told.some(({ key, negated }) => key === 'withoutWarning' && !negated)
  return hazards
    .filter(({ nearMiss }) => !nearMiss)
    .map(({ key, reason, isUnsure }) => {
      const isGravest = rules.gravestHazards.includes(key)
      const level = isUnsure ? rules.unsureLevel : isGravest || hadNoWarning ? rules.gravestLevel : rules.hazardLevel
      const template = isUnsure ? rules.reasons.unsure : isGravest ? rules.reasons.gravest : hadNoWarning ? rules.reasons.withoutWarning : rules.reasons.hazard
      return { level, reason: fillTemplate(template[language], { hazard: insideSentence(vocabulary.labelOf(key, language)), ground: reason }) }
    })
}

/** Events that are grave whatever symptom is told beside them. */
function eventSteps({ vocabulary, language, input }: Judged): Step[] {
  const { told: rules, reasons } = vocabulary.files.severity
  return rules
    .filter(({ toldBy, evenHypothetical }) => input.links.told.some(({ key, negated, hypothetical }) => key === toldBy && !negated && (!hypothetical || evenHypothetical === true)))
    .map(({ toldBy, level }) => ({ level, reason: fillTemplate(reasons.told[language], { told: vocabulary.files.hazards.events[toldBy]?.[language] ?? toldBy }) }))
}

function heardSteps({ vocabulary, language, input }: Judged): Step[] {
  const { heard, reasons } = vocabulary.files.severity
  return heard
    .filter(({ event }) => isHeard(vocabulary, input.links, event))
    .map(({ event, level }) => ({ level, reason: fillTemplate(reasons.heard[language], { told: vocabulary.files.hazards.events[event]?.[language] ?? event }) }))
}

function findingStep({ vocabulary, language, input }: Judged, finding: Finding): Step {
  const rules = vocabulary.files.severity
  const label = (key: string | null): string => (key === null ? '' : insideSentence(vocabulary.labelOf(key, language)))
  const values = { symptom: label(finding.symptom), component: label(finding.component) }
  const { symptom, component } = finding
  if (symptom === null) return { level: rules.componentOnly, reason: fillTemplate(rules.reasons.componentOnly[language], values) }
  const raised = rules.raised.find(
    rule =>
      vocabulary.isWithin(symptom, rule.symptom) &&
      (!rule.components || (component !== null && rule.components.some(root => vocabulary.isWithin(component, root)))) &&
      isToldNear(input.links, rule.toldBy, finding),
  )
  if (raised) {
    const told = vocabulary.files.hazards.events[raised.toldBy]?.[language] ?? raised.toldBy
    return { level: raised.level, reason: fillTemplate(rules.reasons.raised[language], { ...values, told }) }
  }
  const own = [symptom, ...vocabulary.ancestorsOf(symptom)].find(key => key in rules.bySymptom)
  // 动力电池报警 names its part already.
  const template = component === null || values.symptom.startsWith(values.component) ? rules.reasons.symptom : rules.reasons.symptomOf
  return { level: (own && rules.bySymptom[own]) || rules.unlinked, reason: fillTemplate(template[language], values) }
}

/** Both together: the higher severity with its reasons, the first where they are equal, and every hazard, told before feared. */
function graver(one: Assessment, other: Assessment): Assessment {
  const all = [...one.hazards, ...other.hazards]
  const keys = [...new Set(all.map(({ key }) => key))]
  return {
    severity: other.severity.level > one.severity.level ? other.severity : one.severity,
    hazards: keys.map(key => (all.find(hazard => hazard.key === key && !hazard.nearMiss) ?? all.find(hazard => hazard.key === key)) as HazardFinding),
    qualityIssue: one.qualityIssue || other.qualityIssue,
  }
}

/**
 * Severity, hazards and quality issue of one record by the rules of `hazards.json` and `severity.json`; the maximum wins. What a model hears may raise
 * what the words ground, never lower it.
 *
 * @returns severity 1–10 as in FMEA (9 and 10 are safety) with the reasons of the highest levels first.
 */
export function assess(vocabulary: Vocabulary, { byWords, ...input }: AssessmentInput): Assessment {
  const assessed = assessLinks(vocabulary, input)
  return byWords ? graver(assessed, assessLinks(vocabulary, { ...input, links: byWords })) : assessed
}

function assessLinks(vocabulary: Vocabulary, input: HazardEvidence): Assessment {
  const rules = vocabulary.files.severity
  const judged = { vocabulary, input, language: languageOfReasons(input.links.language) }
  const grounded = findHazards(vocabulary, input)
  const heard = heardSteps(judged)
  const qualityIssue = isQualityIssue(input, grounded) || heard.length > 0
  // What raised a hazard is said there; beside it the same symptom would read as a second fault.
  const told = new Set(grounded.filter(({ nearMiss }) => !nearMiss).flatMap(({ findings }) => findings))
  const others = input.links.findings.filter(finding => counts(finding) && !told.has(finding))
  const steps = [...hazardSteps(judged, grounded), ...eventSteps(judged), ...heard, ...others.map(finding => findingStep(judged, finding))]
  if (!qualityIssue) steps.splice(0, steps.length, { level: rules.notQuality, reason: rules.reasons.notQuality[judged.language] })
  else if (steps.length === 0) steps.push({ level: rules.unlinked, reason: rules.reasons.unlinked[judged.language] })
  steps.sort((a, b) => b.level - a.level)
  const reasons = [...new Set(steps.map(({ reason }) => reason))].slice(0, maximumReasons)
  const hazards = grounded.map(({ key, reason, nearMiss }) => ({ key, reason, nearMiss }))
  return { severity: { level: steps[0]?.level ?? rules.unlinked, reasons }, hazards, qualityIssue }
}
