import { z } from 'zod'
import { clockNames } from './issue-clock.ts'

/** Everything other systems can be told. */
export const eventTypes = [
  'feedback.triaged', 'issue.opened', 'issue.updated', 'issue.analyzed', 'suggestion.created', 'suggestion.decided', 'sla.at-risk', 'sla.breached',
  'alert.raised', 'alert.cleared', 'action.recurrence',
] as const
export const EventType = z.enum(eventTypes)
export type EventType = z.infer<typeof EventType>

export const WebhookRequest = z.strictObject({
  url: z.string().max(2_000),
  events: z.array(EventType).min(1).max(eventTypes.length),
  description: z.string().trim().min(1).max(500).nullish(),
})
export type WebhookRequest = z.infer<typeof WebhookRequest>

/** A webhook as it is shown: without its secret. */
export const Webhook = z.object({
  webhookId: z.string(),
  url: z.string(),
  events: z.array(EventType),
  description: z.string().nullable(),
  state: z.enum(['active', 'disabled']),
  createdAt: z.string(),
  /** Since when every attempt failed; null while the latest succeeded. */
  failingSince: z.string().nullable(),
  disabledAt: z.string().nullable(),
  disabledReason: z.string().nullable(),
  counts: z.object({ pending: z.int(), delivered: z.int(), failed: z.int() }),
})
export type Webhook = z.infer<typeof Webhook>

export const DeliveryAttempt = z.object({ at: z.string(), status: z.int().nullable(), error: z.string().nullable(), ms: z.number() })
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>

/** `failed` is what is not tried again: given up after a day, or because its webhook was disabled. */
export const deliveryStates = ['pending', 'delivered', 'failed'] as const

export const WebhookDelivery = z.object({
  deliveryId: z.string(),
  /** Id of the event, the `webhook-id` header: the same with every attempt and replay. */
  eventId: z.string(),
  type: EventType,
  subject: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  createdAt: z.string(),
  nextAttemptAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  /** The latest attempts, oldest first. */
  log: z.array(DeliveryAttempt),
  replays: z.int(),
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

/** CloudEvents 1.0 in JSON. */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: EventType,
  subject: z.string(),
  time: z.string(),
  /** Of `sla.at-risk` and `sla.breached`: which of the two clocks. An extension attribute. */
  clock: z.enum(clockNames).optional(),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
})
export type CloudEvent = z.infer<typeof CloudEvent>
