import { FishboneError } from '../domain/error.ts'
import type { FeedbackRecord, StoredFeedback } from '../domain/feedback-record.ts'
import type { FeedbackRelations } from '../domain/feedback-relations.ts'
import type { DuplicateEdge } from '../graph/ports/duplicates.ts'
import { linksOf } from './duplicates/find-duplicates.ts'
import type { PartReports } from './duplicates/part-reports.ts'
import type { TellCorrections } from './triage/tell-corrections.ts'

type RelationServices = {
  /** As it is stored, with the triage of its arrival. */
  storedFeedback: (feedbackId: string) => Promise<StoredFeedback | null>
  edgesOf: (feedbackIds: readonly string[]) => Promise<DuplicateEdge[]>
  partReports: PartReports
  tellCorrections: TellCorrections
}

const order = ['duplicate-of', 'same-issue', 'similar', 'distinct']

/** Relations of one feedback as told from its side, the surest first. */
export const relationsOf = (feedbackId: string, edges: readonly DuplicateEdge[]): FeedbackRelations => ({
  feedbackId,
  relations: edges
    .map(({ from, to, type, ...edge }) => ({ ...edge, feedbackId: from === feedbackId ? to : from, relation: type }))
    .toSorted((a, b) => order.indexOf(a.relation) - order.indexOf(b.relation) || b.score - a.score || (a.feedbackId < b.feedbackId ? -1 : 1)),
})

/** How one report stands to others now: later reports came since its triage, and people took relations back. */
export const createShowRelations = ({ storedFeedback, edgesOf, partReports, tellCorrections }: RelationServices) => {
  const readRelations = async (feedbackId: string): Promise<FeedbackRelations> => {
    if ((await storedFeedback(feedbackId)) === null) throw new FishboneError('FB_NOT_FOUND', 'there is no such feedback', { details: { feedbackId } })
    return relationsOf(feedbackId, await edgesOf([feedbackId]))
  }
  return {
    /** One feedback with its triage; the relations in it are those of now, and what repairs found since stands first. Null where it is not there. */
    readFeedback: async (feedbackId: string): Promise<FeedbackRecord | null> => {
      const [stored, edges] = await Promise.all([storedFeedback(feedbackId), edgesOf([feedbackId])])
      if (stored === null) return null
      const { corrections, ...record } = stored
      return { ...record, triage: record.triage && { ...tellCorrections(record.triage, corrections), duplicates: linksOf(feedbackId, edges, record.triage.language) } }
    },
    /** @throws FB_NOT_FOUND */
    readRelations,
    /** Keeps two reports apart, whatever a later run finds. @throws FB_NOT_FOUND; FB_INVALID for a report and itself. */
    part: async (pair: { feedbackId: string; otherId: string; reason: string; by: string }): Promise<FeedbackRelations> => {
      await partReports.undo(pair)
      return readRelations(pair.feedbackId)
    },
    /** Forgets that a person parted two reports, and compares them again. @throws FB_NOT_FOUND; FB_INVALID for a report and itself. */
    rejoin: async (pair: { feedbackId: string; otherId: string }): Promise<FeedbackRelations> => {
      if (pair.feedbackId === pair.otherId) throw new FishboneError('FB_INVALID', 'a report cannot be rejoined with itself', { details: pair })
      await partReports.redo(pair)
      return readRelations(pair.feedbackId)
    },
  }
}

export type ShowRelations = ReturnType<typeof createShowRelations>
