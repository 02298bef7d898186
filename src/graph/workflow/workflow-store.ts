import { Triage } from '../../domain/triage.ts'
import { gathered } from '../../gathered.ts'
import { holdReports, transactionOf } from '../duplicates/duplicate-store.ts'
import type { GraphClient } from '../ports.ts'
import type { StoredTriage, WorkflowStore } from '../ports/workflow.ts'
import { commitTriages } from './commit-triages.ts'
import { readDtcMeanings, readFeedbackContext, readStoredTriage, readVehicleModel } from './triage-queries.ts'

/** Triage and issues in the graph; what several ask for at the same time is read together. */
export const createWorkflowStore = ({ client }: { client: GraphClient }): WorkflowStore => {
  const feedbackContext = gathered({
    async answer(feedbackIds: readonly string[]) {
      const rows = await client.all(readFeedbackContext, { feedbackIds: [...new Set(feedbackIds)] })
      const found = new Map(rows.map(({ crash, fire, injuries, sos, ...context }) => [context.feedbackId, { ...context, flags: { crash, fire, injuries, sos } }]))
      return feedbackIds.map(id => found.get(id) ?? null)
    },
  })
  const storedTriage = gathered({
    async answer(feedbackIds: readonly string[]) {
      const rows = await client.all(readStoredTriage, { feedbackIds: [...new Set(feedbackIds)] })
      const found = new Map(rows.map(row => [row.feedbackId, readable(row)]))
      return feedbackIds.map(id => found.get(id) ?? null)
    },
  })
  return {
    feedbackContext,
    storedTriage,
    vehicleModel: vehicleId => client.maybeOne(readVehicleModel, { vehicleId }),
    async dtcMeanings(codes, maker) {
      if (codes.length === 0) return new Map()
      const rows = await client.all(readDtcMeanings, { codes: [...codes], maker: maker?.trim().toUpperCase() ?? null })
      return new Map(rows.map(row => [row.code, row.meaning]))
    },
    arriving: (held, work) =>
      client.write(async tx => {
        await holdReports(tx, held)
        return work({ ...transactionOf(tx), commitTriages: (commits, at) => commitTriages(tx, commits, at) })
      }),
  }
}

/** One that an older version wrote in another shape is made anew. */
const readable = ({ content, feedbackSha256, issueId }: { content: string; feedbackSha256: string; issueId: string | null }): StoredTriage | null => {
  const triage = Triage.safeParse(JSON.parse(content))
  return triage.success ? { triage: triage.data, feedbackSha256, issueId } : null
}
