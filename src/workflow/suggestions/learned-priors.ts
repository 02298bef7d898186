import type { CaseAction } from '../../domain/case.ts'
import type { DecisionVerdict } from '../../domain/suggestion.ts'
import type { CauseKind } from './cause-kind.ts'

/** One decision of a person on a suggestion for an issue like the one asked about. */
export type PastDecision = {
  kind: 'root-cause' | 'containment' | 'corrective'
  verdict: DecisionVerdict
  actionType: CaseAction['actionType'] | null
  causeKind: CauseKind
  /** The past case behind a root cause, where there is one. */
  caseId: string | null
  /** `dimension:level` of the cause, sorted and joined by ` + `; empty for none. */
  factors: string
  /** Same component and symptom as the issue asked about. */
  sameClass: boolean
}

/** How often something was taken and refused before. Edits count as taken, verified ones too. */
export type DecisionCount = { accepted: number; rejected: number; verified: number }

/** What a confirmation by a repair weighs against an engineer's opinion. */
const verifiedWeight = 2
/** Another class tells less about this one. */
const otherClassWeight = 0.25

const weightOf = (decision: PastDecision): number => (decision.sameClass ? 1 : otherClassWeight) * (decision.verdict === 'verified-by-repair' ? verifiedWeight : 1)

/**
 * Factor that decisions put on a rank: 1/2 + (taken + 1) / (taken + refused + 2), in (1/2, 3/2) and 1 with none. A Beta(1, 1) prior, so that one
 * decision moves little and no number of them can turn a poor candidate into the best by itself.
 */
export const learnedFactor = (decisions: readonly PastDecision[]): number => {
  let [taken, refused] = [0, 0]
  for (const one of decisions) {
    if (one.verdict === 'rejected') refused += weightOf(one)
    else taken += weightOf(one)
  }
  return 0.5 + (taken + 1) / (taken + refused + 2)
}

/** Decisions of the same class alone, as they are shown to a person. */
export const countDecisions = (decisions: readonly PastDecision[]): DecisionCount => {
  const own = decisions.filter(one => one.sameClass)
  return {
    accepted: own.filter(one => one.verdict !== 'rejected').length,
    rejected: own.filter(one => one.verdict === 'rejected').length,
    verified: own.filter(one => one.verdict === 'verified-by-repair').length,
  }
}

export const decisionsOnCase = (decisions: readonly PastDecision[], caseId: string): PastDecision[] =>
  decisions.filter(one => one.kind === 'root-cause' && one.caseId === caseId && one.sameClass)

export const decisionsOnAction = (
  decisions: readonly PastDecision[], of: { kind: 'containment' | 'corrective'; actionType: CaseAction['actionType']; causeKind: CauseKind },
): PastDecision[] => decisions.filter(one => one.kind === of.kind && one.actionType === of.actionType && one.causeKind === of.causeKind)
