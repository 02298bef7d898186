import { Readable } from 'node:stream'
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { isFinalJobState, Job, JobState } from '../../domain/job.ts'
import type { JobRecord } from '../../domain/job.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import type { Principal } from '../api-keys.ts'
import type { Audit } from '../audit.ts'
import { eventStream } from '../event-stream.ts'
import type { StreamEvent } from '../event-stream.ts'
import { accepted, answerWithJob, shownJob, WaitQuery } from '../long-work.ts'
import { decodeCursor, defaultLimit, PageQuery, pageOf, toPage } from '../page.ts'
import { problems } from '../problem-responses.ts'
import { mayActAs } from '../roles.ts'

export type JobRouteServices = { jobs: Pick<Jobs, 'find' | 'list' | 'cancel' | 'retry' | 'waitFor' | 'watch'>; audit: Audit }

const JobParams = z.object({ jobId: z.string().min(1).max(200) })
const Place = z.strictObject({ createdAt: z.string(), jobId: z.string() })
const heartbeatMs = 15_000

const present = (job: JobRecord | null, jobId: string): JobRecord => {
  if (job === null) throw new FishboneError('FB_NOT_FOUND', `there is no job ${jobId}`, { details: { jobId } })
  return job
}

/** Whose work it is may stop it, and who may decide. */
const mayCancel = (job: JobRecord, principal: Principal | null): boolean =>
  principal !== null && (job.requestedBy === principal.keyId || mayActAs(principal.role, 'engineer'))

async function* jobEvents(records: AsyncGenerator<JobRecord>): AsyncGenerator<StreamEvent> {
  for await (const job of records) yield { id: String(job.revision), event: isFinalJobState(job.state) ? job.state : 'progress', data: shownJob(job) }
}

const closedBy = (reply: FastifyReply): AbortSignal => {
  const controller = new AbortController()
  reply.raw.once('close', () => controller.abort())
  return controller.signal
}

/** Long work: how far it is, what came of it, and the dead letters. */
export const jobRoutes: FastifyPluginCallbackZod<{ services: JobRouteServices; closing: AbortSignal }> = (app, { services: { jobs, audit }, closing }, done) => {
  app.get(
    '/jobs',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['jobs'],
        summary: 'Jobs, newest first; state=failed lists the dead letters',
        querystring: PageQuery.extend({ state: JobState.optional(), kind: z.string().min(1).max(100).optional() }),
        response: { 200: pageOf(Job), ...problems(401, 403, 422, 429, 500, 503) },
      },
    },
    async ({ query: { state, kind, limit = defaultLimit, cursor } }) => {
      const found = await jobs.list({ state, kind, after: decodeCursor(cursor, Place), limit: limit + 1 })
      return toPage(found.map(shownJob), limit, ({ createdAt, jobId }) => ({ createdAt, jobId }))
    },
  )
  app.get(
    '/jobs/:jobId',
    {
      config: { role: 'reader' },
      schema: { tags: ['jobs'], summary: 'One job: its state, how far it is, its result or error', params: JobParams, querystring: z.strictObject({}), response: { 200: Job, ...problems(401, 403, 404, 422, 429, 500, 503) } },
    },
    async ({ params: { jobId } }) => shownJob(present(await jobs.find(jobId), jobId)),
  )
  app.get(
    '/jobs/:jobId/events',
    {
      config: { role: 'reader', isNews: true },
      schema: {
        tags: ['jobs'],
        summary: 'Server-sent events of one job: progress, then done, failed or cancelled',
        description: 'Each event holds the job as GET /v1/jobs/{jobId} shows it; its id is the revision. With Last-Event-ID only what came later is told; 204 when nothing can come any more.',
        params: JobParams,
        querystring: z.strictObject({}),
        response: { 200: { description: 'A stream of events', content: { 'text/event-stream': { schema: z.string() } } }, 204: z.null().describe('It is over and was told'), ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { jobId } = request.params
      const job = present(await jobs.find(jobId), jobId)
      const seen = Number(request.headers['last-event-id'] ?? Number.NaN)
      // 204 is how a reader that reconnects by itself is told to stop.
      if (isFinalJobState(job.state) && seen === job.revision) return reply.code(204).send(null)
      const signal = AbortSignal.any([closedBy(reply), closing])
      const events = jobEvents(jobs.watch(jobId, { ...(Number.isInteger(seen) && { seen }), signal }))
      const stream = Readable.from(eventStream(events, heartbeatMs), { objectMode: false })
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(stream as unknown as string)
    },
  )
  app.delete(
    '/jobs/:jobId',
    {
      config: { role: 'contributor' },
      schema: {
        tags: ['jobs'],
        summary: 'Stop a job; of others only engineers may',
        description: 'A job that waits is cancelled at once, one that runs soon after; a job that is done or failed answers 409.',
        params: JobParams,
        querystring: z.strictObject({}),
        response: { 200: Job, ...problems(401, 403, 404, 409, 422, 429, 500, 503) },
      },
    },
    async request => {
      const { jobId } = request.params
      const job = present(await jobs.find(jobId), jobId)
      if (!mayCancel(job, request.principal)) throw new FishboneError('FB_FORBIDDEN', 'another key began this job: the role engineer is needed')
      return audit.decided(request, { action: 'job.cancelled', subject: jobId, detail: { kind: job.kind } }, async () => {
        const cancelled = present(await jobs.cancel(jobId), jobId)
        if (cancelled.state === 'done' || cancelled.state === 'failed') throw new FishboneError('FB_CONFLICT', `job ${jobId} is ${cancelled.state} already`, { details: { jobId } })
        return shownJob(cancelled)
      })
    },
  )
  app.post(
    '/jobs/:jobId/retry',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['jobs'],
        summary: 'Queue a failed or cancelled job again',
        params: JobParams,
        querystring: WaitQuery,
        response: { 200: z.unknown().describe('The result of the job, when it is done in time'), ...accepted, ...problems(401, 403, 404, 409, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { jobId } = request.params
      const job = await audit.decided(request, { action: 'job.retried', subject: jobId }, () => jobs.retry(jobId))
      return answerWithJob(job, { jobs, wait: request.query.wait, reply, closing })
    },
  )
  done()
}
