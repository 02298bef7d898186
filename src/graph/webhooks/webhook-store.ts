import type { z } from 'zod'
import { DeliveryAttempt } from '../../domain/webhook.ts'
import type { Webhook, WebhookDelivery } from '../../domain/webhook.ts'
import type { GraphClient } from '../ports.ts'
import type { StoredWebhook, WebhookStore } from '../ports/webhooks.ts'
import { emitEvent } from './record-events.ts'
import { webhookQueries } from './webhook-queries.ts'
import type { DeliveryRow, WebhookRow } from './webhook-queries.ts'

const recurrencesAtOnce = 100
const givenUpAtOnce = 5_000

/** Webhooks and what is on its way to them, in the graph. */
export const createWebhookStore = ({ client }: { client: GraphClient }): WebhookStore => ({
  async create({ events, ...webhook }) {
    await client.write(tx => tx.one(webhookQueries.create, { ...webhook, events: [...events] }))
  },
  async find(webhookId) {
    const row = await client.maybeOne(webhookQueries.read, { webhookId })
    return row && storedOf(row)
  },
  async list(after, limit) {
    const rows = await client.all(webhookQueries.list, { afterCreatedAt: after?.createdAt ?? null, afterId: after?.webhookId ?? null, limit })
    return rows.map(row => shown(storedOf(row)))
  },
  remove: async webhookId => (await client.write(tx => tx.one(webhookQueries.remove, { webhookId }))).removed > 0,
  async deliveries(webhookId, { state, after, limit }) {
    const rows = await client.all(webhookQueries.deliveries, { webhookId, state, afterPlace: after?.place ?? null, afterId: after?.deliveryId ?? null, limit })
    return rows.map(row => ({ ...deliveryOf(row), place: row.place }))
  },
  async replay(webhookId, deliveryId, at) {
    const row = await client.write(tx => tx.maybeOne(webhookQueries.replay, { webhookId, deliveryId, at }))
    return row && deliveryOf(row)
  },
  due: async at => (await client.all(webhookQueries.due, { at })).map(row => row.webhookId),
  async lease(webhookId, lease) {
    const row = await client.maybeOne(webhookQueries.lease, { webhookId, ...lease })
    return row && storedOf(row)
  },
  async release(webhookId, runId) {
    await client.all(webhookQueries.release, { webhookId, runId })
  },
  async heads(webhookId, at, limit) {
    const rows = await client.all(webhookQueries.heads, { webhookId, at, limit })
    return rows.map(({ log, ...row }) => ({ ...row, log: attemptsOf(log) }))
  },
  keepBody: async (eventId, body) => (await client.one(webhookQueries.keepBody, { eventId, body })).body,
  async settle(webhookId, { log, ...settlement }, health) {
    await client.all(webhookQueries.settle, { webhookId, ...settlement, log: JSON.stringify(log), ...health })
  },
  async giveUpDisabled() {
    let [sum, last] = [0, givenUpAtOnce]
    while (last === givenUpAtOnce) {
      last = (await client.one(webhookQueries.giveUpDisabled, { limit: givenUpAtOnce })).givenUp
      sum += last
    }
    return sum
  },
  purge: async (before, limit) => (await client.one(webhookQueries.purge, { before, limit })).purged,
  announceRecurrences: at =>
    client.write(async tx => {
      const found = await tx.all(webhookQueries.announceRecurrences, { limit: recurrencesAtOnce })
      for (const { recurrenceId } of found) await emitEvent(tx, { type: 'action.recurrence', subject: recurrenceId, at })
      return found.length
    }),
})

const attemptsOf = (log: string | null): DeliveryAttempt[] => (log === null ? [] : DeliveryAttempt.array().parse(JSON.parse(log)))

const storedOf = ({ pending, delivered, failed, ...row }: z.output<typeof WebhookRow>): StoredWebhook => ({ ...row, counts: { pending, delivered, failed } })
const shown = ({ secretSealed: _secret, ...webhook }: StoredWebhook): Webhook => webhook
const deliveryOf = ({ log, place: _place, ...row }: z.output<typeof DeliveryRow>): WebhookDelivery => ({ ...row, log: attemptsOf(log) })
