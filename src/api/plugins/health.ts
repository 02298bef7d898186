import fp from 'fastify-plugin'
import { z } from 'zod'
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'

export const partStates = ['ready', 'starting', 'degraded', 'unready', 'off'] as const

const Part = z.object({ status: z.enum(partStates), detail: z.string().optional() })
export type PartHealth = z.infer<typeof Part>

export const parts = ['graph', 'queue', 'embedder', 'model'] as const
export type Health = Record<(typeof parts)[number], PartHealth>

export const Readiness = z.object({
  status: z.enum(['ready', 'degraded', 'unready']),
  parts: z.object({ graph: Part, queue: Part, embedder: Part, model: Part }),
})

/** Without graph or queue nothing can be accepted; without embedder or model answers are poorer and still right. */
export const readinessOf = (health: Health): z.infer<typeof Readiness> => {
  const isDown = (['graph', 'queue'] as const).some(part => health[part].status === 'unready')
  const isWhole = parts.every(part => health[part].status === 'ready')
  return { status: isDown ? 'unready' : isWhole ? 'ready' : 'degraded', parts: health }
}

const routes: FastifyPluginCallbackZod<{ health: () => Promise<Health> }> = (app, { health }, done) => {
  const open = { role: 'open', rateLimit: false } as const
  app.get(
    '/health/live',
    {
      config: open,
      schema: { tags: ['health'], security: [], summary: 'The process runs', response: { 200: z.object({ status: z.literal('live') }) } },
    },
    () => ({ status: 'live' as const }),
  )
  app.get(
    '/health/ready',
    {
      config: open,
      schema: {
        tags: ['health'],
        security: [],
        summary: 'It can work: ready, degraded (no embedder or no model), unready (503: no graph or no queue)',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const readiness = readinessOf(await health())
      return reply.code(readiness.status === 'unready' ? 503 : 200).send(readiness)
    },
  )
  done()
}

export const healthRoutes = fp(routes, { name: 'health', dependencies: ['openapi'] })
