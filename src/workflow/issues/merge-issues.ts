import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { finalIssueStates } from '../../domain/issue.ts'
import type { IssueState } from '../../domain/issue-lifecycle.ts'
import type { FeedbackMove, HeldFeedback, IssueChanges, IssueRecord, IssueStore } from '../../graph/ports/issues.ts'
import { heldIssue, settled } from './change-issues.ts'
import { derivedFrom, latest } from './derived-from.ts'
import { undoSplit } from './split-issues.ts'

/** What a merge changed of the issue that took the feedback in, to be given back when it is undone. */
const Absorbed = z.object({
  into: z.string(),
  before: z.object({ firstResponseDueAt: z.string(), resolutionDueAt: z.string(), lastActivityAt: z.string(), openedAt: z.string() }),
  given: z.object({ firstResponseDueAt: z.string(), resolutionDueAt: z.string(), openedAt: z.string() }),
})

const conflict = (message: string, details: Record<string, unknown>) => new FishboneError('FB_CONFLICT', message, { details })
const isFinal = (state: IssueState) => (finalIssueStates as readonly string[]).includes(state)
const earliest = (...instants: string[]): string => instants.toSorted()[0]!

/** Joins issues that are one problem, and takes it back. */
export const createMergeIssues = ({ store, now }: { store: Pick<IssueStore, 'change'>; now: () => Date }) => ({
  /**
   * Moves all feedback of an issue to another one; later feedback of its class follows. The target takes over the earlier of each due instant:
   * merging gives nobody more time.
   *
   * @throws FB_NOT_FOUND; FB_CONFLICT where one of them is over, or both are the same.
   */
  merge: (issueId: string, { into, reason, by }: { into: string; reason: string; by: string }): Promise<void> =>
    store.change(async changes => {
      const at = now().toISOString()
      if (issueId === into) throw conflict('an issue is not merged into itself', { issueId })
      await changes.hold([issueId, into], at)
      const [source, target] = [await heldIssue(changes, issueId), await heldIssue(changes, into)]
      if (isFinal(source.state)) throw conflict(`the issue is ${source.state}: only an open one is merged`, { issueId })
      if (isFinal(target.state)) throw conflict(`${into} is ${target.state}: only an open issue takes feedback in`, { into })
      const moved = await changes.held(issueId)
      await changes.move(issueId, into, moved.map(({ feedbackId, path }) => ({ feedbackId, path: [...path, issueId] })))
      const given = {
        firstResponseDueAt: source.firstResponseAt === null ? earliest(target.firstResponseDueAt, source.firstResponseDueAt) : target.firstResponseDueAt,
        resolutionDueAt: earliest(target.resolutionDueAt, source.resolutionDueAt),
        openedAt: earliest(target.openedAt, source.openedAt),
      }
      const { firstResponseDueAt, resolutionDueAt, lastActivityAt, openedAt } = target
      await changes.write(settled({ ...target, ...given, ...gathered(target, source) }))
      await changes.write(settled({ ...source, state: 'merged', stateBefore: source.state }))
      await changes.linkMerge(issueId, into, at)
      await changes.record(issueId, { kind: 'merge', at, by, from: source.state, to: into, note: reason, content: { into, before: { firstResponseDueAt, resolutionDueAt, lastActivityAt, openedAt }, given } })
      await changes.record(into, { kind: 'absorb', at, by, from: issueId, to: null, note: reason, content: null })
      await tellBoth(changes, [issueId, into], at)
    }),

  /**
   * Takes the merge of an issue back, or of one that was split off, the split. What came to the other through it since goes with it.
   *
   * @throws FB_NOT_FOUND; FB_CONFLICT where it was neither merged nor split off.
   */
  unmerge: (issueId: string, { reason, by }: { reason: string | null; by: string }): Promise<void> =>
    store.change(async changes => {
      const at = now().toISOString()
      // Locks before the look: the chain is read again under them.
      await changes.hold([issueId, ...(await changes.mergeChain(issueId))], at)
      const issue = await heldIssue(changes, issueId)
      if (issue.state !== 'merged') return undoSplit(changes, issue, { reason, by, at })
      const chain = await changes.mergeChain(issueId)
      const holder = chain.at(-1)
      const into = await changes.unlinkMerge(issueId)
      if (holder === undefined || into === null) throw conflict('the issue is merged into none', { issueId })
      await changes.hold([holder], at)
      const moves = (await changes.held(holder)).flatMap(one => homeward(one, issueId))
      await changes.move(holder, issueId, moves)
      await giveBack(changes, issue, { into, holder })
      await changes.record(issueId, { kind: 'unmerge', at, by, from: 'merged', to: issue.stateBefore ?? 'new', note: reason, content: null })
      await changes.record(into, { kind: 'release', at, by, from: issueId, to: null, note: reason, content: null })
      await tellBoth(changes, [...new Set([issueId, into, holder])], at)
    }),
})

export type MergeIssues = ReturnType<typeof createMergeIssues>

const gathered = (target: IssueRecord, source: IssueRecord) => ({
  severity: Math.max(target.severity ?? 0, source.severity ?? 0) || null,
  hazards: [...new Set([...target.hazards, ...source.hazards])],
  lastActivityAt: latest(target.lastActivityAt, source.lastActivityAt),
})

/** The way of a feedback back to an issue it came through; none where it did not. */
const homeward = ({ feedbackId, path }: HeldFeedback, issueId: string): FeedbackMove[] => {
  const place = path.lastIndexOf(issueId)
  return place < 0 ? [] : [{ feedbackId, path: path.slice(0, place) }]
}

/** Both issues as if they had never been one; what a person did to the target since stays. */
const giveBack = async (changes: IssueChanges, issue: IssueRecord, { into, holder }: { into: string; holder: string }): Promise<void> => {
  const kept = await changes.lastChange(issue.issueId, 'merge')
  const parsed = Absorbed.safeParse(kept?.content)
  const state = issue.stateBefore ?? 'new'
  const own = derivedFrom(await changes.held(issue.issueId), issue.lastActivityAt)
  await changes.write(settled({ ...issue, state, stateBefore: null, severity: own.severity ?? issue.severity, lastActivityAt: own.lastActivityAt, hazards: own.hazards }))
  for (const targetId of new Set([into, holder])) {
    const target = await changes.read(targetId)
    if (target === null) continue
    const { before, given } = parsed.success && targetId === into ? parsed.data : { before: null, given: null }
    // Only what still is as the merge made it: a later merge may have shortened it further.
    const restore = (field: 'firstResponseDueAt' | 'resolutionDueAt' | 'openedAt') => (before && given && target[field] === given[field] ? before[field] : target[field])
    const left = derivedFrom(await changes.held(targetId), before?.lastActivityAt ?? target.openedAt)
    const due = { firstResponseDueAt: restore('firstResponseDueAt'), resolutionDueAt: restore('resolutionDueAt'), openedAt: restore('openedAt') }
    const isMerged = target.state === 'merged'
    await changes.write(settled({ ...target, ...(isMerged ? {} : left), ...due, severity: isMerged ? target.severity : left.severity }))
  }
}

const tellBoth = async (changes: IssueChanges, issueIds: readonly string[], at: string): Promise<void> => {
  for (const issueId of issueIds) await changes.emit({ type: 'issue.updated', issueId }, at)
}
