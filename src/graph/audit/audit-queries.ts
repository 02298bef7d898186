import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const at = '2023-01-09T06:12:46.000Z'
const Row = z.object({ auditId: text, at: text, keyId: text, role: text, action: text, subject: text, requestId: text, detail: maybe })
export type AuditEntryRow = z.infer<typeof Row>
const sample = { auditId: 'none', at, keyId: 'key_1', role: 'engineer', action: 'vehicle.read', subject: 'veh_none', requestId: 'r-1', detail: null }

export const recordAuditEntry = defineQuery({ file: 'audit/record-audit-entry.cypher', mode: 'WRITE', params: Row, row: z.strictObject({ auditId: text }), sample })

export const markRefused = defineQuery({
  file: 'audit/mark-refused.cypher', mode: 'WRITE', params: z.object({ auditId: text, detail: text }), row: z.strictObject({ marked: z.int() }), sample: { auditId: 'none', detail: '{}' },
})

export const listAuditEntries = defineQuery({
  file: 'audit/list-audit-entries.cypher', mode: 'READ', row: z.strictObject(Row.shape),
  params: z.object({ subject: maybe, keyId: maybe, afterAt: maybe, afterId: maybe, limit: z.int().min(1) }),
  sample: { subject: null, keyId: null, afterAt: at, afterId: 'none', limit: 10 },
})
