import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { finalIssueStates } from '../../domain/issue.ts'
import type { GraphClient, GraphTransaction } from '../ports.ts'
import type { IssueChanges, IssueStore, IssueView } from '../ports/issues.ts'
import { emitEvent } from '../webhooks/record-events.ts'
import { issueStateQueries } from './issue-state-queries.ts'
import { issueViewQueries } from './issue-view-queries.ts'

/** Issues in the graph: shown, and changed one transaction at a time. */
export const createIssueStore = ({ client }: { client: GraphClient }): IssueStore => ({
  async list({ after, ...question }) {
    const rows = await client.all(issueViewQueries.list, {
      ...question, states: question.states && [...question.states], components: question.components && [...question.components],
      finalStates: [...finalIssueStates], afterActivityAt: after?.lastActivityAt ?? null, afterId: after?.issueId ?? null,
    })
    return rows.map(row => row.issueId)
  },
  async records(issueIds) {
    const found = new Map((await client.all(issueStateQueries.read, { issueIds: [...issueIds] })).map(record => [record.issueId, record]))
    return issueIds.flatMap(issueId => found.get(issueId) ?? [])
  },
  counts: issueIds => client.all(issueViewQueries.counts, { issueIds: [...issueIds] }),
  async view(issueId, limit) {
    const row = await client.maybeOne(issueViewQueries.view, { issueId, limit })
    return row && viewOf(row)
  },
  evidence: (issueId, limit) => client.all(issueViewQueries.evidence, { issueId, limit }),
  dueClocks: async ({ now, firstResponse, resolution }, limit) =>
    (await client.all(issueViewQueries.dueClocks, { now, firstResponseBefore: firstResponse, resolutionBefore: resolution, limit })).map(row => row.issueId),
  loopIssues: (from, to) => client.all(issueViewQueries.loopIssues, { from, to }),
  loopRepairs: (from, to, repeatDays) => client.all(issueViewQueries.loopRepairs, { from, to, repeatDays }),
  issuesOf: async feedbackIds => (await client.all(issueViewQueries.issuesOf, { feedbackIds: [...feedbackIds] })).map(row => row.issueId),
  change: work => client.write(tx => work(createChanges(tx))),
})

const viewOf = ({
  held, vehicles, edges, feedback, changes, analyses, candidates, alerts, cases, mergedFrom, decisions, isSuggested, ...record
}: z.output<typeof issueViewQueries.view.row>): IssueView => {
  // The earliest comes first and counts.
  const tellsAgain = new Map(edges.toReversed())
  return {
    record,
    counts: { issueId: record.issueId, feedback: held, vehicles, edges },
    feedback: feedback.map(([feedbackId, channel, occurredAt, receivedAt, text, language, severity, vehicleId, responded, path]) => ({
      feedbackId, channel, occurredAt, receivedAt, text, language, severity, vehicleId, responded,
      duplicateOf: tellsAgain.get(feedbackId) ?? null, path,
    })),
    history: { changes, analyses, alerts, cases, mergedFrom, decisions },
    candidates, isSuggested,
  }
}

const createChanges = (tx: GraphTransaction): IssueChanges => ({
  hold: async (issueIds, at) => (await tx.all(issueStateQueries.hold, { issueIds: [...issueIds], at })).map(row => row.issueId),
  read: issueId => tx.maybeOne(issueStateQueries.read, { issueIds: [issueId] }),
  async write({ component: _component, symptom: _symptom, model: _model, revision: _revision, mergedInto: _into, splitFrom: _source, ...written }) {
    await tx.one(issueStateQueries.write, written)
  },
  held: issueId => tx.all(issueStateQueries.held, { issueId }),
  async move(from, to, moves) {
    if (moves.length === 0) return 0
    return (await tx.one(issueStateQueries.move, { from, to, moves: moves.map(({ feedbackId, path }) => ({ feedbackId, path: [...path] })) })).moved
  },
  async record(issueId, { content, ...change }) {
    await tx.one(issueStateQueries.record, { issueId, changeId: `CHG-${randomUUID()}`, ...change, content: content === null ? null : JSON.stringify(content) })
  },
  async lastChange(issueId, kind) {
    const row = await tx.maybeOne(issueStateQueries.lastChange, { issueId, kind })
    return row && { at: row.at, content: row.content === null ? null : (JSON.parse(row.content) as unknown) }
  },
  async linkMerge(issueId, into, at) {
    await tx.one(issueStateQueries.linkMerge, { issueId, into, at })
  },
  unlinkMerge: async issueId => (await tx.maybeOne(issueStateQueries.unlinkMerge, { issueId }))?.into ?? null,
  mergeChain: async issueId => (await tx.all(issueStateQueries.mergeChain, { issueId })).map(row => row.issueId),
  async createSplit(issue, source, at) {
    await tx.one(issueStateQueries.createSplit, { ...issue, source, at })
  },
  async answeredAt(issueId, otherwise) {
    const row = await tx.maybeOne(issueStateQueries.firstAnswer, { issueId })
    return row && (row.respondedAt ?? otherwise)
  },
  emit: ({ issueId, ...event }, at) => emitEvent(tx, { ...event, subject: issueId, at }),
})
