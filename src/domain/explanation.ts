import { z } from 'zod'

const ModelClaim = z.strictObject({ text: z.string().min(1).max(400), evidenceIds: z.array(z.string()).min(1).max(6) })
export type ModelClaim = z.infer<typeof ModelClaim>

/** A cause id that stands for "none of the recorded factors". */
export const untrackedCause = 'UNTRACKED'

/**
 * What a model may answer when it words one evidence pack: ids of the pack and sentences, nothing else. Observations come before decisions, as a
 * forced shape can cost reasoning. Every bound is also in the schema that the prompt shows.
 */
export const Explanation = z.strictObject({
  observations: z.array(ModelClaim).max(8),
  hypotheses: z
    .array(
      z.strictObject({
        /** C1..Ck of the pack, or `UNTRACKED`. */
        causeId: z.string(),
        mechanism: z.array(ModelClaim).min(1).max(4),
        contradictingIds: z.array(z.string()).max(6),
        nextCheck: ModelClaim.nullable(),
        /** Why this stands before a candidate of nearly the same score; null keeps the order of the statistics. */
        orderReason: ModelClaim.nullable(),
      }),
    )
    .max(5),
  containment: z.array(z.strictObject({ actionId: z.string(), why: ModelClaim })).max(5),
  corrective: z.array(z.strictObject({ actionId: z.string(), why: ModelClaim })).max(5),
  openQuestions: z.array(z.string().min(1).max(200)).max(5),
  abstain: z.strictObject({ reason: z.string().min(1).max(300) }).nullable(),
})
export type Explanation = z.infer<typeof Explanation>
