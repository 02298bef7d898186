import type { FeedbackContext } from '../../domain/issue.ts'

/**
 * What is triaged: a stored feedback, or a text somebody wants to know about (then `feedbackId` is null and what only a record tells is null).
 * `text` is redacted.
 */
export type TriageSubject = Omit<FeedbackContext, 'feedbackId' | 'feedbackSha256'> & { feedbackId: string | null }

/** A text of which nothing else is known, as if it were received at an instant. */
export const textSubject = (text: string, language: string | null, receivedAt: Date): TriageSubject => ({
  feedbackId: null, text, language, channel: null, occurredAt: null, receivedAt: receivedAt.toISOString(), vehicleId: null, rating: null, make: null,
  model: null, modelYear: null, flags: { crash: null, fire: null, injuries: null, sos: null }, recordedDtcs: [],
})
