import { z } from 'zod'
import { DuplicateMethod, duplicateRelations } from './duplicate.ts'

/** One relation of a feedback to another; `distinct`: a person, or a rule, keeps the two apart. */
export const FeedbackRelation = z.object({
  feedbackId: z.string(),
  relation: z.enum([...duplicateRelations, 'distinct']),
  /** In [0, 1]. */
  score: z.number(),
  reason: z.string(),
  reasonZh: z.string(),
  method: DuplicateMethod,
  /** `fishbone`, or who said so. */
  by: z.string(),
  at: z.string(),
  /** Of two that a person parted: what they were before, `none` where they were nothing to each other. */
  was: z.enum([...duplicateRelations, 'none']).nullable(),
})
export type FeedbackRelation = z.infer<typeof FeedbackRelation>

/** Answer of `GET /v1/feedback/{id}/duplicates`: the surest relation first. */
export const FeedbackRelations = z.object({ feedbackId: z.string(), relations: z.array(FeedbackRelation) })
export type FeedbackRelations = z.infer<typeof FeedbackRelations>

/** Body of the call that parts two reports. */
export const PartReportsRequest = z.strictObject({ reason: z.string().trim().min(1).max(2_000) })
export type PartReportsRequest = z.infer<typeof PartReportsRequest>
