import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AuditStore } from '../../graph/ports/audit.ts'
import { decodeCursor, defaultLimit, PageQuery, pageOf, toPage } from '../page.ts'
import { problems } from '../problem-responses.ts'

export type AuditRouteServices = { auditTrail: Pick<AuditStore, 'list'> }

const AuditEntry = z.object({
  auditId: z.string(), at: z.string(), keyId: z.string(), role: z.string(), action: z.string(), subject: z.string(), requestId: z.string(),
  detail: z.record(z.string(), z.unknown()).nullable(),
})
const Place = z.strictObject({ at: z.string(), auditId: z.string() })

/** Who saw or decided what. */
export const auditRoutes: FastifyPluginCallbackZod<{ services: AuditRouteServices }> = (app, { services: { auditTrail } }, done) => {
  app.get(
    '/audit',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['audit'],
        summary: 'Who saw a VIN or refused lines, and who decided what; newest first',
        querystring: PageQuery.extend({ subject: z.string().min(1).max(300).optional(), keyId: z.string().min(1).max(100).optional() }),
        response: { 200: pageOf(AuditEntry), ...problems(401, 403, 422, 429, 500, 503) },
      },
    },
    async ({ query: { limit = defaultLimit, cursor, subject = null, keyId = null } }) =>
      toPage(await auditTrail.list({ subject, keyId, after: decodeCursor(cursor, Place), limit: limit + 1 }), limit, ({ at, auditId }) => ({ at, auditId })),
  )
  done()
}
