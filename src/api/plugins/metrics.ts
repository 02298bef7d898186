import fp from 'fastify-plugin'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { z } from 'zod'
import type { JobState } from '../../domain/job.ts'
import { problems } from '../problem-responses.ts'

/** Jobs are counted anew at most this often: whoever scrapes must not load the graph. */
const jobsKeptMs = 5_000

const schema = {
  tags: ['health'],
  summary: 'Figures for Prometheus: process, answers by route, jobs by state',
  response: { 200: { description: 'Prometheus text format', content: { 'text/plain': { schema: z.string() } } }, ...problems(401, 429, 500) },
}

/** `GET /metrics` for Prometheus: process, answers by route, jobs by state. */
export const metrics = fp<{ jobCounts: () => Promise<Record<JobState, number>>; now?: () => number }>(
  (app, { jobCounts, now = Date.now }) => {
    const register = new Registry()
    collectDefaultMetrics({ register })
    const answers = new Histogram({
      name: 'fishbone_http_request_seconds', help: 'Time to answer, by route', labelNames: ['method', 'route', 'status'], registers: [register],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10, 30],
    })
    let counted: { at: number; counts: Promise<Record<JobState, number>> } | null = null
    const jobs = new Gauge({
      name: 'fishbone_jobs', help: 'Jobs kept, by state', labelNames: ['state'], registers: [register],
      async collect() {
        if (counted === null || now() - counted.at > jobsKeptMs) counted = { at: now(), counts: jobCounts() }
        try {
          for (const [state, count] of Object.entries(await counted.counts)) jobs.set({ state }, count)
        } catch {
          // Without the graph the other figures still tell something.
          counted = null
          jobs.reset()
        }
      },
    })
    app.addHook('onResponse', async (request, reply) => {
      // The route as it was declared: an address holds ids, and labels must stay few.
      answers.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }, reply.elapsedTime / 1_000)
    })
    app.get('/metrics', { config: { role: 'reader' }, schema }, async (_request, reply) => {
      const text = await register.metrics()
      return reply.type(register.contentType).serializer(String).send(text)
    })
    app.addHook('onClose', () => {
      register.clear()
      return Promise.resolve()
    })
    return Promise.resolve()
  },
  { name: 'metrics', dependencies: ['authentication'] },
)
