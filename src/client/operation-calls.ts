import type { z } from 'zod'
import type { Readiness } from '../api/plugins/health.ts'
import type { Job } from '../domain/job.ts'
import type { Webhook, WebhookDelivery, WebhookRequest } from '../domain/webhook.ts'
import type { KeptAuditEntry } from '../graph/ports/audit.ts'
import { id } from './call-types.ts'
import type { Given, Listing, Page, Transport } from './call-types.ts'

/** Keeping it running: jobs, webhooks, who did what. */
export const createOperationCalls = ({ call, watch }: Transport) => ({
  webhooks: {
    /** The `secret` is told this once, and again only to a repeat with the same `idempotencyKey`. */
    create: (webhook: z.input<typeof WebhookRequest>, given?: Given) => call<Webhook & { secret: string }>('POST', '/v1/webhooks', { body: webhook, ...given }),
    list: (listing: Listing = {}, given?: Given) => call<Page<Webhook>>('GET', '/v1/webhooks', { query: listing, ...given }),
    get: (webhookId: string, given?: Given) => call<Webhook>('GET', `/v1/webhooks/${id(webhookId)}`, given),
    remove: (webhookId: string, given?: Given) => call<null>('DELETE', `/v1/webhooks/${id(webhookId)}`, given),
    deliveries: (webhookId: string, filter: Listing & { state?: WebhookDelivery['state'] } = {}, given?: Given) =>
      call<Page<WebhookDelivery>>('GET', `/v1/webhooks/${id(webhookId)}/deliveries`, { query: filter, ...given }),
    replay: (webhookId: string, deliveryId: string, given?: Given) => call<WebhookDelivery>('POST', `/v1/webhooks/${id(webhookId)}/deliveries/${id(deliveryId)}/replay`, given),
  },
  jobs: {
    list: (filter: Listing & { state?: Job['state']; kind?: string } = {}, given?: Given) => call<Page<Job>>('GET', '/v1/jobs', { query: filter, ...given }),
    get: (jobId: string, given?: Given) => call<Job>('GET', `/v1/jobs/${id(jobId)}`, given),
    cancel: (jobId: string, given?: Given) => call<Job>('DELETE', `/v1/jobs/${id(jobId)}`, given),
    retry: (jobId: string, given?: Given) => call<Job>('POST', `/v1/jobs/${id(jobId)}/retry`, given),
    /** The job after each change, until it is over. */
    watch: (jobId: string, given?: Given) => watch(jobId, given),
  },
  audit: {
    /** Who saw or decided what, newest first. */
    list: (filter: Listing & { subject?: string; keyId?: string } = {}, given?: Given) => call<Page<KeptAuditEntry>>('GET', '/v1/audit', { query: filter, ...given }),
  },
  health: {
    live: (given?: Given) => call<{ status: 'live' }>('GET', '/health/live', given),
    /** Rejects where the server is not ready (503). */
    ready: (given?: Given) => call<z.output<typeof Readiness>>('GET', '/health/ready', given),
  },
})
