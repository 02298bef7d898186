import { FishboneError } from '../../domain/error.ts'
import { clocksAreOver } from '../../domain/issue-clock.ts'
import { judgeTransition, milestonesAfter } from '../../domain/issue-lifecycle.ts'
import type { IssueState } from '../../domain/issue-lifecycle.ts'
import type { IssueChanges, IssueRecord, IssueStore } from '../../graph/ports/issues.ts'
import { clocksOf } from './clock-times.ts'
import { issueNotFound } from './show-issues.ts'

export type ChangeServices = { store: Pick<IssueStore, 'change'>; now: () => Date }

/** What the workflow says of an issue; null takes a value back, an absent field leaves it. */
export type IssueEdit = { externalRef?: string | null; owner?: string | null; department?: string | null; note?: string }

/** Reads an issue once it is held. @throws FB_NOT_FOUND */
export const heldIssue = async (changes: IssueChanges, issueId: string): Promise<IssueRecord> => {
  const issue = await changes.read(issueId)
  if (issue === null) throw issueNotFound(issueId)
  return issue
}

/** An issue with its clocks marked as over where nothing more can be raised. */
export const settled = (issue: IssueRecord): IssueRecord => ({ ...issue, clocks: clocksAreOver({ state: issue.state, raised: issue.raised, clocks: clocksOf(issue) }) ? 'over' : 'open' })

const noteNeeded = (message: string) => new FishboneError('FB_INVALID', message, { details: { errors: [{ pointer: '/note', message: 'is needed for this step' }] } })

/** Moves issues through their states and keeps what the workflow says of them. */
export const createChangeIssues = ({ store, now }: ChangeServices) => ({
  /**
   * One step of an issue, with who and when.
   *
   * @throws FB_NOT_FOUND; FB_CONFLICT for an impossible step; FB_INVALID where a note is missing.
   */
  transition: (issueId: string, { to, note, by }: { to: IssueState; note: string | null; by: string }): Promise<void> =>
    store.change(async changes => {
      const at = now().toISOString()
      await changes.hold([issueId], at)
      const issue = await heldIssue(changes, issueId)
      const verdict = judgeTransition({ from: issue.state, to, note, before: issue.stateBefore })
      if (!verdict.ok) throw verdict.reason === 'note-needed' ? noteNeeded(verdict.message) : new FishboneError('FB_CONFLICT', verdict.message, { details: { issueId, from: issue.state, to } })
      await changes.write(settled({ ...issue, ...milestonesAfter(issue, { to, at }), state: to, stateBefore: to === 'rejected' ? issue.state : null }))
      await changes.record(issueId, { kind: 'transition', at, by, from: issue.state, to, note, content: null })
      await changes.emit({ type: 'issue.updated', issueId }, at)
    }),

  /** @throws FB_NOT_FOUND */
  edit: (issueId: string, { note, by, ...edit }: IssueEdit & { by: string }): Promise<void> =>
    store.change(async changes => {
      const at = now().toISOString()
      await changes.hold([issueId], at)
      const issue = await heldIssue(changes, issueId)
      const changed = (['externalRef', 'owner', 'department'] as const).filter(field => edit[field] !== undefined && edit[field] !== issue[field])
      if (changed.length > 0) {
        const departmentBy = changed.includes('department') ? by : issue.departmentBy
        await changes.write({ ...issue, ...Object.fromEntries(changed.map(field => [field, edit[field] ?? null])), departmentBy })
      }
      for (const field of changed) await changes.record(issueId, { kind: 'edit', at, by, from: `${field}: ${issue[field] ?? ''}`, to: `${field}: ${edit[field] ?? ''}`, note: null, content: null })
      if (note !== undefined) await changes.record(issueId, { kind: 'note', at, by, from: null, to: null, note, content: null })
      if (changed.length > 0 || note !== undefined) await changes.emit({ type: 'issue.updated', issueId }, at)
    }),
})

export type ChangeIssues = ReturnType<typeof createChangeIssues>
