import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { EditIssueRequest, MergeIssueRequest, SplitIssueRequest, TransitionRequest, UnmergeIssueRequest } from '../../domain/issue-calls.ts'
import { IssueDetail } from '../../domain/issue-view.ts'
import type { ChangeIssues } from '../../workflow/issues/change-issues.ts'
import type { MergeIssues } from '../../workflow/issues/merge-issues.ts'
import type { ShowIssues } from '../../workflow/issues/show-issues.ts'
import type { SplitIssue } from '../../workflow/issues/split-issues.ts'
import type { Audit } from '../audit.ts'
import { problems } from '../problem-responses.ts'
import { IssueParams } from './issues.ts'

export type IssueDecisionServices = {
  issues: Pick<ShowIssues, 'readIssue'>
  issueChanges: ChangeIssues & MergeIssues & { split: SplitIssue }
  audit: Audit
}

const noQuery = z.strictObject({})
const answers = { 200: IssueDetail, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) }

const callerOf = ({ principal }: FastifyRequest): string => principal?.keyId ?? 'nobody'

/** What people decide about issues; each decision answers with the issue as it is then. */
export const issueDecisionRoutes: FastifyPluginCallbackZod<{ services: IssueDecisionServices }> = (app, { services: { issues, issueChanges, audit } }, done) => {
  const config = { role: 'engineer' } as const
  /** Decides about the issue of the address. */
  const decided = <T>(request: FastifyRequest<{ Params: { issueId: string } }>, action: string, detail: Record<string, unknown>, decide: () => Promise<T>): Promise<T> =>
    audit.decided(request, { action, subject: request.params.issueId, detail }, decide)

  app.patch(
    '/issues/:issueId',
    { config, schema: { tags: ['issues'], summary: 'The ticket in the workflow, who has it, whose it is; a note', params: IssueParams, querystring: noQuery, body: EditIssueRequest, response: answers } },
    async request => {
      const { issueId } = request.params
      const { note: words, ...fields } = request.body
      const given = Object.fromEntries(Object.entries(fields).filter(([, one]) => one !== undefined))
      await decided(request, 'issue.edit', { fields: Object.keys(request.body) }, () => issueChanges.edit(issueId, { ...given, ...(words !== undefined && { note: words }), by: callerOf(request) }))
      return issues.readIssue(issueId)
    },
  )
  app.post(
    '/issues/:issueId/transitions',
    {
      config,
      schema: {
        tags: ['issues'],
        summary: 'One step forward, any number back with a note, or rejected with a note',
        description: 'new → triaged → contained (D3) → cause-confirmed (D4) → action-chosen (D5) → implemented (D6) → prevented (D7) → closed (D8). An impossible step is 409.',
        params: IssueParams, querystring: noQuery, body: TransitionRequest, response: answers,
      },
    },
    async request => {
      const { issueId } = request.params
      const { to, note: words } = request.body
      await decided(request, 'issue.transition', { to }, () => issueChanges.transition(issueId, { to, note: words ?? null, by: callerOf(request) }))
      return issues.readIssue(issueId)
    },
  )
  app.post(
    '/issues/:issueId/merge',
    { config, schema: { tags: ['issues'], summary: 'This issue is the same problem as another; its feedback moves there', params: IssueParams, querystring: noQuery, body: MergeIssueRequest, response: answers } },
    async request => {
      const { issueId } = request.params
      const { into, reason } = request.body
      await decided(request, 'issue.merge', { into }, () => issueChanges.merge(issueId, { into, reason, by: callerOf(request) }))
      return issues.readIssue(issueId)
    },
  )
  app.post(
    '/issues/:issueId/unmerge',
    { config, schema: { tags: ['issues'], summary: 'Takes a merge back, or the split an issue comes from', params: IssueParams, querystring: noQuery, body: UnmergeIssueRequest, response: answers } },
    async request => {
      const { issueId } = request.params
      await decided(request, 'issue.unmerge', {}, () => issueChanges.unmerge(issueId, { reason: request.body?.reason ?? null, by: callerOf(request) }))
      return issues.readIssue(issueId)
    },
  )
  app.post(
    '/issues/:issueId/split',
    {
      config,
      schema: {
        tags: ['issues'],
        summary: 'Some feedback is another problem: it gets an issue of its own, which is the answer',
        params: IssueParams, querystring: noQuery, body: SplitIssueRequest, response: { 201: IssueDetail, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { issueId } = request.params
      const splitId = await decided(request, 'issue.split', { feedbackIds: request.body.feedbackIds }, () => issueChanges.split(issueId, { ...request.body, by: callerOf(request) }))
      return reply.code(201).header('location', `/v1/issues/${encodeURIComponent(splitId)}`).send(await issues.readIssue(splitId))
    },
  )
  done()
}
