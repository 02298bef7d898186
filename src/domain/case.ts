import { z } from 'zod'
import { Day, InstantOrDay } from './instant.ts'

export const caseKinds = ['8d', 'recall', 'bulletin', 'lesson'] as const
export const actionTypes = [
  'stop-shipment', 'quarantine-lot', 'inspection', 'software-rollback', 'software-update', 'feature-restriction', 'customer-notice',
  'replacement', 'rework', 'design-change', 'process-change', 'supplier-8d', 'control-plan', 'other',
] as const

const name = z.string().trim().min(1).max(500)
const prose = z.string().max(20_000)

export const CaseAction = z.object({
  actionType: z.enum(actionTypes),
  text: prose.nullish(),
  effectiveFrom: Day.nullish(),
})
export type CaseAction = z.infer<typeof CaseAction>

export const AffectedVehicles = z.object({
  make: name.nullish(),
  model: name.nullish(),
  modelYears: z.array(z.int().min(1900).max(2100)).max(200).nullish(),
  partNo: name.nullish(),
  lots: z.array(name).max(2_000).nullish(),
  software: z.union([z.string().max(500), z.array(z.string().max(500)).max(500)]).nullish(),
})
export type AffectedVehicles = z.infer<typeof AffectedVehicles>

/** Import contract, kind `cases`: a closed problem with a known cause. A title, and a symptom or a root cause, are required. */
export const Case = z
  .object({
    caseId: z.string().trim().min(1).max(200),
    title: prose.min(1),
    kind: z.enum(caseKinds).nullish(),
    openedAt: InstantOrDay.nullish(),
    closedAt: InstantOrDay.nullish(),
    receivedAt: InstantOrDay.nullish(),
    language: z.string().trim().min(1).max(20).nullish(),
    component: name.nullish(),
    symptom: prose.nullish(),
    failureMode: prose.nullish(),
    failureEffect: prose.nullish(),
    rootCause: prose.nullish(),
    escapePoint: prose.nullish(),
    affected: z.array(AffectedVehicles).max(5_000).nullish(),
    containment: z.array(CaseAction).max(200).nullish(),
    corrective: z.array(CaseAction).max(200).nullish(),
    verification: z
      .object({ method: prose.nullish(), result: prose.nullish(), recurrences: z.int().min(0).nullish() })
      .nullish(),
  })
  .refine(record => record.symptom?.trim() || record.rootCause?.trim(), {
    path: ['symptom'],
    message: 'a case needs a symptom or a rootCause',
  })
export type Case = z.infer<typeof Case>
