import { createHash } from 'node:crypto'
import fp from 'fastify-plugin'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { nodeId } from '../../domain/identifiers.ts'
import type { HeldKey, IdempotencyStore, IdempotentAnswer } from '../../graph/ports/workflow.ts'
import { createKeyLeases } from '../key-leases.ts'
import type { KeyLeases } from '../key-leases.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** SHA-256 of the body as it came. */
    bodySha256: string | null
    /** The idempotency key this request holds. */
    heldKey: HeldKey | null
  }
  interface FastifyContextConfig {
    /** The body is read by the route itself, which claims the key when it has read it. */
    isStreamed?: boolean
    /** The answer holds what only its caller may see: it is kept under a seal, and giving it again may be logged like the first time. */
    sealed?: { beforeAgain?: (request: FastifyRequest) => Promise<void> }
  }
  interface FastifyInstance {
    /** For a route that reads its body itself. @returns the first answer where there is one, for `sendAgain`. */
    claimIdempotencyKey(request: FastifyRequest, bodySha256: string): Promise<IdempotentAnswer | null>
  }
}

/** Keeps an answer unreadable in the graph. */
export type AnswerSeal = { seal: (text: string) => string; open: (sealed: string) => string }

const keptMs = 24 * 3_600_000
const keyForm = /^[\x21-\x7e]{1,255}$/

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Address of a call, and its query in one order without `wait`: how long a caller waits changes nothing of what is asked. */
const addressOf = ({ url }: FastifyRequest): { path: string; query: string } => {
  const at = url.indexOf('?')
  const query = new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
  query.delete('wait')
  query.sort()
  return { path: at < 0 ? url : url.slice(0, at), query: query.toString() }
}

const storeIdOf = (request: FastifyRequest, key: string): string =>
  `h_${sha256([request.principal?.keyId, request.method, addressOf(request).path, key].join('\0')).slice(0, 32)}`

/** Of what must be the same in a repeat: query and body. */
const requestSha256Of = (request: FastifyRequest): string => {
  const body = request.bodySha256 ?? sha256('')
  const { query } = addressOf(request)
  return query === '' ? body : sha256(`${query}\0${body}`)
}

const needsNoBody = (schema: unknown): boolean => schema === undefined || (schema instanceof z.ZodType && schema.safeParse(undefined).success)

/** @throws FB_INVALID for a key of another form. */
const keyOf = (request: FastifyRequest): string | null => {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || key === undefined) return null
  if (typeof key === 'string' && keyForm.test(key)) return key
  throw new FishboneError('FB_INVALID', 'Idempotency-Key must be 1 to 255 visible ASCII characters', {
    details: { errors: [{ pointer: '', message: 'header Idempotency-Key: 1 to 255 visible ASCII characters' }] },
  })
}

const claimKey = async ({ store, leases, now }: { store: IdempotencyStore; leases: KeyLeases; now: Date }, request: FastifyRequest, key: string): Promise<IdempotentAnswer | null> => {
  const id = nodeId('IdempotencyKey', storeIdOf(request, key))
  const at = now.getTime()
  const claim = await store.claim({
    id,
    requestSha256: requestSha256Of(request),
    at: now.toISOString(),
    lockedUntil: leases.until(),
    expiresAt: new Date(at + keptMs).toISOString(),
  })
  if (claim.state === 'taken') {
    request.heldKey = claim.held
    leases.hold(claim.held)
  }
  if (claim.state === 'mismatch')
    throw new FishboneError('FB_IDEMPOTENCY_MISMATCH', 'this Idempotency-Key was used with another body or query; take a new key for a new call')
  if (claim.state === 'running')
    throw new FishboneError('FB_CONFLICT', 'the first call with this Idempotency-Key is still running', {
      details: { retryAfterSeconds: Math.min(5, (Date.parse(claim.lockedUntil) - at) / 1_000) },
    })
  return claim.state === 'done' ? claim.answer : null
}

const sealedAnswer = (seal: AnswerSeal, reply: FastifyReply, body: string): string => seal.seal(JSON.stringify({ type: reply.getHeader('content-type'), body }))
const openedAnswer = (seal: AnswerSeal, sealed: string) => z.object({ type: z.string().optional(), body: z.string() }).parse(JSON.parse(seal.open(sealed)))

/** The first answer once more, as it was. */
export const sendAgain = (reply: FastifyReply, answer: IdempotentAnswer & { type?: string | undefined }) => {
  if (answer.location !== null) void reply.header('location', answer.location)
  return reply
    .code(answer.status)
    .header('idempotency-replayed', 'true')
    .type(answer.type ?? 'application/json; charset=utf-8')
    .serializer((body: unknown) => String(body))
    .send(answer.body)
}

/**
 * `Idempotency-Key` on POST: the same key with the same body and query is given the first answer again for 24 hours, across restarts, whatever
 * its `wait`. Only answers of success are kept; a refused call comes to the same refusal by itself, a failed one may succeed.
 */
export const idempotency = fp<{ store: IdempotencyStore; seal: AnswerSeal; now: () => Date }>(
  (app, { store, seal, now }) => {
    const leases = createKeyLeases({ store, now, onError: error => app.log.warn({ err: error }, 'the leases of running calls could not be renewed') })
    app.decorateRequest('bodySha256', null)
    app.decorateRequest('heldKey', null)
    const parseJson = app.getDefaultJsonParser('error', 'error')
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
      request.bodySha256 = sha256(String(body))
      // Many clients name the type of a body they do not send.
      if (body === '' && needsNoBody(request.routeOptions.schema?.body)) return done(null, undefined)
      // eslint-disable-next-line @typescript-eslint/no-floating-promises -- typed as a promise, works by `done`
      parseJson(request, String(body), done)
    })
    app.decorate('claimIdempotencyKey', async (request: FastifyRequest, bodySha256: string) => {
      const key = keyOf(request)
      request.bodySha256 = bodySha256
      return key === null ? null : claimKey({ store, leases, now: now() }, request, key)
    })
    app.addHook('preHandler', async (request, reply) => {
      const key = keyOf(request)
      if (key === null || request.routeOptions.config.isStreamed) return
      const answer = await claimKey({ store, leases, now: now() }, request, key)
      if (answer === null) return
      const { sealed } = request.routeOptions.config
      await sealed?.beforeAgain?.(request)
      await sendAgain(reply, sealed ? { ...answer, ...openedAnswer(seal, answer.body) } : answer)
    })
    const answerOf = (request: FastifyRequest, reply: FastifyReply, payload: string): IdempotentAnswer => ({
      status: reply.statusCode,
      body: request.routeOptions.config.sealed ? sealedAnswer(seal, reply, payload) : payload,
      location: reply.getHeader('location')?.toString() ?? null,
    })
    app.addHook('onSend', async (request, reply, payload) => {
      const held = request.heldKey
      if (held === null) return payload
      request.heldKey = null
      try {
        if (reply.statusCode >= 300 || typeof payload !== 'string') await store.release(held)
        else await store.finish(held, answerOf(request, reply, payload))
      } catch (error) {
        // The answer stands: the work was done. A repeat finds the lock, then does the work again, which changes nothing.
        request.log.warn({ err: error }, 'the answer could not be kept for its Idempotency-Key')
      } finally {
        leases.drop(held)
      }
      return payload
    })
    return Promise.resolve()
  },
  { name: 'idempotency', dependencies: ['authentication'] },
)
