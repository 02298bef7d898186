import { z } from 'zod'
import { defineQuery } from '../define-query.ts'
import type { GraphClient } from '../ports.ts'
import type { AuditStore } from '../ports/audit.ts'

const text = z.string()
const maybe = text.nullable()
const at = '2023-01-09T06:12:46.000Z'
const entry = { auditId: text, at: text, keyId: text, role: text, action: text, subject: text, requestId: text, detail: maybe }
const sample = { auditId: 'none', at, keyId: 'key_1', role: 'engineer', action: 'vehicle.read', subject: 'veh_none', requestId: 'r-1', detail: null }

export const recordAuditEntry = defineQuery({ file: 'audit/record-audit-entry.cypher', mode: 'WRITE', params: z.object(entry), row: z.strictObject({ auditId: text }), sample })

export const listAuditEntries = defineQuery({
  file: 'audit/list-audit-entries.cypher', mode: 'READ', row: z.strictObject(entry),
  params: z.object({ subject: maybe, keyId: maybe, afterAt: maybe, afterId: maybe, limit: z.int().min(1) }),
  sample: { subject: null, keyId: null, afterAt: at, afterId: 'none', limit: 10 },
})

/** The audit trail in the graph. */
export const createAuditStore = ({ client, newId }: { client: GraphClient; newId: () => string }): AuditStore => ({
  async record({ detail, ...given }) {
    await client.one(recordAuditEntry, { ...given, auditId: newId(), detail: detail && JSON.stringify(detail) })
  },
  async list({ subject, keyId, after, limit }) {
    const rows = await client.all(listAuditEntries, { subject, keyId, afterAt: after?.at ?? null, afterId: after?.auditId ?? null, limit })
    return rows.map(({ detail, ...row }) => ({ ...row, detail: detail === null ? null : (JSON.parse(detail) as Record<string, unknown>) }))
  },
})
