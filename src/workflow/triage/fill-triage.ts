import type { TextLinks } from '../../domain/finding.ts'
import type { Triage } from '../../domain/triage.ts'
import { firstHypothesis } from '../first-hypothesis.ts'
import { nameDtcs } from '../named-dtcs.ts'
import { dueInstants } from '../service-level.ts'
import type { ServiceLevel } from '../service-level.ts'
import type { ReadReport } from './read-report.ts'
import type { Surroundings } from './read-surroundings.ts'
import { summaryOf } from './similar-cases.ts'

/** The one place where each field of a triage gets its value; what a build cannot tell yet is null or []. */
export const fillTriage = (
  { subject, links, dtcs, assessment }: ReadReport,
  { dtcMeanings, similarCases }: Surroundings,
  serviceLevel: ServiceLevel,
): Triage => {
  const { severity, hazards, qualityIssue } = assessment
  return {
    qualityIssue,
    language: links.language,
    text: subject.text,
    ...withoutInternals(links),
    dtcs: nameDtcs(dtcs, dtcMeanings),
    severity,
    hazards,
    department: null,
    duplicates: [],
    similarCases: qualityIssue ? similarCases.map(summaryOf) : [],
    escalation: null,
    sentiment: null,
    firstHypothesis: qualityIssue ? firstHypothesis(similarCases, links.language) : null,
    due: dueInstants(subject.receivedAt, serviceLevel),
  }
}

const withoutInternals = ({ findings, components, symptoms }: TextLinks) => ({
  findings: findings.map(({ method: _method, ...finding }) => finding),
  components: [...components],
  symptoms: symptoms.map(({ hypothetical: _hypothetical, ...symptom }) => symptom),
})
