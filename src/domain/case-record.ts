import { z } from 'zod'
import { SimilarCaseAction } from './case-search.ts'
import { AffectedVehicles, caseKinds } from './case.ts'

/** Body of `POST /v1/cases/{id}/confirmations`: this complaint was this case. */
export const ConfirmCaseRequest = z.strictObject({ feedbackId: z.string().trim().min(1).max(300) })
export type ConfirmCaseRequest = z.infer<typeof ConfirmCaseRequest>

/** A confirmation that stands: since when, and by whom where it was told. */
export const CaseConfirmation = z.object({
  caseId: z.string(),
  feedbackId: z.string(),
  confirmedAt: z.string(),
  confirmedBy: z.string().nullable(),
})
export type CaseConfirmation = z.infer<typeof CaseConfirmation>

/** A complaint that a person confirmed for a case. `text` is redacted. */
export const ConfirmedComplaint = z.object({
  feedbackId: z.string(),
  channel: z.string(),
  text: z.string(),
  language: z.string().nullable(),
  occurredAt: z.string().nullable(),
  receivedAt: z.string().nullable(),
  make: z.string().nullable(),
  model: z.string().nullable(),
  modelYear: z.int().nullable(),
  confirmedAt: z.string(),
  confirmedBy: z.string().nullable(),
})
export type ConfirmedComplaint = z.infer<typeof ConfirmedComplaint>

/** Answer of `GET /v1/cases/{id}`: one past case as it is stored, its vocabulary keys, and the complaints confirmed for it, oldest first. */
export const CaseRecord = z.object({
  caseId: z.string(),
  kind: z.enum(caseKinds).nullable(),
  title: z.string(),
  dates: z.object({ openedAt: z.string().nullable(), closedAt: z.string().nullable(), receivedAt: z.string().nullable() }),
  language: z.string().nullable(),
  symptom: z.string().nullable(),
  failureMode: z.string().nullable(),
  failureEffect: z.string().nullable(),
  rootCause: z.string().nullable(),
  escapePoint: z.string().nullable(),
  components: z.array(z.string()),
  symptoms: z.array(z.string()),
  dtcs: z.array(z.string()),
  affected: z.array(AffectedVehicles),
  containment: z.array(SimilarCaseAction),
  corrective: z.array(SimilarCaseAction),
  verification: z
    .object({ method: z.string().nullish(), result: z.string().nullish(), recurrences: z.number().nullish() })
    .nullable(),
  confirmed: z.array(ConfirmedComplaint),
})
export type CaseRecord = z.infer<typeof CaseRecord>
