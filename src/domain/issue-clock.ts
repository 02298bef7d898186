import { z } from 'zod'
import { finalIssueStates } from './issue.ts'
import type { IssueState } from './issue-lifecycle.ts'

export const clockNames = ['first-response', 'resolution'] as const
export type ClockName = (typeof clockNames)[number]

/** One service-level clock. `stopped`: the issue was merged, or ended before the clock was met. */
export const IssueClock = z.object({
  dueAt: z.string(),
  metAt: z.string().nullable(),
  state: z.enum(['running', 'at-risk', 'breached', 'met', 'met-late', 'stopped']),
})
export type IssueClock = z.infer<typeof IssueClock>

/** @param reading.riskFrom a clock that is due before this instant is at risk: `now` and the working hours that may be left. */
export const readClock = ({ dueAt, metAt, issueState, now, riskFrom }: { dueAt: string; metAt: string | null; issueState: IssueState; now: string; riskFrom: string }): IssueClock => {
  if (metAt !== null) return { dueAt, metAt, state: metAt <= dueAt ? 'met' : 'met-late' }
  if ((finalIssueStates as readonly string[]).includes(issueState)) return { dueAt, metAt, state: 'stopped' }
  if (dueAt < now) return { dueAt, metAt, state: 'breached' }
  return { dueAt, metAt, state: dueAt <= riskFrom ? 'at-risk' : 'running' }
}

export type ClockEvent = { clock: ClockName; event: 'at-risk' | 'breached' }

/**
 * What the clocks of one issue have to raise now and did not raise before. A clock found breached raises that alone: it was never seen at risk.
 *
 * @param raised earlier events, as `first-response:breached`.
 */
export const clockEvents = (
  { state, raised, clocks }: { state: IssueState; raised: readonly string[]; clocks: Record<ClockName, { dueAt: string; metAt: string | null }> },
  at: { now: string; riskFrom: Record<ClockName, string> },
): ClockEvent[] =>
  clockNames.flatMap(clock => {
    const { state: reading } = readClock({ ...clocks[clock], issueState: state, now: at.now, riskFrom: at.riskFrom[clock] })
    if (reading !== 'at-risk' && reading !== 'breached') return []
    const isTold = raised.includes(`${clock}:breached`) || raised.includes(`${clock}:${reading}`)
    return isTold ? [] : [{ clock, event: reading }]
  })

/** Whether nothing more can be raised: each clock is met, or has told that it was breached. A state that is left again opens them anew. */
export const clocksAreOver = ({ state, raised, clocks }: { state: IssueState; raised: readonly string[]; clocks: Record<ClockName, { metAt: string | null }> }): boolean =>
  (finalIssueStates as readonly string[]).includes(state) || clockNames.every(clock => clocks[clock].metAt !== null || raised.includes(`${clock}:breached`))
