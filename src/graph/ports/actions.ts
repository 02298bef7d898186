import type { ActionRecurrence } from '../../domain/action-efficacy.ts'
import type { CaseAction } from '../../domain/case.ts'

/** An action of a past case, with what the case says of its class and of what is affected. */
export type ActionRecord = {
  actionId: string
  caseId: string
  kind: 'ICA' | 'PCA'
  actionType: CaseAction['actionType']
  text: string | null
  effectiveFrom: string | null
  components: string[]
  symptoms: string[]
  /** Lower case; null is any. */
  models: { make: string | null; model: string | null; modelYear: number | null }[]
  /** Spelled as the levels of the fleet: `partNo/lot`, `partNo`, `module@version`. */
  lots: string[]
  partNumbers: string[]
  software: string[]
}

/** Which actions; a null side means any. Cases received or closed after `knownUntil` are left out. */
export type ActionQuestion = { actionId: string | null; caseId: string | null; actionType: string | null; knownUntil: string }

export type ActionStore = {
  /** In order of their days, those without one last. */
  actions(question: ActionQuestion): Promise<ActionRecord[]>
  /** Keeps findings, each once: what is stored already stays as it was found first. @returns those that are new. */
  keepRecurrences(recurrences: readonly ActionRecurrence[]): Promise<ActionRecurrence[]>
  /** Findings that nothing was announced of yet, oldest first. */
  unannouncedRecurrences(limit: number): Promise<ActionRecurrence[]>
}
