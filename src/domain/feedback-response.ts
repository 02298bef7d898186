import { z } from 'zod'

/** Body of `PATCH /v1/feedback/{id}`. */
export const RespondRequest = z.strictObject({ responded: z.boolean() })
export type RespondRequest = z.infer<typeof RespondRequest>

/** Whether a feedback was answered, and when first. */
export const FeedbackResponse = z.object({ feedbackId: z.string(), responded: z.boolean(), respondedAt: z.string().nullable() })
export type FeedbackResponse = z.infer<typeof FeedbackResponse>
