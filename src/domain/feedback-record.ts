import { z } from 'zod'
import { Triage } from './triage.ts'

const maybe = z.string().nullable()

/** Answer of `GET /v1/feedback/{id}`: the record as it is stored, redacted, with its triage; `triage` is null for history nobody triaged. */
export const FeedbackRecord = z.object({
  feedbackId: z.string(),
  channel: z.string(),
  sourceId: z.string(),
  text: z.string(),
  language: maybe,
  occurredAt: z.string(),
  receivedAt: z.string(),
  /** Pseudonym of the car; the VIN is in the car's dossier, for those who may see it. */
  vehicleId: maybe,
  make: maybe,
  model: maybe,
  modelYear: z.int().nullable(),
  odometerKm: z.number().nullable(),
  region: maybe,
  rating: z.number().nullable(),
  crash: z.boolean().nullable(),
  fire: z.boolean().nullable(),
  injuries: z.number().nullable(),
  sos: z.boolean().nullable(),
  responded: z.boolean().nullable(),
  respondedAt: maybe,
  snapshotId: maybe,
  vinInvalid: z.boolean().nullable(),
  dataQuality: z.array(z.string()).nullable(),
  issueId: maybe,
  triage: Triage.nullable(),
  triagedAt: maybe,
})
export type FeedbackRecord = z.infer<typeof FeedbackRecord>

/** A component that a repair order (`by`) found in the place of the one the owner named (`said`; null where it stands beside a symptom only). */
export const FoundByRepair = z.object({
  component: z.string(), said: maybe, by: z.string(), confidence: z.number().min(0).max(1), spanStart: z.int().min(0), spanEnd: z.int().min(0),
})
export type FoundByRepair = z.infer<typeof FoundByRepair>

/** As it is stored: the triage is that of its arrival, `corrections` came since. */
export type StoredFeedback = FeedbackRecord & { corrections: FoundByRepair[] }
