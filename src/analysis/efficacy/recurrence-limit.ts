import { maxSprtLlr } from '../sequential-tests.ts'

/**
 * Limit of the MaxSPRT for a watch that ends when `plannedExpected` events would have come by chance: the chance that the log-likelihood
 * ratio ever reaches it is `alpha`. Exact, by recursion over the Poisson process and bisection; within 0.001 of the published tables.
 *
 * The test can alarm only at an event, and at the n-th only as long as few enough were expected by then: up to τ_n with LLR(n, τ_n) = limit.
 *
 * @param minEvents events before which nothing alarms.
 * @see Kulldorff et al. 2011, tables 1 and 2.
 */
export const maxSprtLimit = (plannedExpected: number, minEvents = 1, alpha = 0.05): number => {
  let [low, high] = [0, 12]
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (alarmProbability(middle, plannedExpected, minEvents) > alpha) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Chance that a Poisson process with the expected rate alarms before `plannedExpected` events are due. */
export const alarmProbability = (limit: number, plannedExpected: number, minEvents: number): number => {
  // surviving[n]: chance of n events so far without an alarm.
  let surviving = [1]
  let reached = 0
  for (let n = minEvents; reached < plannedExpected; n++) {
    const until = Math.min(plannedExpected, latestAlarm(n, limit))
    // Whoever has n events or more by then has alarmed, at the n-th or at a later one.
    surviving = advance(surviving, until - reached, n)
    reached = until
  }
  return 1 - surviving.reduce((sum, p) => sum + p, 0)
}

/** Chances of 0 … below−1 events after more time in which `mean` are expected. */
const advance = (chances: readonly number[], mean: number, below: number): number[] => {
  const increments = [Math.exp(-mean)]
  for (let k = 1; k < below; k++) increments.push((increments[k - 1]! * mean) / k)
  return Array.from({ length: below }, (_, n) => {
    let sum = 0
    for (let j = 0; j <= n && j < chances.length; j++) sum += chances[j]! * increments[n - j]!
    return sum
  })
}

/** Largest expectation at which the n-th event still alarms: LLR(n, τ) falls from ∞ to 0 as τ goes from 0 to n. */
const latestAlarm = (n: number, limit: number): number => {
  let [low, high] = [0, n]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (maxSprtLlr(n, middle) >= limit) low = middle
    else high = middle
  }
  return low
}
