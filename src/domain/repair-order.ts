import { z } from 'zod'
import { FeedbackKey } from './feedback.ts'
import { Instant } from './instant.ts'

const name = z.string().trim().min(1).max(200)
const note = z.string().max(20_000)

export const ReplacedPart = z.object({
  component: name,
  position: name.nullish(),
  removedPartNo: name.nullish(),
  removedLot: name.nullish(),
  installedPartNo: name.nullish(),
  installedLot: name.nullish(),
  installedSupplier: name.nullish(),
  installedCondition: z.enum(['new', 'remanufactured', 'used']).nullish(),
})
export type ReplacedPart = z.infer<typeof ReplacedPart>

/** Import contract, kind `repair-orders`. At least one of complaint, cause and correction is said. */
export const RepairOrder = z
  .object({
    repairOrderId: name,
    vin: z.string(),
    openedAt: Instant,
    closedAt: Instant.nullish(),
    receivedAt: Instant.nullish(),
    odometerKm: z.number().nullish(),
    serviceCenter: name.nullish(),
    complaint: note.nullish(),
    cause: note.nullish(),
    correction: note.nullish(),
    laborOperations: z.array(z.object({ code: name, hours: z.number().min(0).nullish() })).max(500).nullish(),
    partsReplaced: z.array(ReplacedPart).max(500).nullish(),
    dtcs: z.array(z.string().trim().min(1).max(20)).max(500).nullish(),
    softwareBefore: z.record(name, name).nullish(),
    softwareAfter: z.record(name, name).nullish(),
    result: z.enum(['fixed', 'no-trouble-found', 'awaiting-part', 'returned']).nullish(),
    warranty: z.boolean().nullish(),
    feedback: FeedbackKey.nullish(),
  })
  .refine(order => [order.complaint, order.cause, order.correction].some(text => text?.trim()), {
    path: ['complaint'],
    message: 'one of complaint, cause and correction must be said',
  })
export type RepairOrder = z.infer<typeof RepairOrder>
