import type { CaseConfirmation, CaseRecord } from '../domain/case-record.ts'
import { FishboneError } from '../domain/error.ts'
import { nodeId } from '../domain/identifiers.ts'
import { endOfAsOf } from '../domain/instant.ts'
import type { ConfirmationStore } from '../graph/ports/confirmation-store.ts'

/** Who does it: the name of a person or of an API key; null where nobody is named. */
export type ConfirmationAuthor = { by: string | null }

export type CaseConfirmations = {
  /**
   * This complaint was this case: from the next search on it is one more text of the case. Said again it is answered with what stands.
   *
   * @throws FB_NOT_FOUND where case or feedback is not there
   */
  confirmCase: (caseId: string, feedbackId: string, author: ConfirmationAuthor) => Promise<CaseConfirmation>
  /**
   * It was not: the complaint is no text of the case any more.
   *
   * @throws FB_NOT_FOUND where no confirmation stands
   */
  unconfirmCase: (caseId: string, feedbackId: string, author: ConfirmationAuthor) => Promise<void>
  /**
   * One case with the complaints confirmed for it; with `asOf`, without what was confirmed later.
   *
   * @throws FB_NOT_FOUND where the case is not there, or was not known by `asOf`
   */
  readCase: (caseId: string, options?: { asOf?: string | undefined }) => Promise<CaseRecord>
}

const notFound = (what: string, details: Record<string, string>): FishboneError => new FishboneError('FB_NOT_FOUND', what, { details })

/** Ids as the API shows them are taken as they are; a key that a person copied from a source is turned into its id. */
const idOf = (label: 'Case' | 'Feedback', given: string): string => (/^h_[0-9a-f]{32}$/.test(given) ? given : nodeId(label, given))

const isKnownBy = ({ dates }: CaseRecord, asOf: string): boolean => {
  const told = [dates.closedAt, dates.receivedAt].filter(instant => instant !== null)
  const instants = told.length > 0 ? told : [dates.openedAt].filter(instant => instant !== null)
  return instants.length > 0 && instants.every(instant => endOfAsOf(instant) <= asOf)
}

/** Confirming and undoing which complaint was which case, and reading a case with what was confirmed for it. */
export function createCaseConfirmations({ store, now, onChange }: { store: ConfirmationStore; now: () => Date; onChange?: () => void }): CaseConfirmations {
  const entry = (caseId: string, feedbackId: string, { by }: ConfirmationAuthor) => ({
    caseId: idOf('Case', caseId), feedbackId: idOf('Feedback', feedbackId), at: now().toISOString(), by,
  })
  return {
    async confirmCase(caseId, feedbackId, author) {
      const stands = await store.confirm(entry(caseId, feedbackId, author))
      if (stands === null) throw notFound('there is no such case, or no such feedback', { caseId, feedbackId })
      onChange?.()
      return stands
    },
    async unconfirmCase(caseId, feedbackId, author) {
      if (!(await store.withdraw(entry(caseId, feedbackId, author)))) {
        throw notFound('this feedback is not confirmed for this case', { caseId, feedbackId })
      }
      onChange?.()
    },
    async readCase(caseId, { asOf } = {}) {
      const instant = asOf === undefined ? null : endOfAsOf(asOf)
      const record = await store.caseRecord(idOf('Case', caseId), instant)
      if (record === null || (instant !== null && !isKnownBy(record, instant))) throw notFound('there is no such case', { caseId })
      return record
    },
  }
}
