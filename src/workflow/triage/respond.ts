import { FishboneError } from '../../domain/error.ts'
import type { FeedbackResponse } from '../../domain/feedback-response.ts'
import type { TriageContextStore } from '../../graph/ports/triage-context.ts'

/**
 * Marks feedback as answered, or takes that back: an answered contact no longer counts towards escalation.
 *
 * @throws FB_NOT_FOUND
 */
export type Respond = (answer: { feedbackId: string; responded: boolean }) => Promise<FeedbackResponse>

export const createRespond =
  ({ store, now }: { store: Pick<TriageContextStore, 'markResponded'>; now: () => Date }): Respond =>
  async answer => {
    const response = await store.markResponded({ ...answer, at: now().toISOString() })
    if (response === null) throw new FishboneError('FB_NOT_FOUND', 'there is no such feedback', { details: { feedbackId: answer.feedbackId } })
    return response
  }
