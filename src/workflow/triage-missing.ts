import type { RaiseStoredFeedback } from './accept-feedback.ts'

/** Longer than a call takes, or a batch of a live import: what was written later is in somebody's hands. */
const graceMs = 120_000
const pageSize = 100

export type TriageMissing = (options?: { signal?: AbortSignal }) => Promise<number>

/**
 * Triages and files feedback that was stored and then left: the process that took it in died before it was triaged. Several processes may do so at
 * the same time: each feedback has one triage and one issue.
 *
 * @param services.untriaged feedback of which that is so, the oldest first; `before` in milliseconds since 1970
 * @param services.onError told of a feedback that could not be triaged: it stays for the next time
 * @returns how many were triaged
 */
export const createTriageMissing =
  (services: {
    untriaged: (question: { before: number; k: number }) => Promise<readonly string[]>
    raiseStoredFeedback: RaiseStoredFeedback
    now: () => Date
    onError: (error: unknown, feedbackId: string) => void
  }): TriageMissing =>
  async ({ signal } = {}) => {
    const { untriaged, raiseStoredFeedback, now, onError } = services
    const before = now().getTime() - graceMs
    let triaged = 0
    for (;;) {
      const page = await untriaged({ before, k: pageSize })
      let done = 0
      for (const feedbackId of page) {
        if (signal?.aborted) return triaged
        try {
          await raiseStoredFeedback(feedbackId)
          done++
        } catch (error) {
          onError(error, feedbackId)
        }
      }
      triaged += done
      // A page of which none could be triaged would come again and again.
      if (page.length < pageSize || done === 0) return triaged
    }
  }
