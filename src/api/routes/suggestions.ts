import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { SuggestionSet } from '../../domain/suggestion.ts'
import { suggestionsJob } from '../../jobs/job-kinds.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import { accepted, answerWithJob, WaitQuery } from '../long-work.ts'
import { problems } from '../problem-responses.ts'

export type SuggestionRouteServices = {
  jobs: Pick<Jobs, 'submit' | 'waitFor'>
  /** Refuses what nothing could be suggested of, before any work begins. */
  checkSuggestions: (request: z.output<typeof suggestionsJob.request>) => Promise<void>
  /** @throws FB_NOT_FOUND */
  readSuggestions: (issueId: string) => Promise<SuggestionSet>
}

const IssueParams = z.object({ issueId: z.string().min(1).max(200) })

/** What to do about an issue. */
export const suggestionRoutes: FastifyPluginCallbackZod<{ services: SuggestionRouteServices; closing: AbortSignal }> = (app, { services, closing }, done) => {
  const { jobs, checkSuggestions, readSuggestions } = services
  app.post(
    '/issues/:issueId/suggestions',
    {
      config: { role: 'contributor' },
      schema: {
        tags: ['suggestions'],
        summary: 'Make or refresh the suggestions of an issue: root causes, containment, corrective actions',
        description: 'Every sentence cites its evidence. What a person decided before stays decided. wording "model" has a language model word it, checked against the evidence; without a model, or when it fails the check, the template speaks.',
        params: IssueParams,
        querystring: WaitQuery,
        body: suggestionsJob.request.omit({ issueId: true }).nullish(),
        response: { 200: SuggestionSet, ...accepted, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const asked = { issueId: request.params.issueId, ...request.body }
      await checkSuggestions(asked)
      const job = await jobs.submit(suggestionsJob, asked, { requestedBy: request.principal?.keyId ?? null })
      return answerWithJob(job, { jobs, wait: request.query.wait, reply, closing })
    },
  )
  app.get(
    '/issues/:issueId/suggestions',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['suggestions'],
        summary: 'The newest suggestions of an issue, with what was decided of them',
        params: IssueParams,
        querystring: z.strictObject({}),
        response: { 200: SuggestionSet, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    ({ params: { issueId } }) => readSuggestions(issueId),
  )
  done()
}
