import { z } from 'zod'
import { issueStates } from '../../domain/issue.ts'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const texts = z.array(text)
const severity = z.int().min(1).max(10).nullable()
const instant = z.string().min(20)
const at = '2023-01-09T06:12:46.000Z'
const issueId = 'ISS-none'
const state = z.enum(issueStates)

const written = {
  issueId: text, state, stateBefore: state.nullable(), severity, hazards: texts, openedAt: text, lastActivityAt: text, firstResponseDueAt: text, resolutionDueAt: text,
  firstResponseAt: maybe, resolvedAt: maybe, closedAt: maybe, externalRef: maybe, owner: maybe, department: maybe, departmentBy: maybe, raised: texts,
  clocks: z.enum(['open', 'over']),
}
export const IssueRow = z.strictObject({ ...written, component: maybe, symptom: maybe, model: maybe, revision: z.int(), mergedInto: maybe, splitFrom: maybe })

/** Statements by which an issue changes. */
export const issueStateQueries = {
  hold: defineQuery({
    file: 'issues/hold-issues.cypher', mode: 'WRITE', params: z.object({ issueIds: texts, at: instant }),
    row: z.strictObject({ issueId: text, classes: z.int(), feedback: z.int() }), sample: { issueIds: [issueId], at },
  }),
  read: defineQuery({ file: 'issues/read-issue-state.cypher', mode: 'READ', params: z.object({ issueIds: texts }), row: IssueRow, sample: { issueIds: [issueId] } }),
  write: defineQuery({
    file: 'issues/write-issue-state.cypher', mode: 'WRITE', params: z.object(written), row: z.strictObject({ revision: z.int() }),
    sample: {
      issueId, state: 'triaged', stateBefore: null, severity: 9, hazards: [], openedAt: at, lastActivityAt: at, firstResponseDueAt: at, resolutionDueAt: at,
      firstResponseAt: at, resolvedAt: null, closedAt: null, externalRef: null, owner: null, department: null, departmentBy: null, raised: [], clocks: 'open',
    },
  }),
  record: defineQuery({
    file: 'issues/record-change.cypher', mode: 'WRITE',
    params: z.object({ issueId: text, changeId: text, at: instant, by: text, kind: text, from: maybe, to: maybe, note: maybe, content: maybe }),
    row: z.strictObject({ changeId: text }),
    sample: { issueId, changeId: 'CHG-none', at, by: 'key_1', kind: 'transition', from: 'new', to: 'triaged', note: null, content: null },
  }),
  lastChange: defineQuery({
    file: 'issues/read-last-change.cypher', mode: 'READ', params: z.object({ issueId: text, kind: text }),
    row: z.strictObject({ changeId: text, at: text, content: maybe }), sample: { issueId, kind: 'merge' },
  }),
  held: defineQuery({
    file: 'issues/read-held-feedback.cypher', mode: 'READ', params: z.object({ issueId: text }),
    row: z.strictObject({ feedbackId: text, receivedAt: text, path: texts, component: maybe, symptom: maybe, model: maybe, severity: z.number().nullable(), hazards: texts }),
    sample: { issueId },
  }),
  move: defineQuery({
    file: 'issues/move-feedback.cypher', mode: 'WRITE',
    params: z.object({ from: text, to: text, moves: z.array(z.object({ feedbackId: text, path: texts })) }),
    row: z.strictObject({ moved: z.int() }), sample: { from: issueId, to: 'ISS-other', moves: [{ feedbackId: 'hotline:none', path: [issueId] }] },
  }),
  linkMerge: defineQuery({
    file: 'issues/link-merge.cypher', mode: 'WRITE', params: z.object({ issueId: text, into: text, at: instant }), row: z.strictObject({ into: text }),
    sample: { issueId, into: 'ISS-other', at },
  }),
  unlinkMerge: defineQuery({ file: 'issues/unlink-merge.cypher', mode: 'WRITE', params: z.object({ issueId: text }), row: z.strictObject({ into: text }), sample: { issueId } }),
  mergeChain: defineQuery({
    file: 'issues/read-merge-chain.cypher', mode: 'READ', params: z.object({ issueId: text }), row: z.strictObject({ issueId: text, distance: z.int() }), sample: { issueId },
  }),
  createSplit: defineQuery({
    file: 'issues/create-split-issue.cypher', mode: 'WRITE',
    params: z.object({
      issueId: text, source: text, at: instant, openedAt: text, lastActivityAt: text, firstResponseDueAt: text, resolutionDueAt: text,
      component: maybe, symptom: maybe, model: maybe, department: maybe,
    }),
    row: z.strictObject({ issueId: text }),
    sample: {
      issueId: 'ISS-new', source: issueId, at, openedAt: at, lastActivityAt: at, firstResponseDueAt: at, resolutionDueAt: at,
      component: null, symptom: null, model: null, department: null,
    },
  }),
  firstAnswer: defineQuery({ file: 'issues/read-first-answer.cypher', mode: 'READ', params: z.object({ issueId: text }), row: z.strictObject({ feedbackId: text, respondedAt: maybe }), sample: { issueId } }),
} as const
