import type { SearchCasesRequest, SimilarCase } from '../../domain/case-search.ts'
import { FishboneError } from '../../domain/error.ts'
import type { StatusDtc } from '../../domain/issue.ts'
import type { Triage } from '../../domain/triage.ts'
import type { SearchCases } from '../../retrieval/index.ts'
import type { LinkedText } from '../../vocabulary/index.ts'
import { withEvidence } from '../named-dtcs.ts'
import type { TriageSubject } from './triage-subject.ts'

/** Similar cases named in a triage. */
const similarCaseCount = 5
const longestQuery = 20_000

const requestOf = (subject: TriageSubject, dtcs: readonly StatusDtc[]): SearchCasesRequest => {
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

/** Past cases close to a report, best first, by the links it was read with; none that no channel found. A text of which nothing can be searched for has none. */
export const similarCasesTo = async (
  searchCases: SearchCases,
  report: { subject: TriageSubject; dtcs: readonly StatusDtc[]; links: LinkedText },
  signal?: AbortSignal,
): Promise<SimilarCase[]> => {
  try {
    const { items } = await searchCases(requestOf(report.subject, report.dtcs), { signal, links: report.links })
    return items.filter(({ facets }) => facets.channels.length > 0)
  } catch (error) {
    if (error instanceof FishboneError && error.code === 'FB_NO_SUBJECT') return []
    throw error
  }
}

/** The form of the API contract. */
export const summaryOf = ({ caseId, title, score, facets }: SimilarCase): Triage['similarCases'][number] => {
  const { channels: _channels, ...shared } = facets
  return { caseId, title, score, facets: shared }
}
