import type { GraphClient } from '../ports.ts'
import type { AuditEntry, AuditStore } from '../ports/audit.ts'
import { listAuditEntries, markRefused, recordAuditEntry } from './audit-queries.ts'
import type { DecisionScope } from './decision-scope.ts'

/** The audit trail in the graph. @param services.decisions the scope the client asks before it commits. */
export const createAuditStore = ({ client, decisions, newId }: { client: GraphClient; decisions: Pick<DecisionScope, 'run'>; newId: () => string }): AuditStore => {
  const rowOf = ({ detail, ...given }: AuditEntry) => ({ ...given, auditId: newId(), detail: detail && JSON.stringify(detail) })
  return {
    async record(entry) {
      await client.one(recordAuditEntry, rowOf(entry))
    },
    async alongside(entry, decide) {
      const row = rowOf(entry)
      const decided = await decisions.run(row, decide).catch(async (error: unknown) => {
        // A transaction may have found nothing to do, or done a part, before the decision was refused: its entry must not tell of one that was made.
        const { code = 'FB_INTERNAL' } = error as { code?: string }
        await client.one(markRefused, { auditId: row.auditId, detail: JSON.stringify({ ...entry.detail, refused: code }) }).catch(() => undefined)
        throw error
      })
      // A decision that was made before changes nothing, and is told all the same.
      await client.one(recordAuditEntry, row)
      return decided
    },
    async list({ subject, keyId, after, limit }) {
      const rows = await client.all(listAuditEntries, { subject, keyId, afterAt: after?.at ?? null, afterId: after?.auditId ?? null, limit })
      return rows.map(({ detail, ...row }) => ({ ...row, detail: detail === null ? null : (JSON.parse(detail) as Record<string, unknown>) }))
    },
  }
}
