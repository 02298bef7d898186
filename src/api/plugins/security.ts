import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fp from 'fastify-plugin'
import { FishboneError } from '../../domain/error.ts'

/** Headers of a closed page, no cross-origin reading, and a limit of calls for each key (for each address without one). */
export const security = fp<{ requestsPerMinute: number }>(
  async (app, { requestsPerMinute }) => {
    await app.register(helmet, {
      // Plain HTTP on a loopback address or behind a proxy that speaks TLS: neither upgrade nor HSTS is ours to say.
      strictTransportSecurity: false,
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          upgradeInsecureRequests: null,
        },
      },
    })
    await app.register(cors, { origin: false })
    await app.register(rateLimit, {
      global: true,
      max: requestsPerMinute,
      timeWindow: 60_000,
      cache: 10_000,
      keyGenerator: request => request.principal?.keyId ?? request.ip,
      // The body of a FishboneError is made by the error handler, like every other.
      errorResponseBuilder: (_request, { ttl, max }) =>
        new FishboneError('FB_RATE_LIMITED', `more than ${max} calls within a minute`, { details: { retryAfterSeconds: ttl / 1_000 } }),
    })
  },
  { name: 'security', dependencies: ['authentication'] },
)
