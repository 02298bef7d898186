import { pooledRateRatio } from '../analysis/efficacy/pooled-ratio.ts'
import type { ActionEfficacy, ActionTypeRecord } from '../domain/action-efficacy.ts'

/** How actions of one type have fared: those that could be judged speak, the others are counted as used. */
export const recordOfType = (actionType: ActionTypeRecord['actionType'], actions: readonly ActionEfficacy[]): ActionTypeRecord => {
  const judged = actions.filter(one => one.reason === null)
  const hasRecurred = ({ recurrence }: ActionEfficacy): boolean => recurrence?.state === 'recurred'
  const pooled = pooledRateRatio(judged.map(({ before, after }) => ({
    observedBefore: before!.observed, expectedBefore: before!.expected, observedAfter: after!.observed, expectedAfter: after!.expected,
  })))
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
  return {
    actionType,
    used: actions.length,
    judged: judged.length,
    held: judged.filter(one => (one.verdict === 'effective' || one.verdict === 'partly') && !hasRecurred(one)).length,
    recurred: judged.filter(hasRecurred).length,
    rateRatio: pooled && finite(pooled.ratio),
    rateRatioInterval: pooled && [pooled.interval[0], finite(pooled.interval[1])],
    medianWeeksToEffect: median(judged.flatMap(({ weeksToEffect }) => (weeksToEffect === null ? [] : [weeksToEffect]))),
  }
}

const median = (values: readonly number[]): number | null => {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
}
