import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { deliveryStates, Webhook, WebhookDelivery, WebhookRequest } from '../../domain/webhook.ts'
import type { ManageWebhooks } from '../../workflow/webhooks/manage-webhooks.ts'
import type { Audit } from '../audit.ts'
import { decodeCursor, defaultLimit, encodeCursor, PageQuery, pageOf, toPage } from '../page.ts'
import { problems } from '../problem-responses.ts'

export type WebhookRouteServices = { webhooks: ManageWebhooks; audit: Audit }

const id = z.string().min(1).max(200)
const Params = z.object({ webhookId: id })
const DeliveryParams = Params.extend({ deliveryId: z.string().min(1).max(400) })
const noQuery = z.strictObject({})
const Place = z.strictObject({ createdAt: z.string(), webhookId: z.string() })
const DeliveryPlace = z.strictObject({ place: z.number(), deliveryId: z.string() })
const Created = Webhook.extend({ secret: z.string().describe('whsec_ and base64; told this once') })

/** Who is told of what, and what became of it. */
export const webhookRoutes: FastifyPluginCallbackZod<{ services: WebhookRouteServices }> = (app, { services: { webhooks, audit } }, done) => {
  const config = { role: 'admin' } as const
  app.post(
    '/webhooks',
    {
      config: { ...config, sealed: {} },
      schema: {
        tags: ['webhooks'],
        summary: 'Be told of events: signed to Standard Webhooks, bodies are CloudEvents',
        description: 'The answer holds the signing secret, which is not shown again. Retried with back-off for 24 h; disabled after five days of failure.',
        querystring: noQuery, body: WebhookRequest, response: { 201: Created, ...problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const webhookId = webhooks.nextId()
      const { url, events } = request.body
      const host = URL.canParse(url) ? new URL(url).host : null
      const created = await audit.decided(request, { action: 'webhook.create', subject: webhookId, detail: { host, events } }, () =>
        webhooks.create(request.body, { webhookId, by: request.principal?.keyId ?? 'nobody' }))
      return reply.code(201).header('location', `/v1/webhooks/${created.webhookId}`).send(created)
    },
  )
  app.get(
    '/webhooks',
    { config, schema: { tags: ['webhooks'], summary: 'Webhooks, without their secrets', querystring: PageQuery, response: { 200: pageOf(Webhook), ...problems(401, 403, 422, 429, 500, 503) } } },
    async ({ query: { limit = defaultLimit, cursor } }) =>
      toPage(await webhooks.list(decodeCursor(cursor, Place), limit + 1), limit, ({ createdAt, webhookId }) => ({ createdAt, webhookId })),
  )
  app.get(
    '/webhooks/:webhookId',
    { config, schema: { tags: ['webhooks'], summary: 'One webhook and how its deliveries stand', params: Params, querystring: noQuery, response: { 200: Webhook, ...problems(401, 403, 404, 422, 429, 500, 503) } } },
    ({ params }) => webhooks.find(params.webhookId),
  )
  app.delete(
    '/webhooks/:webhookId',
    { config, schema: { tags: ['webhooks'], summary: 'Tell it nothing more', params: Params, querystring: noQuery, response: { 204: z.null(), ...problems(401, 403, 404, 422, 429, 500, 503) } } },
    async (request, reply) => {
      const { webhookId } = request.params
      await audit.decided(request, { action: 'webhook.delete', subject: webhookId }, () => webhooks.remove(webhookId))
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/webhooks/:webhookId/deliveries',
    {
      config,
      schema: {
        tags: ['webhooks'], summary: 'What was sent to it and what it answered, newest first', params: Params,
        querystring: PageQuery.extend({ state: z.enum(deliveryStates).optional() }), response: { 200: pageOf(WebhookDelivery), ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    async ({ params, query: { limit = defaultLimit, cursor, state } }) => {
      const found = await webhooks.deliveries(params.webhookId, { state: state ?? null, after: decodeCursor(cursor, DeliveryPlace), limit: limit + 1 })
      const items = found.slice(0, limit).map(({ place: _place, ...delivery }) => delivery)
      const last = found[limit - 1]
      return { items, nextCursor: found.length > limit && last ? encodeCursor({ place: last.place, deliveryId: last.deliveryId }) : null }
    },
  )
  app.post(
    '/webhooks/:webhookId/deliveries/:deliveryId/replay',
    {
      config,
      schema: { tags: ['webhooks'], summary: 'Send a delivery again, with the same id', params: DeliveryParams, querystring: noQuery, response: { 202: WebhookDelivery, ...problems(401, 403, 404, 409, 413, 415, 422, 429, 500, 503) } },
    },
    async (request, reply) => {
      const { webhookId, deliveryId } = request.params
      return reply.code(202).send(await audit.decided(request, { action: 'webhook.replay', subject: deliveryId }, () => webhooks.replay(webhookId, deliveryId)))
    },
  )
  done()
}
