import type { Explanation } from '../domain/explanation.ts'
import { untrackedCause } from '../domain/explanation.ts'
import type { EvidencePack } from '../domain/suggestion.ts'

/** Candidates whose scores are closer than this, in nats, may be put in either order with a reason. */
export const tieNats = 2

type Hypothesis = Explanation['hypotheses'][number]

/**
 * Check 7: the order of the statistics stands, but inside a tie where the one put first gives a reason. `UNTRACKED` comes first only where the
 * verdict is that no recorded factor is to blame, else last.
 */
export const inStatisticalOrder = (hypotheses: readonly Hypothesis[], pack: EvidencePack): { ordered: Hypothesis[]; faults: string[] } => {
  const placeOf = ({ causeId }: Hypothesis): number =>
    causeId === untrackedCause ? (pack.verdict === 'no-tracked-cause' ? -1 : pack.candidates.length) : pack.candidates.findIndex(one => one.id === causeId)
  const scoreOf = ({ causeId }: Hypothesis): number | null => pack.candidates.find(one => one.id === causeId)?.score ?? null
  const isTied = (a: Hypothesis, b: Hypothesis): boolean => {
    const [first, second] = [scoreOf(a), scoreOf(b)]
    return first !== null && second !== null && Math.abs(second - first) < tieNats
  }
  const faults = hypotheses.flatMap((one, at) =>
    hypotheses.slice(at + 1).flatMap(later =>
      placeOf(one) > placeOf(later) && !(isTied(one, later) && one.orderReason !== null) ? [`${one.causeId} before ${later.causeId}`] : [],
    ),
  )
  if (faults.length === 0) return { ordered: [...hypotheses], faults }
  // A reason for an order that does not stand is no longer said.
  return { ordered: hypotheses.toSorted((a, b) => placeOf(a) - placeOf(b)).map(one => ({ ...one, orderReason: null })), faults }
}
