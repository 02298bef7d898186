import type { ClockName } from '../../domain/issue-clock.ts'
import type { DeliveryAttempt, EventType, Webhook, WebhookDelivery } from '../../domain/webhook.ts'

/** A webhook as it is kept; the secret is sealed. */
export type StoredWebhook = Webhook & { secretSealed: string }

/** A delivery whose turn has come. */
export type DueDelivery = {
  deliveryId: string
  eventId: string
  type: EventType
  subject: string
  attempts: number
  /** First attempt of this delivery, or of its replay. */
  startedAt: string | null
  /** When the change happened. */
  eventAt: string
  /** The clock of its issue that it tells of; null where it tells of none. */
  clock: ClockName | null
  /** The CloudEvent as it was sent before; null before the first attempt. */
  body: string | null
  log: DeliveryAttempt[]
}

/** What came of an attempt. */
export type Settlement = {
  deliveryId: string
  at: string
  state: 'pending' | 'delivered' | 'failed'
  nextAttemptAt: string | null
  status: number | null
  error: string | null
  log: DeliveryAttempt[]
}

export type WebhookStore = {
  create(webhook: Pick<StoredWebhook, 'webhookId' | 'url' | 'events' | 'description' | 'createdAt' | 'secretSealed'> & { createdBy: string }): Promise<void>
  find(webhookId: string): Promise<StoredWebhook | null>
  list(after: { createdAt: string; webhookId: string } | null, limit: number): Promise<Webhook[]>
  /** With its deliveries. @returns false where there is none. */
  remove(webhookId: string): Promise<boolean>
  deliveries(webhookId: string, question: { state: WebhookDelivery['state'] | null; after: { place: number; deliveryId: string } | null; limit: number }): Promise<(WebhookDelivery & { place: number })[]>
  /** Puts a delivery behind those that wait. @returns null where there is none. */
  replay(webhookId: string, deliveryId: string, at: string): Promise<WebhookDelivery | null>
  /** Webhooks that have something to send now. */
  due(at: string): Promise<string[]>
  /** Takes a webhook for one sender; null where another has it, or it is not active. */
  lease(webhookId: string, lease: { runId: string; at: string; leaseUntil: string }): Promise<StoredWebhook | null>
  release(webhookId: string, runId: string): Promise<void>
  /** The first waiting delivery of each subject, as far as its time has come. */
  heads(webhookId: string, at: string, limit: number): Promise<DueDelivery[]>
  /** Keeps the body of an event, the first that is given. @returns what is kept. */
  keepBody(eventId: string, body: string): Promise<string>
  /** @param health.disable why it is to be disabled, if it is. */
  settle(webhookId: string, settlement: Settlement, health: { failingSince: string | null; disable: string | null }): Promise<void>
  /** What still waits for a disabled webhook becomes `failed`. @returns how many. */
  giveUpDisabled(): Promise<number>
  /** Forgets deliveries and events of before, at most `limit`. @returns how many. */
  purge(before: string, limit: number): Promise<number>
  /** Findings of the recurrence watch that were not told of yet become events, once each. */
  announceRecurrences(at: string): Promise<number>
}
