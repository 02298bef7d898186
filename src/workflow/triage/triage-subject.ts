import type { FeedbackContext } from '../../domain/issue.ts'

/**
 * What is triaged: a stored feedback, or a text somebody wants to know about (then `feedbackId` is null and what only a record tells is null).
 * `text` is redacted.
 */
export type TriageSubject = Omit<FeedbackContext, 'feedbackId' | 'feedbackSha256'> & { feedbackId: string | null }
