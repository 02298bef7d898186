import type { ChangeIssues } from './change-issues.ts'
import type { MergeIssues } from './merge-issues.ts'
import type { SplitIssue } from './split-issues.ts'

type IssueDecisions = ChangeIssues & MergeIssues & { split: SplitIssue }

/**
 * The decisions with their notes and reasons redacted before they are kept: a phone number noted at night would outlast the erasure of whose it is.
 */
export const withoutPeople = (changes: IssueDecisions, redact: (text: string) => string): IssueDecisions => {
  const maybe = <T extends string | null | undefined>(text: T): T => (typeof text === 'string' ? (redact(text) as T) : text)
  return {
    transition: (issueId, step) => changes.transition(issueId, { ...step, note: maybe(step.note) }),
    edit: (issueId, { note, ...edit }) => changes.edit(issueId, { ...edit, ...(note !== undefined && { note: redact(note) }) }),
    merge: (issueId, merge) => changes.merge(issueId, { ...merge, reason: redact(merge.reason) }),
    unmerge: (issueId, unmerge) => changes.unmerge(issueId, { ...unmerge, reason: maybe(unmerge.reason) }),
    split: (issueId, split) => changes.split(issueId, { ...split, reason: redact(split.reason) }),
  }
}
