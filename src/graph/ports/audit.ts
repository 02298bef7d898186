/** Who saw what only some may see, or decided something. `subject` is the id of what it was about; `detail` holds no text and no VIN. */
export type AuditEntry = {
  at: string
  keyId: string
  role: string
  action: string
  subject: string
  requestId: string
  detail: Record<string, unknown> | null
}

export type KeptAuditEntry = AuditEntry & { auditId: string }

export type AuditStore = {
  /** @throws FB_GRAPH_UNAVAILABLE: then what was to be seen is not shown. */
  record(entry: AuditEntry): Promise<void>
  /**
   * Carries a decision out with its entry in the same transaction: neither is there without the other.
   *
   * @throws what `decide` throws; then there is no entry, or, where a transaction of it was committed, one whose detail says `refused` with the code.
   */
  alongside<T>(entry: AuditEntry, decide: () => Promise<T>): Promise<T>
  /** Newest first. @param question.after the last entry of the page before. */
  list(question: { subject: string | null; keyId: string | null; after: { at: string; auditId: string } | null; limit: number }): Promise<KeptAuditEntry[]>
}
