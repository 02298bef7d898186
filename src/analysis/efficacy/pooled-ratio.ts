import type { Interval } from '../exact-intervals.ts'

/** Events and expectation of one cohort before and after its action. */
export type BeforeAfter = { observedBefore: number; expectedBefore: number; observedAfter: number; expectedAfter: number }

/**
 * One rate ratio ψ for several actions: given each action's events, those after it are binomial with odds ψ · E_after / E_before. Maximum
 * likelihood with the 95 % interval of the likelihood ratio.
 *
 * @returns null where no action has an event.
 */
export const pooledRateRatio = (actions: readonly BeforeAfter[]): { ratio: number; interval: Interval } | null => {
  const told = actions.filter(one => one.observedBefore + one.observedAfter > 0 && one.expectedBefore > 0 && one.expectedAfter > 0)
  if (told.length === 0) return null
  const after = total(told.map(one => one.observedAfter))
  const before = total(told.map(one => one.observedBefore))
  const best = after === 0 ? -lnBound : before === 0 ? lnBound : rootOf(lnRatio => after - expectedAfter(told, lnRatio), -lnBound, lnBound)
  const drop = (lnRatio: number): number => logLikelihood(told, best) - logLikelihood(told, lnRatio) - halfChiSquare
  return {
    ratio: after === 0 ? 0 : before === 0 ? Infinity : Math.exp(best),
    interval: [
      after === 0 ? 0 : Math.exp(rootOf(drop, -lnBound, best)),
      before === 0 ? Infinity : Math.exp(rootOf(drop, lnBound, best)),
    ],
  }
}

/** Ratios beyond e^±25 are 0 and ∞. */
const lnBound = 25
/** Half the 95 % quantile of χ² with one degree of freedom. */
const halfChiSquare = 1.920729

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

const shareAfter = (one: BeforeAfter, lnRatio: number): number => {
  const odds = (Math.exp(lnRatio) * one.expectedAfter) / one.expectedBefore
  return odds / (1 + odds)
}

const expectedAfter = (actions: readonly BeforeAfter[], lnRatio: number): number =>
  total(actions.map(one => (one.observedAfter + one.observedBefore) * shareAfter(one, lnRatio)))

const logLikelihood = (actions: readonly BeforeAfter[], lnRatio: number): number =>
  total(actions.map(one => {
    const share = shareAfter(one, lnRatio)
    return (one.observedAfter === 0 ? 0 : one.observedAfter * Math.log(share)) + (one.observedBefore === 0 ? 0 : one.observedBefore * Math.log1p(-share))
  }))

/** Where a monotone function changes its sign between two points. */
const rootOf = (f: (x: number) => number, from: number, to: number): number => {
  const isPositive = f(from) > 0
  let [outer, inner] = [from, to]
  for (let step = 0; step < 80; step++) {
    const middle = (outer + inner) / 2
    if (f(middle) > 0 === isPositive) outer = middle
    else inner = middle
  }
  return (outer + inner) / 2
}
