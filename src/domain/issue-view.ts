import { z } from 'zod'
import { issueStates } from './issue.ts'
import { IssueClock } from './issue-clock.ts'
import { TextLanguage } from './finding.ts'

const text = z.string()
const maybe = text.nullable()

/** One issue in a list. `reports` counts duplicates once; `owner` and `externalRef` are what the workflow said. */
export const IssueSummary = z.object({
  issueId: text,
  state: z.enum(issueStates),
  /** 8D discipline whose end the state stands for; null when rejected or merged. */
  discipline: maybe,
  component: maybe,
  symptom: maybe,
  model: maybe,
  severity: z.int().min(1).max(10).nullable(),
  hazards: z.array(text),
  department: maybe,
  owner: maybe,
  externalRef: maybe,
  openedAt: text,
  lastActivityAt: text,
  counts: z.object({ feedback: z.int(), reports: z.int(), vehicles: z.int() }),
  clocks: z.object({ firstResponse: IssueClock, resolution: IssueClock }),
  overdue: z.boolean(),
  mergedInto: maybe,
  /** Grows with every change. */
  revision: z.int(),
})
export type IssueSummary = z.infer<typeof IssueSummary>

/** Something that happened to an issue: arrivals are told of the issue as a whole, decisions with who made them. */
export const TimelineEntry = z.object({
  at: text,
  kind: z.enum([
    'opened', 'feedback', 'alert', 'analysis', 'suggestion-decided', 'transition', 'edit', 'note', 'merge', 'absorb', 'unmerge', 'split', 'split-off', 'release',
  ]),
  by: maybe,
  from: maybe,
  to: maybe,
  note: maybe,
  /** Id of what it is about: a feedback, an analysis, an alert, another issue. */
  subject: maybe,
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const IssueFeedback = z.object({
  feedbackId: text,
  channel: text,
  occurredAt: maybe,
  receivedAt: text,
  /** Redacted. */
  text,
  language: TextLanguage.nullable().catch(null),
  severity: z.number().nullable(),
  vehicleId: maybe,
  responded: z.boolean(),
  /** The feedback of this issue that it tells again. */
  duplicateOf: maybe,
  /** The issue it came from by a merge. */
  from: maybe,
})
export type IssueFeedback = z.infer<typeof IssueFeedback>

export const StateSpan = z.object({ state: z.enum(issueStates), since: text, by: maybe, note: maybe })

export const IssueDetail = IssueSummary.extend({
  stateHistory: z.array(StateSpan),
  /** What may come next, and which of it needs a note. */
  next: z.array(z.object({ to: z.enum(issueStates), needsNote: z.boolean() })),
  /** Newest first, at most 200; `counts.feedback` says how many there are. */
  feedback: z.array(IssueFeedback),
  /** Oldest first. */
  timeline: z.array(TimelineEntry),
  similarCases: z.array(z.object({ caseId: text, title: maybe, score: z.number().nullable() })),
  latestAnalysis: z
    .object({ analysisId: text, asOf: text, createdAt: text, verdict: text, verdictReason: maybe, candidates: z.array(z.object({ candidateId: text, rank: z.int(), kind: text, statement: text, confidence: z.number().nullable() })) })
    .nullable(),
  alerts: z.array(z.object({ alertId: text, state: text, raisedAt: maybe })),
  /** Of the newest set, as `GET /v1/issues/{id}/suggestions` gives them; null where none was made. */
  suggestions: z.unknown().nullable(),
  mergedFrom: z.array(text),
  splitFrom: maybe,
})
export type IssueDetail = z.infer<typeof IssueDetail>
