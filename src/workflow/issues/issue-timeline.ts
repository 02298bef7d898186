import type { IssueDetail, TimelineEntry } from '../../domain/issue-view.ts'
import type { IssueHistory, IssueRecord } from '../../graph/ports/issues.ts'
import type { IssueState } from '../../domain/issue-lifecycle.ts'

/** Changes that moved an issue to another state. */
const stateKinds: ReadonlySet<string> = new Set(['transition', 'merge', 'unmerge'])

/** The states an issue was in, with since when and who set them. */
export const historyOf = ({ openedAt }: Pick<IssueRecord, 'openedAt'>, { changes }: Pick<IssueHistory, 'changes'>): IssueDetail['stateHistory'] => [
  { state: 'new', since: openedAt, by: null, note: null },
  ...changes
    .filter(change => stateKinds.has(change.kind) && change.to !== null)
    .map(({ at, by, to, note, kind }) => ({ state: (kind === 'merge' ? 'merged' : to) as IssueState, since: at, by, note })),
]

const bare = { by: null, from: null, to: null, note: null, subject: null }

/** All that happened to an issue, oldest first. */
export const timelineOf = (
  { openedAt }: Pick<IssueRecord, 'openedAt'>,
  { changes, analyses, alerts, decisions }: Pick<IssueHistory, 'changes' | 'analyses' | 'alerts' | 'decisions'>,
  feedback: readonly { feedbackId: string; receivedAt: string }[],
): TimelineEntry[] => {
  const entries: TimelineEntry[] = [
    { ...bare, at: openedAt, kind: 'opened' },
    ...feedback.map(({ feedbackId, receivedAt }): TimelineEntry => ({ ...bare, at: receivedAt, kind: 'feedback', subject: feedbackId })),
    ...alerts.flatMap(({ alertId, raisedAt }): TimelineEntry[] => (raisedAt === null ? [] : [{ ...bare, at: raisedAt, kind: 'alert', subject: alertId }])),
    ...analyses.map(({ analysisId, createdAt, verdict }): TimelineEntry => ({ ...bare, at: createdAt, kind: 'analysis', to: verdict, subject: analysisId })),
    ...decisions.map(({ at, by, verdict, reason, suggestionId }): TimelineEntry => ({ ...bare, at, by, kind: 'suggestion-decided', to: verdict, note: reason, subject: suggestionId })),
    ...changes.map(({ at, by, kind, from, to, note }): TimelineEntry => ({ at, by, kind, from, to, note, subject: subjectOf({ kind, from, to }) })),
  ]
  // Stable: what is of one instant stays in the order above.
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** The other issue of a merge or split. */
const subjectOf = ({ kind, from, to }: { kind: string; from: string | null; to: string | null }): string | null =>
  kind === 'merge' || kind === 'split' ? to : kind === 'absorb' || kind === 'split-off' || kind === 'release' ? from : null
