import type { FastifyRequest } from 'fastify'
import { FishboneError } from '../domain/error.ts'
import type { AuditStore } from '../graph/ports/audit.ts'

/** Logs who saw or decided something, before it is shown: what cannot be logged is not shown. */
export type Audit = (request: FastifyRequest, entry: { action: string; subject: string; detail?: Record<string, unknown> }) => Promise<void>

/** @throws FB_GRAPH_UNAVAILABLE; FB_UNAUTHENTICATED where nobody is known to have called. */
export const createAudit = ({ store, now }: { store: Pick<AuditStore, 'record'>; now: () => Date }): Audit =>
  async ({ principal, id }, { action, subject, detail }) => {
    if (principal === null) throw new FishboneError('FB_UNAUTHENTICATED', 'send an API key: Authorization: Bearer <key>')
    await store.record({ at: now().toISOString(), keyId: principal.keyId, role: principal.role, action, subject, requestId: id, detail: detail ?? null })
  }
