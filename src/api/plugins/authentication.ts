import fp from 'fastify-plugin'
import type { FastifyRequest } from 'fastify'
import { FishboneError } from '../../domain/error.ts'
import type { ApiKeys, Principal } from '../api-keys.ts'
import { mayActAs } from '../roles.ts'
import type { Role } from '../roles.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; null without a right key. */
    principal: Principal | null
  }
  interface FastifyContextConfig {
    /** Least role that may make this call; `open` for everyone. A route must say one of them. */
    role?: Role | 'open'
  }
}

const refusal = ({ principal, headers }: FastifyRequest, needed: Role | 'open'): FishboneError | null => {
  if (needed === 'open') return null
  if (principal === null)
    return new FishboneError('FB_UNAUTHENTICATED', headers.authorization === undefined ? 'send an API key: Authorization: Bearer <key>' : 'this is no API key of this server; send Authorization: Bearer <key>')
  if (mayActAs(principal.role, needed)) return null
  return new FishboneError('FB_FORBIDDEN', `this call needs the role ${needed}, the key has ${principal.role}`)
}

/**
 * Tells who calls before anything else runs (the rate limit counts by key), and refuses before a body is read.
 */
export const authentication = fp<{ apiKeys: ApiKeys }>(
  (app, { apiKeys }) => {
    app.decorateRequest('principal', null)
    app.addHook('onRoute', route => {
      // Whoever adds a route says who may call it; forgetting it must not open the route.
      if (route.config?.role === undefined && route.url.startsWith('/v1')) throw new Error(`${route.url} does not say which role may call it`)
    })
    app.addHook('onRequest', (request, _reply, done) => {
      request.principal = apiKeys.identify(request.headers.authorization)
      done()
    })
    // After every onRequest hook, so that refused calls count for the rate limit too, and before the body is read.
    app.addHook('preParsing', (request, _reply, payload, done) => {
      const needed = request.is404 ? 'open' : (request.routeOptions.config.role ?? 'open')
      done(refusal(request, needed), payload)
    })
    return Promise.resolve()
  },
  { name: 'authentication', dependencies: ['error-answers'] },
)
