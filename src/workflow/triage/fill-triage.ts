import type { TextLinks } from '../../domain/finding.ts'
import type { Triage } from '../../domain/triage.ts'
import { firstHypothesis } from '../first-hypothesis.ts'
import { nameDtcs } from '../named-dtcs.ts'
import { dueInstants } from '../service-level.ts'
import type { ServiceLevel } from '../service-level.ts'
import { judgeEscalation } from './escalation.ts'
import type { ReadReport } from './read-report.ts'
import type { Surroundings } from './read-surroundings.ts'
import { summaryOf } from './similar-cases.ts'
import type { EscalationRules } from './triage-rules.ts'

/** The one place where each field of a triage gets its value; what a build cannot tell yet is null or []. */
export const fillTriage = (
  { subject, links, dtcs, assessment, boundary, sentiment, department, found, language }: ReadReport,
  { dtcMeanings, similarCases, car, activity }: Surroundings,
  { serviceLevel, escalationRules }: { serviceLevel: ServiceLevel; escalationRules: EscalationRules },
): Triage => {
  const { severity, hazards, qualityIssue } = assessment
  return {
    qualityIssue,
    qualityReason: boundary.reason,
    language: links.language,
    text: subject.text,
    ...withoutInternals(links),
    dtcs: nameDtcs(dtcs, dtcMeanings),
    severity,
    hazards,
    department,
    duplicates: [],
    similarCases: qualityIssue ? similarCases.map(summaryOf) : [],
    escalation: judgeEscalation(escalationRules, { text: subject.text, found, hazards, sentiment, qualityIssue, car, activity }, language),
    sentiment,
    firstHypothesis: qualityIssue ? firstHypothesis(similarCases, links.language) : null,
    due: dueInstants(subject.receivedAt, serviceLevel),
  }
}

const withoutInternals = ({ findings, components, symptoms }: TextLinks) => ({
  findings: findings.map(({ method: _method, ...finding }) => finding),
  components: [...components],
  symptoms: symptoms.map(({ hypothetical: _hypothetical, ...symptom }) => symptom),
})
