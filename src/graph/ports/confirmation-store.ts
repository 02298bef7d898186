import type { CaseConfirmation, CaseRecord } from '../../domain/case-record.ts'

export type NewConfirmation = { caseId: string; feedbackId: string; at: string; by: string | null }

/** Which complaints were confirmed for which cases. Every call may throw the errors of `GraphClient`. */
export type ConfirmationStore = {
  /** The confirmation that stands afterwards: an earlier one that was not withdrawn stays as it is. Null where case or feedback is not there. */
  confirm(confirmation: NewConfirmation): Promise<CaseConfirmation | null>
  /** False where nothing stood that could be withdrawn. The withdrawn confirmation stays in the graph with who withdrew it, and counts no more. */
  withdraw(confirmation: NewConfirmation): Promise<boolean>
  /** One case with the complaints confirmed for it up to `asOf` (canonical UTC; null: all); null where it is not there. */
  caseRecord(caseId: string, asOf: string | null): Promise<CaseRecord | null>
}
