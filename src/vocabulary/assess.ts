import type { Finding } from '../domain/finding.ts'
import type { HazardFinding, Severity } from '../domain/triage.ts'
import { dtcEvidence } from '../domain/dtc.ts'
import { findHazards, type HazardEvidence } from './find-hazards.ts'
import type { SeverityRules } from './vocabulary-files.ts'
import type { Vocabulary } from './vocabulary.ts'

export type Assessment = { severity: Severity; hazards: HazardFinding[]; qualityIssue: boolean }
export type AssessmentInput = HazardEvidence

const notQuality = 'not-a-quality-issue'
// A sum of reasons nobody reads: the gravest few say it.
const maximumReasons = 6

const counts = ({ negated, past, hypothetical }: Finding): boolean => !negated && !past && !hypothetical

const fill = (template: string, values: Record<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

/**
 * Is this a report of something wrong with a car? Yes with a hazard, a flag, a fault code that failed, a counting symptom or words of
 * failure; no where the words speak of other matters, or every fault said is negated or settled. In doubt yes: nothing is lost.
 */
function isQualityIssue({ links, dtcs, flags }: AssessmentInput, hazards: readonly HazardFinding[]): boolean {
  if (hazards.length > 0 || flags.crash || flags.fire || flags.sos || (flags.injuries ?? 0) > 0) return true
  if (links.dtcs.length > 0 || dtcs.some(({ status }) => dtcEvidence(status) !== 'none')) return true
  const symptoms = links.findings.filter(({ symptom }) => symptom !== null && symptom !== notQuality)
  if (symptoms.some(finding => counts(finding) || finding.hypothetical)) return true
  if (links.findings.some(({ symptom }) => symptom === notQuality)) return false
  if (links.told.some(({ key, negated }) => (key === 'praise' || key === 'question') && !negated)) return false
  return symptoms.length === 0
}

type Step = { level: number; reason: string }

function hazardSteps(rules: SeverityRules, hazards: readonly HazardFinding[], hadNoWarning: boolean): Step[] {
  return hazards
    .filter(({ nearMiss }) => !nearMiss)
    .map(({ key, reason }) => {
      const isGravest = rules.gravestHazards.includes(key)
      const level = isGravest || hadNoWarning ? rules.gravestLevel : rules.hazardLevel
      const template = isGravest ? rules.reasons.gravest : hadNoWarning ? rules.reasons.withoutWarning : rules.reasons.hazard
      return { level, reason: fill(template ?? '', { hazard: key, reason }) }
    })
}

function findingSteps(vocabulary: Vocabulary, findings: readonly Finding[]): Step[] {
  const rules = vocabulary.files.severity
  return findings.filter(counts).map(({ component, symptom }) => {
    if (symptom === null) return { level: rules.componentOnly, reason: fill(rules.reasons.componentOnly ?? '', { component: component ?? '' }) }
    const own = [symptom, ...vocabulary.ancestorsOf(symptom)].find(key => key in rules.bySymptom)
    return { level: (own && rules.bySymptom[own]) || rules.unlinked, reason: fill(rules.reasons.symptom ?? '', { symptom }) }
  })
}

/**
 * Severity, hazards and quality issue of one record by the rules of `hazards.json` and `severity.json`; the maximum wins. A model may raise
 * the result afterwards, never lower it.
 *
 * @returns severity 1–10 as in FMEA (9 and 10 are safety) with the reasons of the highest levels first.
 */
export function assess(vocabulary: Vocabulary, input: AssessmentInput): Assessment {
  const rules = vocabulary.files.severity
  const hazards = findHazards(vocabulary, input)
  const qualityIssue = isQualityIssue(input, hazards)
  const hadNoWarning = input.links.told.some(({ key, negated }) => key === 'withoutWarning' && !negated)
  const steps = [...hazardSteps(rules, hazards, hadNoWarning), ...findingSteps(vocabulary, input.links.findings)]
  if (!qualityIssue) steps.splice(0, steps.length, { level: rules.notQuality, reason: rules.reasons.notQuality ?? '' })
  else if (steps.length === 0) steps.push({ level: rules.unlinked, reason: rules.reasons.unlinked ?? '' })
  steps.sort((a, b) => b.level - a.level)
  const reasons = [...new Set(steps.map(({ reason }) => reason))].slice(0, maximumReasons)
  return { severity: { level: steps[0]?.level ?? rules.unlinked, reasons }, hazards, qualityIssue }
}
