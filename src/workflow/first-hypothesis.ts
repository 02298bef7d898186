import type { SimilarCase } from '../domain/case-search.ts'
import type { TextLanguage } from '../domain/finding.ts'
import type { Triage } from '../domain/triage.ts'

/**
 * Least similarity at which a past cause is worth saying, by what else agrees. The score of a case search is small for all but near twins
 * (0.5 is three standard deviations above what is usual for the case), so agreement of subject carries most of the weight.
 */
export const hypothesisMinScore = { sameClassOrCode: 0.3, sameCarAndComponent: 0.15, sameCarAndClass: 0.05 } as const

/** Whether the case speaks for the report: words alone never do. */
const isCloseEnough = ({ score, facets }: SimilarCase): boolean => {
  const sharesSubject = facets.dtc || (facets.component && facets.symptom)
  const isOfThisCar = facets.model === true && facets.modelYear === true
  if (isOfThisCar && sharesSubject) return score >= hypothesisMinScore.sameCarAndClass
  if (isOfThisCar && facets.component) return score >= hypothesisMinScore.sameCarAndComponent
  return sharesSubject && score >= hypothesisMinScore.sameClassOrCode
}

/**
 * What the best past case suggests. Its confidence is the case's similarity, which is no probability of the cause.
 *
 * @param cases best first.
 * @returns basis `none` where no case with a known cause is close enough.
 */
export const firstHypothesis = (cases: readonly SimilarCase[], language: TextLanguage): NonNullable<Triage['firstHypothesis']> => {
  const best = cases.find(past => past.rootCause?.trim() && isCloseEnough(past))
  const inChinese = language === 'zh'
  if (best === undefined)
    return {
      statement: inChinese ? '没有足够相近的历史案例可供推测原因。' : 'No past case is close enough to suggest a cause.',
      basis: 'none',
      confidence: 0,
    }
  const cause = (best.rootCause ?? '').trim()
  return {
    statement: inChinese ? `可能与历史案例 ${best.caseId} 同因：${cause}` : `Possibly the cause of past case ${best.caseId}: ${cause}`,
    basis: 'past-case',
    confidence: Math.min(1, Math.max(0, Math.round(best.score * 100) / 100)),
  }
}
