import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { issueStates } from '../../domain/issue.ts'
import { IssueDetail, IssueSummary } from '../../domain/issue-view.ts'
import { IssueGraph } from '../../workflow/issues/issue-evidence.ts'
import type { ShowIssues } from '../../workflow/issues/show-issues.ts'
import { decodeCursor, defaultLimit, PageQuery, pageOf, toPage } from '../page.ts'
import { problems } from '../problem-responses.ts'

export type IssueRouteServices = {
  issues: ShowIssues & { readGraph: (issueId: string) => Promise<IssueGraph> }
}

export const IssueParams = z.object({ issueId: z.string().min(1).max(200) })
const key = z.string().trim().min(1).max(200)
const State = z.enum(issueStates)

const Query = PageQuery.extend({
  /** One state, or several with commas. */
  state: z.string().max(200).transform(text => text.split(',')).pipe(z.array(State).min(1)).optional(),
  component: key.optional(),
  symptom: key.optional(),
  model: key.optional(),
  hazard: key.optional(),
  owner: key.optional(),
  department: key.optional(),
  severityMin: z.coerce.number().int().min(1).max(10).optional(),
  overdue: z.enum(['true', 'false']).transform(text => text === 'true').optional(),
})
const Place = z.strictObject({ lastActivityAt: z.string(), issueId: z.string() })

/** Issues as lists, one by one, and as a graph. */
export const issueRoutes: FastifyPluginCallbackZod<{ services: IssueRouteServices }> = (app, { services: { issues } }, done) => {
  app.get(
    '/issues',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['issues'],
        summary: 'Issues, the latest active first',
        description: 'state takes one or several with commas; component holds all its parts; overdue=true: a clock is not met and its time is over.',
        querystring: Query,
        response: { 200: pageOf(IssueSummary), ...problems(401, 403, 422, 429, 500, 503) },
      },
    },
    async ({ query: { limit = defaultLimit, cursor, ...filter } }) => {
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
      const found = await issues.listIssues(given, { after: decodeCursor(cursor, Place), limit: limit + 1 })
      return toPage(found, limit, ({ lastActivityAt, issueId }) => ({ lastActivityAt, issueId }))
    },
  )
  app.get(
    '/issues/:issueId',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['issues'],
        summary: 'One issue: timeline, feedback, clocks, latest analysis, suggestions',
        params: IssueParams,
        querystring: z.strictObject({}),
        response: { 200: IssueDetail, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    ({ params }) => issues.readIssue(params.issueId),
  )
  app.get(
    '/issues/:issueId/graph',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['issues'],
        summary: 'What an issue rests on: at most 500 nodes, and the Cypher that shows the same in Neo4j Browser',
        params: IssueParams,
        querystring: z.strictObject({}),
        response: { 200: IssueGraph, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    ({ params }) => issues.readGraph(params.issueId),
  )
  done()
}
