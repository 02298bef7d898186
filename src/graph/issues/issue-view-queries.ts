import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const texts = z.array(text)
const issueId = 'ISS-none'
const at = '2023-01-09T06:12:46.000Z'
const changeKind = z.enum(['transition', 'edit', 'note', 'merge', 'absorb', 'unmerge', 'split', 'split-off', 'release'])

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
  history: defineQuery({
    file: 'issues/read-issue-history.cypher', mode: 'READ', params: z.object({ issueId: text }),
    row: z.strictObject({
      changes: z.array(z.strictObject({ at: text, by: maybe, kind: changeKind, from: maybe, to: maybe, note: maybe })),
      analyses: z.array(z.strictObject({ analysisId: text, asOf: text, createdAt: text, verdict: text, reason: maybe })),
      alerts: z.array(z.strictObject({ alertId: text, state: text, raisedAt: maybe })),
      cases: z.array(z.strictObject({ caseId: text, title: maybe, score: z.number().nullable() })),
      mergedFrom: texts,
      decisions: z.array(z.strictObject({ at: text, by: maybe, verdict: text, reason: maybe, suggestionId: text })),
    }),
    sample: { issueId },
  }),
  feedback: defineQuery({
    file: 'issues/read-issue-feedback.cypher', mode: 'READ', params: z.object({ issueId: text, limit: z.int().min(1) }),
    row: z.strictObject({
      feedbackId: text, channel: text, occurredAt: maybe, receivedAt: text, text, language: maybe, severity: z.number().nullable(), vehicleId: maybe,
      responded: z.boolean(), path: texts.nullable(), duplicateOf: maybe,
    }),
    sample: { issueId, limit: 10 },
  }),
  candidates: defineQuery({
    file: 'issues/read-candidates.cypher', mode: 'READ', params: z.object({ analysisId: text }),
    row: z.strictObject({ candidateId: text, rank: z.int(), kind: text, statement: text, confidence: z.number().nullable() }), sample: { analysisId: 'ANA-none' },
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
