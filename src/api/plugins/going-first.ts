import fp from 'fastify-plugin'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GiveWay } from '../../give-way.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer comes as things happen: it is open for long and waits for nobody's haste. */
    isNews?: boolean
  }
}

/** A caller that waits for news or for a job, or an upload that takes as long as it takes, would keep all else resting for as long. */
const isHurried = ({ routeOptions: { config }, query }: FastifyRequest): boolean =>
  config.isStreamed !== true && config.isNews !== true && !(Number((query as { wait?: unknown }).wait) > 0)

/** One that left while the body was read has closed already and says so no more. */
const untilClosed = ({ raw }: FastifyReply): Promise<void> => (raw.destroyed ? Promise.resolve() : new Promise(resolve => raw.once('close', resolve)))

/** History and sweeps give way to whoever reports or asks, from the moment the body is read until the answer is gone or the caller has left. */
export const goingFirst = fp<{ giveWay: Pick<GiveWay, 'first'> }>(
  (app, { giveWay }) => {
    app.addHook('preHandler', (request, reply, done) => {
      if (isHurried(request)) void giveWay.first(() => untilClosed(reply))
      done()
    })
    return Promise.resolve()
  },
  { name: 'going-first' },
)
