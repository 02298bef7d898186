import { isIP } from 'node:net'
import { FishboneError } from '../../domain/error.ts'
import type { Webhook, WebhookDelivery, WebhookRequest } from '../../domain/webhook.ts'
import type { WebhookStore } from '../../graph/ports/webhooks.ts'
import type { IsPrivateAddress } from './private-addresses.ts'
import type { SecretSeal } from './secret-seal.ts'
import { newSecret } from './sign-message.ts'

type ManageServices = {
  store: Pick<WebhookStore, 'create' | 'find' | 'list' | 'remove' | 'deliveries' | 'replay'>
  seal: Pick<SecretSeal, 'seal'>
  isPrivate: IsPrivateAddress
  allowPrivate: boolean
  now: () => Date
  newId: () => string
}

const refusedUrl = (message: string) => new FishboneError('FB_INVALID', `the address ${message}`, { details: { errors: [{ pointer: '/url', message }] } })
const localName = /(^|\.)(localhost|local|internal|intranet|home\.arpa)\.?$/i

/** @throws FB_INVALID for an address that can never be sent to; what a name stands for is checked at every attempt. */
export const checkWebhookUrl = (address: string, { isPrivate, allowPrivate }: Pick<ManageServices, 'isPrivate' | 'allowPrivate'>): string => {
  if (!URL.canParse(address)) throw refusedUrl('must be a whole address such as https://qms.example.com/hooks')
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refusedUrl('must begin with https:// or http://')
  if (url.username !== '' || url.password !== '') throw refusedUrl('must hold no user and no password')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && (localName.test(host) || (isIP(host) !== 0 && isPrivate(host)))) throw refusedUrl('must be of the public internet (WEBHOOK_ALLOW_PRIVATE=true lifts this)')
  url.hash = ''
  return url.href
}

const notFound = (what: string, details: Record<string, unknown>) => new FishboneError('FB_NOT_FOUND', `there is no such ${what}`, { details })

/** Registers webhooks and tells what was sent to them. */
export const createManageWebhooks = (services: ManageServices) => {
  const { store, seal, now, newId } = services
  const present = async (webhookId: string): Promise<Webhook> => {
    const webhook = await store.find(webhookId)
    if (webhook === null) throw notFound('webhook', { webhookId })
    const { secretSealed: _secret, ...shown } = webhook
    return shown
  }
  return {
    nextId: (): string => `WHK-${newId()}`,
    /** @returns the webhook and its secret, which is told this once. */
    async create({ url, events, description }: WebhookRequest, { webhookId, by }: { webhookId: string; by: string }): Promise<Webhook & { secret: string }> {
      const secret = newSecret()
      const checked = checkWebhookUrl(url, services)
      await store.create({ webhookId, url: checked, events: [...new Set(events)], description: description ?? null, createdAt: now().toISOString(), createdBy: by, secretSealed: seal.seal(secret) })
      return { ...(await present(webhookId)), secret }
    },
    list: (after: { createdAt: string; webhookId: string } | null, limit: number): Promise<Webhook[]> => store.list(after, limit),
    /** @throws FB_NOT_FOUND */
    find: present,
    /** @throws FB_NOT_FOUND */
    async remove(webhookId: string): Promise<void> {
      if (!(await store.remove(webhookId))) throw notFound('webhook', { webhookId })
    },
    /** Newest first. @throws FB_NOT_FOUND */
    async deliveries(webhookId: string, question: Parameters<WebhookStore['deliveries']>[1]): Promise<(WebhookDelivery & { place: number })[]> {
      await present(webhookId)
      return store.deliveries(webhookId, question)
    },
    /** Sends a delivery again, behind those that wait. @throws FB_NOT_FOUND; FB_CONFLICT where the webhook is disabled. */
    async replay(webhookId: string, deliveryId: string): Promise<WebhookDelivery> {
      const webhook = await present(webhookId)
      if (webhook.state === 'disabled') throw new FishboneError('FB_CONFLICT', 'the webhook is disabled: register it anew', { details: { webhookId } })
      const delivery = await store.replay(webhookId, deliveryId, now().toISOString())
      if (delivery === null) throw notFound('delivery of this webhook', { webhookId, deliveryId })
      return delivery
    },
  }
}

export type ManageWebhooks = ReturnType<typeof createManageWebhooks>
