import { z } from 'zod'
import { TextLanguage } from '../../domain/finding.ts'
import { defineQuery } from '../define-query.ts'
import { IssueRow } from './issue-state-queries.ts'

const text = z.string()
const maybe = text.nullable()
const texts = z.array(text)
const issueId = 'ISS-none'
const at = '2023-01-09T06:12:46.000Z'
const changeKind = z.enum(['transition', 'edit', 'note', 'merge', 'absorb', 'unmerge', 'split', 'split-off', 'release'])

/** Id, channel, occurred, received, text, language, severity, vehicle, answered, path: a list costs less on the way than a map with its keys. */
const FeedbackColumns = z.tuple([text, text, maybe, text, text, TextLanguage.nullable().catch(null), z.number().nullable(), maybe, z.boolean(), texts.nullable()])

/** Statements that show issues. */
export const issueViewQueries = {
  list: defineQuery({
    file: 'issues/list-issues.cypher', mode: 'READ',
    params: z.object({
      states: texts.nullable(), components: texts.nullable(), symptom: maybe, model: maybe, hazard: maybe, owner: maybe, department: maybe,
      severityMin: z.int().nullable(), overdue: z.boolean().nullable(), now: text, finalStates: texts, afterActivityAt: maybe, afterId: maybe, limit: z.int().min(1),
    }),
    row: z.strictObject({ issueId: text }),
    sample: {
      states: ['new'], components: ['traction-battery'], symptom: null, model: 'ES8', hazard: null, owner: null, department: null, severityMin: 9, overdue: true, now: at,
      finalStates: ['closed'], afterActivityAt: at, afterId: issueId, limit: 10,
    },
  }),
  counts: defineQuery({
    file: 'issues/read-issue-counts.cypher', mode: 'READ', params: z.object({ issueIds: texts }),
    row: z.strictObject({ issueId: text, feedback: z.int(), vehicles: z.int(), edges: z.array(z.tuple([text, text])) }), sample: { issueIds: [issueId] },
  }),
  view: defineQuery({
    file: 'issues/read-issue-view.cypher', mode: 'READ', params: z.object({ issueId: text, limit: z.int().min(1) }),
    row: z.strictObject({
      ...IssueRow.shape,
      held: z.int(),
      vehicles: z.int(),
      edges: z.array(z.tuple([text, text])),
      feedback: z.array(FeedbackColumns),
      changes: z.array(z.strictObject({ at: text, by: maybe, kind: changeKind, from: maybe, to: maybe, note: maybe })),
      analyses: z.array(z.strictObject({ analysisId: text, asOf: text, createdAt: text, verdict: text, reason: maybe })),
      candidates: z.array(z.strictObject({ candidateId: text, rank: z.int(), kind: text, statement: text, confidence: z.number().nullable() })),
      alerts: z.array(z.strictObject({ alertId: text, state: text, raisedAt: maybe })),
      cases: z.array(z.strictObject({ caseId: text, title: maybe, score: z.number().nullable() })),
      mergedFrom: texts,
      decisions: z.array(z.strictObject({ at: text, by: maybe, verdict: text, reason: maybe, suggestionId: text })),
      isSuggested: z.boolean(),
    }),
    sample: { issueId, limit: 10 },
  }),
  evidence: defineQuery({
    file: 'issues/read-issue-graph.cypher', mode: 'READ', params: z.object({ issueId: text, limit: z.int().min(1) }),
    row: z.strictObject({
      nodes: z.array(z.strictObject({ id: maybe, labels: texts, caption: maybe })),
      relationships: z.array(z.strictObject({ from: text, type: text, to: text })),
    }),
    sample: { issueId, limit: 10 },
  }),
  dueClocks: defineQuery({
    file: 'issues/list-due-clocks.cypher', mode: 'READ',
    params: z.object({ now: text, firstResponseBefore: text, resolutionBefore: text, limit: z.int().min(1) }),
    row: z.strictObject({ issueId: text }), sample: { now: at, firstResponseBefore: at, resolutionBefore: at, limit: 10 },
  }),
  issuesOf: defineQuery({
    file: 'issues/list-issues-of-feedback.cypher', mode: 'READ', params: z.object({ feedbackIds: texts }), row: z.strictObject({ issueId: text }),
    sample: { feedbackIds: ['hotline:none'] },
  }),
  loopIssues: defineQuery({
    file: 'issues/read-loop-issues.cypher', mode: 'READ', params: z.object({ from: text, to: text }),
    row: z.strictObject({ component: maybe, model: maybe, state: text, openedAt: text, firstResponseAt: maybe, resolutionDueAt: text, resolvedAt: maybe }),
    sample: { from: '1999-01-01', to: '1999-02-01' },
  }),
  loopRepairs: defineQuery({
    file: 'issues/read-loop-repairs.cypher', mode: 'READ', params: z.object({ from: text, to: text, repeatDays: z.int().min(1) }),
    row: z.strictObject({ serviceCenter: maybe, model: maybe, components: texts, result: maybe, isRepeat: z.boolean() }),
    sample: { from: at, to: at, repeatDays: 30 },
  }),
} as const
