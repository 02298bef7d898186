import type { FastifyRequest } from 'fastify'
import { FishboneError } from '../domain/error.ts'
import type { AuditEntry, AuditStore } from '../graph/ports/audit.ts'

type Told = { action: string; subject: string; detail?: Record<string, unknown> }

export type Audit = {
  /** Logs who saw something, before it is shown: what cannot be logged is not shown. */
  saw: (request: FastifyRequest, told: Told) => Promise<void>
  /** Carries a decision out and logs who made it, in one transaction: what cannot be logged is not done, and what was not done is not logged. */
  decided: <T>(request: FastifyRequest, told: Told, decide: () => Promise<T>) => Promise<T>
}

/** @throws FB_GRAPH_UNAVAILABLE; FB_UNAUTHENTICATED where nobody is known to have called. */
export const createAudit = ({ store, now }: { store: Pick<AuditStore, 'record' | 'alongside'>; now: () => Date }): Audit => {
  const entryOf = ({ principal, id }: FastifyRequest, { action, subject, detail }: Told): AuditEntry => {
    if (principal === null) throw new FishboneError('FB_UNAUTHENTICATED', 'send an API key: Authorization: Bearer <key>')
    return { at: now().toISOString(), keyId: principal.keyId, role: principal.role, action, subject, requestId: id, detail: detail ?? null }
  }
  return {
    saw: async (request, told) => store.record(entryOf(request, told)),
    decided: async (request, told, decide) => store.alongside(entryOf(request, told), decide),
  }
}
