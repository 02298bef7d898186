import { AsyncLocalStorage } from 'node:async_hooks'
import type { GraphTransaction } from '../ports.ts'
import { recordAuditEntry } from './audit-queries.ts'
import type { AuditEntryRow } from './audit-queries.ts'

type Held = { entry: AuditEntryRow; isOver: boolean }

/**
 * Brings the audit entry of a decision into the transactions that carry the decision out, whichever stores they are of: what is decided is logged, and
 * what came to nothing is not. The entry has one id and is merged: a transaction that is tried again, or a decision of several, leaves one.
 */
export const createDecisionScope = () => {
  const scope = new AsyncLocalStorage<Held>()
  return {
    async run<T>(entry: AuditEntryRow, decide: () => Promise<T>): Promise<T> {
      const held: Held = { entry, isOver: false }
      try {
        return await scope.run(held, decide)
      } finally {
        // What the decision set going goes on without it.
        held.isOver = true
      }
    },
    /** For the graph client: runs in each writing transaction, before it commits. */
    async beforeCommit(tx: GraphTransaction): Promise<void> {
      const held = scope.getStore()
      if (held && !held.isOver) await tx.one(recordAuditEntry, held.entry)
    },
  }
}

export type DecisionScope = ReturnType<typeof createDecisionScope>
