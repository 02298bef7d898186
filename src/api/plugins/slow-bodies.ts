import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { FishboneError } from '../../domain/error.ts'

/** Ends the wait for a body that takes too long; the answer is 408, and the connection carries no other request. */
const limitWhole = ({ raw }: FastifyRequest, wholeMs: number): NodeJS.Timeout =>
  setTimeout(() => {
    // Told to who reads the body, who answers; destroying the request would take the answer's way with it.
    if (raw.listenerCount('error') > 0) raw.emit('error', new FishboneError('FB_TIMEOUT', 'the body was not sent in time'))
  }, wholeMs)

/** Cuts the connection of an upload of which nothing comes any more. */
const limitQuiet = ({ raw }: FastifyRequest, quietMs: number): NodeJS.Timeout => {
  let seen = raw.socket.bytesRead
  const timer = setInterval(() => {
    if (raw.socket.bytesRead === seen) raw.destroy(new FishboneError('FB_TIMEOUT', 'the upload fell silent'))
    seen = raw.socket.bytesRead
  }, quietMs)
  return timer
}

/**
 * A caller that sends slowly holds a connection, not the server: a body must come within `wholeMs`; one that the route reads itself (an
 * upload) may take as long as it needs, but never fall silent for `quietMs`. Headers have a limit of their own.
 */
export const slowBodies = fp<{ wholeMs?: number; quietMs?: number }>(
  (app, { wholeMs = 30_000, quietMs = 30_000 }) => {
    app.addHook('preParsing', (request, _reply, payload, done) => {
      const { raw } = request
      if (request.method !== 'GET' && request.method !== 'HEAD' && !raw.complete) {
        const timer = request.routeOptions.config.isStreamed ? limitQuiet(request, quietMs) : limitWhole(request, wholeMs)
        for (const end of ['end', 'close'] as const) raw.once(end, () => clearTimeout(timer))
      }
      done(null, payload)
    })
    app.addHook('onSend', async (_request, reply) => {
      if (reply.statusCode === 408) void reply.header('connection', 'close')
    })
    return Promise.resolve()
  },
  { name: 'slow-bodies', dependencies: ['authentication'] },
)
