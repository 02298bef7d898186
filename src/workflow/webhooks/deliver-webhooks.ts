import type { DueDelivery, StoredWebhook, WebhookStore } from '../../graph/ports/webhooks.ts'
import { eventBody } from './event-body.ts'
import type { ReadSubject } from './event-body.ts'
import type { PostEvent } from './post-event.ts'
import { pauseAfter } from './retry-schedule.ts'
import type { RetrySchedule } from './retry-schedule.ts'
import type { SecretSeal } from './secret-seal.ts'
import { signatureHeaders } from './sign-message.ts'

export type DeliverServices = {
  store: Pick<WebhookStore, 'due' | 'lease' | 'release' | 'heads' | 'keepBody' | 'settle' | 'giveUpDisabled' | 'announceRecurrences'>
  seal: Pick<SecretSeal, 'open'>
  post: PostEvent
  readSubject: ReadSubject
  schedule: RetrySchedule
  now: () => Date
  random: () => number
  newId: () => string
  onError: (error: unknown, webhookId: string) => void
}

/** Sends at once to one webhook, each of another subject. */
const atOnce = 20
/** Longer than a batch of sends may take. */
const leaseMs = 60_000
const keptAttempts = 20
const gone = 410

/**
 * Sends what waits: one sender a webhook at a time, one event a subject at a time, in the order of the changes. At least once: a crash between the
 * answer and its note sends again, with the same id. What waits for a webhook that was disabled meanwhile is given up.
 *
 * @returns how many attempts were made.
 */
export const createDeliverWebhooks =
  (services: DeliverServices) =>
  async ({ signal }: { signal?: AbortSignal } = {}): Promise<number> => {
    const { store, now, newId, onError } = services
    await store.announceRecurrences(now().toISOString())
    const runId = newId()
    const ids = await store.due(now().toISOString())
    const attempts = await Promise.all(ids.map(async webhookId => {
      try {
        return await deliverTo(services, webhookId, runId, signal ?? new AbortController().signal)
      } catch (error) {
        onError(error, webhookId)
        return 0
      }
    }))
    const made = attempts.reduce((sum, one) => sum + one, 0)
    // Behind the attempts: one of a batch disables a webhook while others of it wait for their next.
    if (made > 0) await store.giveUpDisabled()
    return made
  }

export type DeliverWebhooks = ReturnType<typeof createDeliverWebhooks>

const deliverTo = async (services: DeliverServices, webhookId: string, runId: string, signal: AbortSignal): Promise<number> => {
  const { store, now } = services
  let attempts = 0
  try {
    while (!signal.aborted) {
      const at = now()
      // Taken anew for each batch: it is longer than the batch, and tells whether the webhook is still there and active.
      const webhook = await store.lease(webhookId, { runId, at: at.toISOString(), leaseUntil: new Date(at.getTime() + leaseMs).toISOString() })
      if (webhook === null) return attempts
      const heads = await store.heads(webhookId, at.toISOString(), atOnce)
      if (heads.length === 0) return attempts
      attempts += heads.length
      await sendBatch(services, webhook, heads, signal)
    }
    return attempts
  } finally {
    await store.release(webhookId, runId)
  }
}

type Sent = { head: DueDelivery; at: Date; ms: number; ok: boolean; status: number | null; error: string | null }

const sendBatch = async (services: DeliverServices, webhook: StoredWebhook, heads: readonly DueDelivery[], signal: AbortSignal): Promise<void> => {
  const secret = services.seal.open(webhook.secretSealed)
  const sent = await Promise.all(heads.map(head => sendOne(services, webhook, head, secret, signal)))
  // What a stop cut short was no failure of the receiver.
  if (signal.aborted) return settleAll(services, webhook, sent.filter(one => one.ok))
  await settleAll(services, webhook, sent)
}

const sendOne = async (services: DeliverServices, webhook: StoredWebhook, head: DueDelivery, secret: string, signal: AbortSignal): Promise<Sent> => {
  const body = head.body ?? (await services.store.keepBody(head.eventId, await bodyOf(services, head)))
  const at = services.now()
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8', 'user-agent': 'fishbone-webhooks',
    ...signatureHeaders({ id: head.eventId, at: Math.floor(at.getTime() / 1_000), body }, secret),
  }
  const outcome = await services.post(webhook.url, { headers, body }, signal)
  return { head, at, ms: services.now().getTime() - at.getTime(), ...outcome }
}

const bodyOf = async ({ readSubject }: DeliverServices, { eventId, type, subject, eventAt, clock }: DueDelivery): Promise<string> =>
  eventBody({ id: eventId, type, subject, time: eventAt, source: '/fishbone', clock }, await readSubject(type, subject))

const settleAll = async (services: DeliverServices, webhook: StoredWebhook, sent: readonly Sent[]): Promise<void> => {
  const anyOk = sent.some(one => one.ok)
  for (const { head, at, ms, ok, status, error } of sent) {
    const now = services.now()
    const failingSince = anyOk ? null : (webhook.failingSince ?? at.toISOString())
    const pauseMs = ok ? null : pauseAfter(head.attempts + 1, { startedAt: Date.parse(head.startedAt ?? at.toISOString()), now: now.getTime(), random: services.random }, services.schedule)
    const log = [...head.log, { at: at.toISOString(), status, error, ms }].slice(-keptAttempts)
    await services.store.settle(
      webhook.webhookId,
      { deliveryId: head.deliveryId, at: at.toISOString(), state: ok ? 'delivered' : pauseMs === null ? 'failed' : 'pending', nextAttemptAt: pauseMs === null ? null : new Date(now.getTime() + pauseMs).toISOString(), status, error, log },
      { failingSince, disable: disableReason({ status, failingSince, now }, services.schedule) },
    )
  }
}

const disableReason = ({ status, failingSince, now }: { status: number | null; failingSince: string | null; now: Date }, { disableMs }: RetrySchedule): string | null => {
  if (status === gone) return 'the receiver answered 410 Gone'
  return failingSince !== null && now.getTime() - Date.parse(failingSince) >= disableMs ? `every attempt failed since ${failingSince}` : null
}
