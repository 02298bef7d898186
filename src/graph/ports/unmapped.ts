/** A clause that no key fits; `text` is a stretch of redacted feedback. */
export type QueuedClause = {
  clauseId: string
  feedbackId: string
  vehicleId: string | null
  text: string
  language: string
  /** Keys of the components named in it. */
  components: string[]
  receivedAt: string
}

export type FeedbackToGather = { feedbackId: string; text: string; language: string | null; receivedAt: string; vehicleId: string | null; textSha256: string }

/** The queue of clauses that no key fits. */
export type UnmappedStore = {
  /** Feedback whose clauses are still to be gathered, or were gathered with another vocabulary. */
  listToGather(question: { vocabularyVersion: string; k: number }): Promise<FeedbackToGather[]>
  /** Replaces the clauses of each feedback, none included; one whose text changed meanwhile is left for the next time. */
  replaceClauses(rows: (Omit<FeedbackToGather, 'text' | 'language'> & { vocabularyVersion: string; clauses: { id: string; text: string; language: string; components: string[] }[] })[]): Promise<void>
  /** Newest first; reports that repeat another are left out. */
  listClauses(question: { asOf: string; k: number }): Promise<QueuedClause[]>
}
