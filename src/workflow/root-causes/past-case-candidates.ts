import type { SearchCasesReply, SearchCasesRequest, SimilarCase } from '../../domain/case-search.ts'
import type { SymptomClass } from '../../domain/fleet.ts'

export type SearchCases = (request: SearchCasesRequest) => Promise<SearchCasesReply>

/** Most past causes that an analysis names. */
export const pastCasesTold = 3
/** How many cases are looked through for them. */
const casesSearched = 20

/**
 * Past cases with a known cause that share what was asked: every side of the class that was named, or a fault code. Most similar first.
 *
 * @param options.asOf cases closed later are not seen.
 */
export const pastCaseCandidates = async (options: {
  searchCases: SearchCases
  asked: SymptomClass
  text: string | null
  vehicle: SearchCasesRequest['vehicle']
  asOf: string
}): Promise<(SimilarCase & { rootCause: string })[]> => {
  const { searchCases, asked: { component, symptom }, text, vehicle, asOf } = options
  const { items } = await searchCases({
    ...(component !== null && { components: [component] }), ...(symptom !== null && { symptoms: [symptom] }), ...(text !== null && { text }),
    ...(vehicle && { vehicle }), asOf, limit: casesSearched,
  })
  const sharesClass = ({ facets }: SimilarCase): boolean => (component === null || facets.component) && (symptom === null || facets.symptom)
  const hasCause = (past: SimilarCase): past is SimilarCase & { rootCause: string } => (past.rootCause?.trim() ?? '') !== ''
  return items.filter(hasCause).filter(past => sharesClass(past) || past.facets.dtc).slice(0, pastCasesTold)
}
