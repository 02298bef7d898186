import type { LoopIssue, LoopRepair } from '../../domain/closed-loop.ts'
import type { ClockName } from '../../domain/issue-clock.ts'
import type { IssueDetail, IssueFeedback } from '../../domain/issue-view.ts'
import type { IssueState } from '../../domain/issue-lifecycle.ts'

/** An issue as a change of it needs to know it. */
export type IssueRecord = {
  issueId: string
  state: IssueState
  /** Of a rejected or merged issue: where it was. */
  stateBefore: IssueState | null
  component: string | null
  symptom: string | null
  model: string | null
  severity: number | null
  hazards: string[]
  openedAt: string
  lastActivityAt: string
  firstResponseDueAt: string
  resolutionDueAt: string
  firstResponseAt: string | null
  resolvedAt: string | null
  closedAt: string | null
  externalRef: string | null
  owner: string | null
  department: string | null
  departmentBy: string | null
  /** What its clocks raised: `first-response:at-risk` and so on. */
  raised: string[]
  clocks: 'open' | 'over'
  revision: number
  mergedInto: string | null
  splitFrom: string | null
}

export type ChangeKind = 'transition' | 'edit' | 'note' | 'merge' | 'absorb' | 'unmerge' | 'split' | 'split-off' | 'release'

export type IssueChange = { kind: ChangeKind; at: string; by: string; from: string | null; to: string | null; note: string | null; content: unknown }

/** Feedback an issue holds; `path` the issues it came through by merges, first to last. */
export type HeldFeedback = {
  feedbackId: string
  receivedAt: string
  path: string[]
  component: string | null
  symptom: string | null
  model: string | null
  severity: number | null
  hazards: string[]
}

export type FeedbackMove = { feedbackId: string; path: string[] }

export type IssueEvent = { type: 'issue.updated' | 'issue.opened'; issueId: string } | { type: 'sla.at-risk' | 'sla.breached'; issueId: string; clock: ClockName }

/** One change of issues: what it reads it holds until it ends; all of it happens or nothing. */
export type IssueChanges = {
  /** Takes the locks of some issues; those that are not there are left out. Call it first. */
  hold(issueIds: readonly string[], at: string): Promise<string[]>
  read(issueId: string): Promise<IssueRecord | null>
  write(issue: IssueRecord): Promise<void>
  held(issueId: string): Promise<HeldFeedback[]>
  /** @returns how many were there to move. */
  move(from: string, to: string, moves: readonly FeedbackMove[]): Promise<number>
  record(issueId: string, change: IssueChange): Promise<void>
  /** The latest change of a kind. */
  lastChange(issueId: string, kind: ChangeKind): Promise<{ at: string; content: unknown } | null>
  linkMerge(issueId: string, into: string, at: string): Promise<void>
  /** @returns the issue it was merged into; null where none. */
  unlinkMerge(issueId: string): Promise<string | null>
  /** The issues it was merged into, nearest first. */
  mergeChain(issueId: string): Promise<string[]>
  createSplit(issue: Pick<IssueRecord, 'issueId' | 'openedAt' | 'lastActivityAt' | 'firstResponseDueAt' | 'resolutionDueAt' | 'component' | 'symptom' | 'model' | 'department'>, source: string, at: string): Promise<void>
  /** When a feedback of the issue was first answered; null where none was. @param otherwise for one that says only that it was. */
  answeredAt(issueId: string, otherwise: string): Promise<string | null>
  emit(event: IssueEvent, at: string): Promise<void>
}

export type IssueQuestion = {
  states: readonly string[] | null
  components: readonly string[] | null
  symptom: string | null
  model: string | null
  hazard: string | null
  owner: string | null
  department: string | null
  severityMin: number | null
  overdue: boolean | null
  now: string
  after: { lastActivityAt: string; issueId: string } | null
  limit: number
}

export type IssueCounts = { issueId: string; feedback: number; vehicles: number; edges: [string, string][] }

export type IssueHistory = {
  changes: { at: string; by: string | null; kind: ChangeKind; from: string | null; to: string | null; note: string | null }[]
  analyses: { analysisId: string; asOf: string; createdAt: string; verdict: string; reason: string | null }[]
  alerts: { alertId: string; state: string; raisedAt: string | null }[]
  cases: { caseId: string; title: string | null; score: number | null }[]
  mergedFrom: string[]
  decisions: { at: string; by: string | null; verdict: string; reason: string | null; suggestionId: string }[]
}

/** One issue with all that is shown of it, read at one instant. */
export type IssueView = {
  record: IssueRecord
  counts: IssueCounts
  /** The newest first. */
  feedback: (Omit<IssueFeedback, 'from'> & { path: string[] | null })[]
  history: IssueHistory
  /** Of the newest analysis, best first. */
  candidates: NonNullable<IssueDetail['latestAnalysis']>['candidates']
  /** Whether suggestions were ever made for it. */
  isSuggested: boolean
}

export type EvidenceNode = { id: string | null; labels: string[]; caption: string | null }
export type EvidencePath = { nodes: EvidenceNode[]; relationships: { from: string; type: string; to: string }[] }

export type IssueStore = {
  list(question: IssueQuestion): Promise<string[]>
  records(issueIds: readonly string[]): Promise<IssueRecord[]>
  counts(issueIds: readonly string[]): Promise<IssueCounts[]>
  /** @param feedbackLimit most feedback; null where there is no such issue. */
  view(issueId: string, feedbackLimit: number): Promise<IssueView | null>
  /** Paths of what the issue rests on, nearest first, in the same order each time. */
  evidence(issueId: string, limit: number): Promise<EvidencePath[]>
  /** Issues whose clocks may have something to raise. */
  dueClocks(before: { now: string; firstResponse: string; resolution: string }, limit: number): Promise<string[]>
  loopIssues(from: string, to: string): Promise<LoopIssue[]>
  /** Repairs begun in a period. @param repeatDays how long ago an earlier repair of the same car and component makes one a repeat. */
  loopRepairs(from: string, to: string, repeatDays: number): Promise<LoopRepair[]>
  issuesOf(feedbackIds: readonly string[]): Promise<string[]>
  /** Runs one change; tried again as a whole when it meets another. */
  change<T>(work: (changes: IssueChanges) => Promise<T>): Promise<T>
}
