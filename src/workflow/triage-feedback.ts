import type { SearchCasesRequest, SimilarCase } from '../domain/case-search.ts'
import { FishboneError } from '../domain/error.ts'
import type { TextLinks } from '../domain/finding.ts'
import type { FeedbackContext, StatusDtc } from '../domain/issue.ts'
import type { Triage } from '../domain/triage.ts'
import type { WorkflowStore } from '../graph/ports/workflow.ts'
import type { SearchCases } from '../retrieval/index.ts'
import type { Assess, Linker } from '../vocabulary/index.ts'
import { firstHypothesis } from './first-hypothesis.ts'
import { mergeDtcs, nameDtcs, withEvidence } from './named-dtcs.ts'
import { dueInstants } from './service-level.ts'
import type { ServiceLevel } from './service-level.ts'

/** What is triaged: a stored feedback, or a text somebody wants to know about. `text` is redacted. */
export type TriageSubject = Omit<FeedbackContext, 'feedbackId' | 'feedbackSha256'>

export type TriageFeedback = (subject: TriageSubject, options?: { signal?: AbortSignal }) => Promise<Triage>

/** Similar cases named in a triage. */
const similarCaseCount = 5
const longestQuery = 20_000

/**
 * Triage of one report without a language model: links, fault codes with their meaning, severity and hazards by rule, the closest past cases
 * and what the best of them suggests. Reads the graph, writes nothing. What a build cannot tell yet is null or [].
 *
 * @throws FB_GRAPH_UNAVAILABLE
 */
export const createTriageFeedback =
  (services: {
    store: Pick<WorkflowStore, 'dtcMeanings'>
    linker: Linker
    assess: Assess
    searchCases: SearchCases
    serviceLevel: ServiceLevel
  }): TriageFeedback =>
  async (subject, { signal } = {}) => {
    const links = services.linker.link(subject.text, { language: subject.language })
    const dtcs = mergeDtcs(subject.recordedDtcs, links.dtcs)
    const [meanings, cases] = await Promise.all([
      services.store.dtcMeanings(dtcs.map(dtc => dtc.code), subject.make),
      similarCasesTo(services.searchCases, similarCasesOf(subject, dtcs), signal),
    ])
    const { severity, hazards, qualityIssue } = services.assess({ links, dtcs, flags: subject.flags })
    return {
      qualityIssue,
      language: links.language,
      text: subject.text,
      ...withoutInternals(links),
      dtcs: nameDtcs(dtcs, meanings),
      severity,
      hazards,
      department: null,
      duplicates: [],
      similarCases: qualityIssue ? cases.map(summaryOf) : [],
      escalation: null,
      sentiment: null,
      firstHypothesis: qualityIssue ? firstHypothesis(cases, links.language) : null,
      due: dueInstants(subject.receivedAt, services.serviceLevel),
    }
  }

const similarCasesOf = (subject: TriageSubject, dtcs: readonly StatusDtc[]): SearchCasesRequest => {
  const { make, model, modelYear } = subject
  const codes = [...new Set(withEvidence(dtcs).map(dtc => dtc.code))].slice(0, 100)
  const isCarKnown = make !== null || model !== null || modelYear !== null
  return {
    text: subject.text.slice(0, longestQuery),
    ...(codes.length > 0 && { dtcs: codes }),
    ...(isCarKnown && { vehicle: { ...(make !== null && { make }), ...(model !== null && { model }), ...(modelYear !== null && { modelYear }) } }),
    limit: similarCaseCount,
  }
}

/** A text of which nothing can be searched for is triaged all the same, without cases. */
const similarCasesTo = async (searchCases: SearchCases, request: SearchCasesRequest, signal?: AbortSignal): Promise<SimilarCase[]> => {
  try {
    return (await searchCases(request, { signal })).items
  } catch (error) {
    if (error instanceof FishboneError && error.code === 'FB_NO_SUBJECT') return []
    throw error
  }
}

const withoutInternals = ({ findings, components, symptoms }: TextLinks) => ({
  findings: findings.map(({ method: _method, ...finding }) => finding),
  components: [...components],
  symptoms: symptoms.map(({ hypothetical: _hypothetical, ...symptom }) => symptom),
})

const summaryOf = ({ caseId, title, score, facets }: SimilarCase): Triage['similarCases'][number] => {
  const { channels: _channels, ...shared } = facets
  return { caseId, title, score, facets: shared }
}
