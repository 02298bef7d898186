import { z } from 'zod'
import { FeedbackRecord, FoundByRepair, type StoredFeedback } from '../../domain/feedback-record.ts'
import { Triage } from '../../domain/triage.ts'
import { defineQuery } from '../define-query.ts'
import type { GraphClient } from '../ports.ts'

export const readFeedback = defineQuery({
  file: 'workflow/read-feedback.cypher',
  mode: 'READ',
  params: z.object({ feedbackId: z.string() }),
  row: z.strictObject({ ...FeedbackRecord.shape, triage: z.string().nullable(), corrections: z.array(FoundByRepair) }),
  sample: { feedbackId: 'hotline:none' },
})

export type ReadFeedback = (feedbackId: string) => Promise<StoredFeedback | null>

/** One stored feedback. A triage that another version wrote in another shape counts as none. */
export const createReadFeedback = ({ client }: { client: GraphClient }): ReadFeedback =>
  async feedbackId => {
    const row = await client.maybeOne(readFeedback, { feedbackId })
    if (row === null) return null
    const triage = row.triage === null ? null : (Triage.safeParse(JSON.parse(row.triage)).data ?? null)
    return { ...row, triage }
  }
