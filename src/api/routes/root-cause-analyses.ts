import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { AnalyzeRootCausesRequest, RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import { analysisJob } from '../../jobs/job-kinds.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import type { PrepareAnalysis } from '../../workflow/root-causes/prepare-analysis.ts'
import { accepted, answerWithJob, WaitQuery } from '../long-work.ts'
import { problems } from '../problem-responses.ts'

export type AnalysisRouteServices = {
  jobs: Pick<Jobs, 'submit' | 'waitFor'>
  prepareAnalysis: PrepareAnalysis
  readAnalysis: (analysisId: string) => Promise<RootCauseAnalysis | null>
}

/** Asking for the common cause of a symptom class. */
export const analysisRoutes: FastifyPluginCallbackZod<{ services: AnalysisRouteServices; closing: AbortSignal }> = (app, { services, closing }, done) => {
  const { jobs, prepareAnalysis, readAnalysis } = services
  app.post(
    '/root-cause-analyses',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['analyses'],
        summary: 'Rank what the cars of an issue, a symptom class or a text have in common',
        description: 'The same data, asOf and seed give the same answer. A verdict other than cause-found says what is missing (abstention).',
        querystring: WaitQuery,
        body: AnalyzeRootCausesRequest,
        response: { 200: RootCauseAnalysis, ...accepted, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const job = await jobs.submit(analysisJob, await prepareAnalysis(request.body), { requestedBy: request.principal?.keyId ?? null })
      return answerWithJob(job, { jobs, wait: request.query.wait, reply, closing })
    },
  )
  app.get(
    '/root-cause-analyses/:analysisId',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['analyses'],
        summary: 'A stored analysis, each path through the graph run again',
        params: z.object({ analysisId: z.string().min(1).max(200) }),
        querystring: z.strictObject({}),
        response: { 200: RootCauseAnalysis, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    async ({ params: { analysisId } }) => {
      const analysis = await readAnalysis(analysisId)
      if (analysis === null) throw new FishboneError('FB_NOT_FOUND', `there is no analysis ${analysisId}`, { details: { analysisId } })
      return analysis
    },
  )
  done()
}
