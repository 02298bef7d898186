import type { issueStates } from './issue.ts'

export type IssueState = (typeof issueStates)[number]

/** States in the order of 8D. */
export const lifecycle = ['new', 'triaged', 'contained', 'cause-confirmed', 'action-chosen', 'implemented', 'prevented', 'closed'] as const satisfies readonly IssueState[]
export type LifecycleState = (typeof lifecycle)[number]

/** The 8D discipline whose end a state stands for. */
export const disciplineOf: Readonly<Record<IssueState, string | null>> = {
  new: 'D0', triaged: 'D2', contained: 'D3', 'cause-confirmed': 'D4', 'action-chosen': 'D5', implemented: 'D6', prevented: 'D7', closed: 'D8', rejected: null, merged: null,
}

const placeOf = (state: IssueState): number => (lifecycle as readonly string[]).indexOf(state)

/** Whether work has come at least as far as `goal`; an issue that was rejected or merged has come nowhere. */
export const hasReached = (state: IssueState, goal: LifecycleState): boolean => placeOf(state) >= placeOf(goal)

export type TransitionVerdict =
  | { ok: true; kind: 'forward' | 'back' | 'rejected' | 'reopened' }
  | { ok: false; reason: 'impossible' | 'note-needed'; message: string }

const impossible = (message: string): TransitionVerdict => ({ ok: false, reason: 'impossible', message })

/**
 * Judges a step: one forward, any number back with a note, `rejected` with a note from wherever it is open. A rejected issue goes back to where
 * it was or before; `merged` is entered and left by merging and unmerging alone.
 *
 * @param step.before the state a rejected issue was in.
 */
export const judgeTransition = ({ from, to, note, before }: { from: IssueState; to: IssueState; note: string | null; before: IssueState | null }): TransitionVerdict => {
  const needsNote = (kind: 'back' | 'rejected' | 'reopened'): TransitionVerdict =>
    note === null ? { ok: false, reason: 'note-needed', message: `from ${from} to ${to} needs a note that says why` } : { ok: true, kind }
  if (from === to) return impossible(`the issue is ${to} already`)
  if (from === 'merged') return impossible('the issue was merged into another: unmerge it first')
  if (to === 'merged') return impossible('an issue becomes merged by POST /v1/issues/{id}/merge')
  if (to === 'rejected') return from === 'closed' ? impossible('a closed issue is not rejected: reopen it first') : needsNote('rejected')
  if (from === 'rejected') return placeOf(to) <= Math.max(0, placeOf(before ?? 'new')) ? needsNote('reopened') : impossible(`a rejected issue goes back to ${before ?? 'new'} or before`)
  const steps = placeOf(to) - placeOf(from)
  if (steps === 1) return { ok: true, kind: 'forward' }
  if (steps < 0) return needsNote('back')
  return impossible(`from ${from} the next state is ${lifecycle[placeOf(from) + 1] ?? 'none'}`)
}

/** Where a state can go next; those that need a note are marked. */
export const nextStates = (from: IssueState, before: IssueState | null): { to: IssueState; needsNote: boolean }[] =>
  ([...lifecycle, 'rejected'] as const).flatMap(to => {
    const bare = judgeTransition({ from, to, note: null, before })
    return bare.ok || bare.reason === 'note-needed' ? [{ to, needsNote: !bare.ok }] : []
  })

/** What a step does to the instants that clocks are met at: those of a state that is left again are taken back, save the first response. */
export const milestonesAfter = (
  { firstResponseAt, resolvedAt, closedAt }: { firstResponseAt: string | null; resolvedAt: string | null; closedAt: string | null },
  { to, at }: { to: IssueState; at: string },
) => ({
  // A person who moves or rejects an issue has looked at it.
  firstResponseAt: firstResponseAt ?? (to === 'new' ? null : at),
  resolvedAt: to === 'rejected' ? resolvedAt : hasReached(to, 'contained') ? (resolvedAt ?? at) : null,
  closedAt: to === 'closed' || to === 'rejected' ? (closedAt ?? at) : null,
})
