import { z } from 'zod'
import { ActionRecurrence } from '../../domain/action-efficacy.ts'
import { clockNames } from '../../domain/issue-clock.ts'
import { deliveryStates, EventType } from '../../domain/webhook.ts'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const count = z.int()
const webhookId = 'WHK-none'
const deliveryId = 'EVT-none.WHK-none'
const at = '2023-01-09T06:12:46.000Z'
const limit = z.int().min(1)

export const WebhookRow = z.strictObject({
  webhookId: text, url: text, events: z.array(EventType), description: maybe, state: z.enum(['active', 'disabled']), createdAt: text, failingSince: maybe,
  disabledAt: maybe, disabledReason: maybe, secretSealed: text, pending: count, delivered: count, failed: count,
})
export const DeliveryRow = z.strictObject({
  deliveryId: text, eventId: text, type: EventType, subject: text, state: z.enum(deliveryStates), attempts: count, createdAt: text, nextAttemptAt: maybe,
  deliveredAt: maybe, lastStatus: count.nullable(), lastError: maybe, log: maybe, replays: count, place: z.number(),
})

/** Statements about webhooks and what is sent to them. */
export const webhookQueries = {
  create: defineQuery({
    file: 'webhooks/create-webhook.cypher', mode: 'WRITE', row: z.strictObject({ webhookId: text }),
    params: z.object({ webhookId: text, url: text, events: z.array(EventType), description: maybe, createdAt: text, createdBy: text, secretSealed: text }),
    sample: { webhookId: 'WHK-new', url: 'https://qms.example/hook', events: ['issue.opened'], description: null, createdAt: at, createdBy: 'key_1', secretSealed: 'x' },
  }),
  read: defineQuery({ file: 'webhooks/read-webhook.cypher', mode: 'READ', params: z.object({ webhookId: text }), row: WebhookRow, sample: { webhookId } }),
  list: defineQuery({
    file: 'webhooks/list-webhooks.cypher', mode: 'READ', params: z.object({ afterCreatedAt: maybe, afterId: maybe, limit }), row: WebhookRow,
    sample: { afterCreatedAt: at, afterId: webhookId, limit: 10 },
  }),
  remove: defineQuery({ file: 'webhooks/delete-webhook.cypher', mode: 'WRITE', params: z.object({ webhookId: text }), row: z.strictObject({ removed: count }), sample: { webhookId } }),
  deliveries: defineQuery({
    file: 'webhooks/list-deliveries.cypher', mode: 'READ', row: DeliveryRow,
    params: z.object({ webhookId: text, state: maybe, afterPlace: z.number().nullable(), afterId: maybe, limit }),
    sample: { webhookId, state: 'failed', afterPlace: 1, afterId: deliveryId, limit: 10 },
  }),
  replay: defineQuery({
    file: 'webhooks/replay-delivery.cypher', mode: 'WRITE', params: z.object({ webhookId: text, deliveryId: text, at: text }), row: DeliveryRow,
    sample: { webhookId, deliveryId, at },
  }),
  due: defineQuery({ file: 'webhooks/list-due-webhooks.cypher', mode: 'READ', params: z.object({ at: text }), row: z.strictObject({ webhookId: text }), sample: { at } }),
  lease: defineQuery({
    file: 'webhooks/lease-webhook.cypher', mode: 'WRITE', params: z.object({ webhookId: text, runId: text, at: text, leaseUntil: text }), row: WebhookRow,
    sample: { webhookId, runId: '1', at, leaseUntil: at },
  }),
  release: defineQuery({ file: 'webhooks/release-webhook.cypher', mode: 'WRITE', params: z.object({ webhookId: text, runId: text }), row: z.strictObject({}), sample: { webhookId, runId: '1' } }),
  heads: defineQuery({
    file: 'webhooks/list-heads.cypher', mode: 'READ', params: z.object({ webhookId: text, at: text, limit }),
    row: z.strictObject({ deliveryId: text, eventId: text, type: EventType, subject: text, attempts: count, startedAt: maybe, eventAt: text, clock: z.enum(clockNames).nullable(), body: maybe, log: maybe }),
    sample: { webhookId, at, limit: 10 },
  }),
  keepBody: defineQuery({
    file: 'webhooks/keep-body.cypher', mode: 'WRITE', params: z.object({ eventId: text, body: text }), row: z.strictObject({ body: text }), sample: { eventId: 'EVT-none', body: '{}' },
  }),
  settle: defineQuery({
    file: 'webhooks/settle-delivery.cypher', mode: 'WRITE', row: z.strictObject({}),
    params: z.object({
      webhookId: text, deliveryId: text, at: text, state: z.enum(deliveryStates), nextAttemptAt: maybe, status: count.nullable(), error: maybe, log: text,
      failingSince: maybe, disable: maybe,
    }),
    sample: { webhookId, deliveryId, at, state: 'pending', nextAttemptAt: at, status: 500, error: null, log: '[]', failingSince: at, disable: null },
  }),
  giveUpDisabled: defineQuery({
    file: 'webhooks/give-up-disabled.cypher', mode: 'WRITE', params: z.object({ limit }), row: z.strictObject({ givenUp: count }), sample: { limit: 10 },
  }),
  purge: defineQuery({
    file: 'webhooks/purge-events.cypher', mode: 'WRITE', params: z.object({ before: text, limit }), row: z.strictObject({ purged: count }), sample: { before: at, limit: 10 },
  }),
  announceRecurrences: defineQuery({
    file: 'webhooks/announce-recurrences.cypher', mode: 'WRITE', params: z.object({ limit }), row: z.strictObject({ recurrenceId: text }), sample: { limit: 10 },
  }),
  recurrence: defineQuery({
    file: 'webhooks/read-recurrence.cypher', mode: 'READ', params: z.object({ recurrenceId: text }), row: z.strictObject(ActionRecurrence.shape), sample: { recurrenceId: 'h_none' },
  }),
} as const
