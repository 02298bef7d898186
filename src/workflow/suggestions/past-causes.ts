import type { SimilarCase } from '../../domain/case-search.ts'
import type { RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import { countDecisions, decisionsOnCase, learnedFactor, type PastDecision } from './learned-priors.ts'
import type { PastCause } from './suggestion-facts.ts'

type WithCause = SimilarCase & { rootCause: string }

const hasCause = (past: SimilarCase): past is WithCause => (past.rootCause?.trim() ?? '') !== ''
const causeWords = ({ rootCause }: WithCause): string => rootCause.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim().slice(0, 80)

/** Cases searched that share every side of the class, or a fault code, and name a cause. */
export const casesOfSubject = (items: readonly SimilarCase[], { component, symptom }: RootCauseAnalysis['subject']): WithCause[] =>
  items.filter(hasCause).filter(({ facets }) => ((component === null || facets.component) && (symptom === null || facets.symptom)) || facets.dtc)

/**
 * Past causes in the order of likeness times what decisions taught; of cases that tell the same cause in the same words the best stays, so that
 * three places show three causes.
 */
export const pastCausesOf = (cases: readonly WithCause[], analysis: RootCauseAnalysis, decisions: readonly PastDecision[]): PastCause[] => {
  const weighed = cases.map(past => {
    const own = decisionsOnCase(decisions, past.caseId)
    const candidate = analysis.candidates.find(one => one.pastCase?.caseId === past.caseId) ?? null
    return { past, candidate, weight: past.score * learnedFactor(own), decisions: countDecisions(own) }
  })
  const seen = new Set<string>()
  return weighed
    .toSorted((a, b) => b.weight - a.weight || a.past.caseId.localeCompare(b.past.caseId))
    .filter(({ past }) => {
      const words = causeWords(past)
      return seen.has(words) ? false : (seen.add(words), true)
    })
}
