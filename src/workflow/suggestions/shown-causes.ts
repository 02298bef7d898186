import type { AnalysisCandidate, RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'

/** Why no statistical cause is shown; null where one is. */
export type Abstaining = 'insufficient-evidence' | 'no-tracked-cause' | 'held-back' | null

export type ShownCauses = {
  /** Statistical causes in the order of the analysis. */
  causes: AnalysisCandidate[]
  abstaining: Abstaining
  /** Several causes stand within the tie margin. */
  isTied: boolean
}

/** Two scores within this many nats are a tie (analysis parameter `tieMargin`). */
export const tieNats = 2
/** Most causes shown beside the leader of a clear verdict: what else goes beyond chance by itself. */
const furtherCauses = 2
const mostTied = 4

/**
 * Which candidates of an analysis are shown as causes. None where the statistics abstain, or where the leader's calibrated confidence is below the
 * threshold: a wrong cause costs more than an open question.
 */
export const shownCauses = (analysis: RootCauseAnalysis, confidenceOf: (candidate: AnalysisCandidate) => number, threshold: number): ShownCauses => {
  const { verdict } = analysis
  if (verdict === 'insufficient-evidence' || verdict === 'no-tracked-cause') return { causes: [], abstaining: verdict, isTied: false }
  const statistical = analysis.candidates.filter(one => one.statistics !== null)
  const [leader] = statistical
  if (leader === undefined || confidenceOf(leader) < threshold) return { causes: [], abstaining: 'held-back', isTied: false }
  if (verdict === 'tied') {
    const within = statistical.filter(one => !one.explainedAway && leader.statistics!.score - one.statistics!.score < tieNats)
    return { causes: within.slice(0, mostTied), abstaining: null, isTied: true }
  }
  const further = statistical.slice(1).filter(one => !one.explainedAway && one.statistics!.pValue <= 0.05)
  return { causes: [leader, ...further.slice(0, furtherCauses)], abstaining: null, isTied: false }
}
