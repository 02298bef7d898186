import { maxSprtLlr } from '../sequential-tests.ts'
import { maxSprtLimit } from './recurrence-limit.ts'

export type RecurrenceWatch = {
  /** `passed`: as many were expected as the watch was planned for, without an alarm. */
  state: 'watching' | 'recurred' | 'passed'
  observed: number
  expected: number
  /** Largest log-likelihood ratio so far, nats. */
  llr: number
  limit: number
  plannedExpected: number
  /** Index of the event at which the limit was first reached; null without an alarm. */
  alarmAt: number | null
}

/** Events before a watch may alarm: one or two say little, and each is shown anyhow. */
const fewestRecurrences = 3

/**
 * Watches the treated cars after an action: MaxSPRT of their events against the fleet's baseline.
 *
 * @param expectedAtEvents how many events were expected by the instant of each event, in order of the events.
 * @param plannedExpected length of the watch, as events expected.
 */
export const watchRecurrence = (options: { expectedAtEvents: readonly number[]; expectedNow: number; plannedExpected: number; alpha?: number }): RecurrenceWatch => {
  const { expectedAtEvents, expectedNow, plannedExpected, alpha } = options
  const limit = maxSprtLimit(plannedExpected, fewestRecurrences, alpha)
  let [llr, alarmAt]: [number, number | null] = [0, null]
  expectedAtEvents.forEach((expected, index) => {
    const ratio = maxSprtLlr(index + 1, Math.max(expected, Number.MIN_VALUE))
    llr = Math.max(llr, ratio)
    if (alarmAt === null && index + 1 >= fewestRecurrences && expected <= plannedExpected && ratio >= limit) alarmAt = index
  })
  const state = alarmAt !== null ? 'recurred' : expectedNow >= plannedExpected ? 'passed' : 'watching'
  return { state, observed: expectedAtEvents.length, expected: expectedNow, llr, limit, plannedExpected, alarmAt }
}
