import type { z } from 'zod'
import { Triage } from '../../domain/triage.ts'
import { gathered } from '../../gathered.ts'
import { holdReports, transactionOf } from '../duplicates/duplicate-store.ts'
import type { GraphClient } from '../ports.ts'
import type { ArrivedFeedback, StoredTriage, WorkflowStore } from '../ports/workflow.ts'
import { commitTriages } from './commit-triages.ts'
import { readArrived, readDtcMeanings, readStoredTriage, readVehicleModel } from './triage-queries.ts'

/** Triage and issues in the graph; what several ask for at the same time is read together. */
export const createWorkflowStore = ({ client }: { client: GraphClient }): WorkflowStore => {
  const arrived = gathered({
    async answer(feedbackIds: readonly string[]) {
      const rows = await client.all(readArrived, { feedbackIds: [...new Set(feedbackIds)] })
      const found = new Map(rows.map(row => [row.feedbackId, arrivedOf(row)]))
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
    arrived,
    storedTriage,
    vehicleModel: vehicleId => client.maybeOne(readVehicleModel, { vehicleId }),
    async dtcMeanings(codes, maker) {
      if (codes.length === 0) return new Map()
      const rows = await client.all(readDtcMeanings, { codes: [...codes], maker: maker?.trim().toUpperCase() ?? null })
      return new Map(rows.map(row => [row.code, row.meaning]))
    },
    arriving: (held, work) =>
      client.write(async tx => {
        // One after the other for the database; what the work reads first need not wait for the answer of the locks.
        const [, done] = await Promise.all([holdReports(tx, held), work({ ...transactionOf(tx), commitTriages: (commits, at) => commitTriages(tx, commits, at) })])
        return done
      }),
  }
}

const arrivedOf = ({ crash, fire, injuries, sos, region, odometerKm, personRef, mentioned, findings, embedding, embeddingModel, ...context }: z.output<typeof readArrived.row>): ArrivedFeedback => {
  const { feedbackId: id, text, language, vehicleId, model, recordedDtcs } = context
  const recorded = recordedDtcs.map(({ code, failureType }) => (failureType === null ? code : `${code}-${failureType}`))
  return {
    context: { ...context, flags: { crash, fire, injuries, sos } },
    report: {
      id, text, language, vehicleId, model, region, odometerKm, personRef, findings, embedding, embeddingModel,
      channel: context.channel ?? '', occurredAt: context.occurredAt ?? '', dtcs: [...mentioned, ...recorded],
    },
  }
}

/** One that an older version wrote in another shape is made anew. */
const readable = ({ content, feedbackSha256, issueId }: { content: string; feedbackSha256: string; issueId: string | null }): StoredTriage | null => {
  const triage = Triage.safeParse(JSON.parse(content))
  return triage.success ? { triage: triage.data, feedbackSha256, issueId } : null
}
