import type { StatusDtc } from '../../domain/issue.ts'

/** A finding as it is stored; `by`: the fault code or repair that put it there, null where the text says it. */
export type StoredFinding = {
  id: string; component: string | null; symptom: string | null; confidence: number; method: string; spanStart: number; spanEnd: number
  negated: boolean; past: boolean; hypothetical: boolean; by: string | null; correctedBy: string | null
}

/** A repair order of the car; `partsReplaced` is JSON as stored, `components` what its texts name. */
export type EvidentRepair = {
  repairOrderId: string; openedAt: string; receivedAt: string; result: string | null; partsReplaced: string | null; answers: boolean; components: string[]
}

/** A report with what its car's fault codes and workshops say. */
export type ReportEvidence = {
  feedbackId: string; contentSha256: string; occurredAt: string | null; receivedAt: string
  findings: StoredFinding[]; codes: StatusDtc[]; repairs: EvidentRepair[]
}

/** What is put beside a finding of the owner (`saidId`; null: beside a symptom told of no part), from the instant on at which it was known. */
export type WrittenCorrection = {
  id: string; component: string; symptom: string | null; confidence: number; method: 'dtc' | 'repair'; by: string; knownAt: string
  spanStart: number; spanEnd: number; vocabularyVersion: string; saidId: string | null
}

export type EvidenceStore = {
  /** Cars to weigh (again), at most `k`; `readAt` is the server's time in ms. */
  listCarsToWeigh(question: { since: number; vocabularyVersion: string; k: number }): Promise<{ vehicleIds: string[]; readAt: number }>
  readEvidence(vehicleIds: readonly string[]): Promise<ReportEvidence[]>
  /** Replaces the corrections of each report; a report whose content changed meanwhile is left as it is. */
  writeCorrections(rows: readonly { feedbackId: string; contentSha256: string; corrections: WrittenCorrection[] }[]): Promise<void>
  markWeighed(mark: { vehicleIds: string[]; weighedAt: number; vocabularyVersion: string }): Promise<void>
}
