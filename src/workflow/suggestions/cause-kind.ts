import { dimensions } from '../../domain/dimension.ts'
import type { AnalysisCandidate } from '../../domain/root-cause-analysis.ts'

/** What an action is fitted to: the dimension a cause lies in, a combination, an idea from the past, or nothing that is known. */
export const causeKinds = [...dimensions, 'pair', 'past-case', 'untracked'] as const
export type CauseKind = (typeof causeKinds)[number]

/** The kind of a candidate; a window of build weeks is `build-week` also where a plant stands beside it. */
export const causeKindOf = ({ kind, factors }: Pick<AnalysisCandidate, 'kind' | 'factors'>): CauseKind => {
  if (kind === 'past-case') return 'past-case'
  if (kind === 'window') return 'build-week'
  if (kind === 'pair' || factors.length > 1) return 'pair'
  return factors[0]?.dimension ?? 'untracked'
}
