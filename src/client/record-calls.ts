import type { z } from 'zod'
import type { FeedbackArrival, FeedbackReply } from '../api/routes/feedback.ts'
import type { TakenRecordsReply } from '../api/routes/records.ts'
import type { CaseConfirmation, CaseRecord } from '../domain/case-record.ts'
import type { SearchCasesReply, SearchCasesRequest } from '../domain/case-search.ts'
import type { FeedbackRecord } from '../domain/feedback-record.ts'
import type { FeedbackRelations } from '../domain/feedback-relations.ts'
import type { FeedbackResponse } from '../domain/feedback-response.ts'
import type { ImportResult } from '../domain/import-result.ts'
import type { recordSchemas } from '../domain/record-kind.ts'
import { id } from './call-types.ts'
import type { Given, Transport } from './call-types.ts'
import type { CallOptions } from './transport.ts'

/** Kinds of records that are sent without triage; feedback has a call of its own. */
export type SentKind = 'vehicles' | 'cases' | 'software-installs' | 'telemetry-snapshots' | 'repair-orders'
type Sent<K extends SentKind> = z.input<(typeof recordSchemas)[K]>

/** Sending records, and what is known of past ones. */
export const createRecordCalls = ({ call, finish, text }: Transport) => ({
  feedback: {
    /** Stored, triaged and found by keyword when this resolves; the same `channel` and `sourceId` again changes nothing. */
    send: (record: z.input<typeof FeedbackArrival>, given?: CallOptions) => call<z.output<typeof FeedbackReply>>('POST', '/v1/feedback', { body: record, ...given }),
    get: (feedbackId: string, given?: Given) => call<FeedbackRecord>('GET', `/v1/feedback/${id(feedbackId)}`, given),
    respond: (feedbackId: string, responded: boolean, given?: Given) => call<FeedbackResponse>('PATCH', `/v1/feedback/${id(feedbackId)}`, { body: { responded }, ...given }),
    /** How it stands to other reports now. */
    duplicates: (feedbackId: string, given?: Given) => call<FeedbackRelations>('GET', `/v1/feedback/${id(feedbackId)}/duplicates`, given),
    /** These two do not belong together; no later run puts it back. */
    undoDuplicate: (feedbackId: string, otherId: string, reason: string, given?: Given) =>
      call<FeedbackRelations>('POST', `/v1/feedback/${id(feedbackId)}/duplicates/${id(otherId)}/undo`, { body: { reason }, ...given }),
    redoDuplicate: (feedbackId: string, otherId: string, given?: Given) => call<FeedbackRelations>('POST', `/v1/feedback/${id(feedbackId)}/duplicates/${id(otherId)}/redo`, given),
  },
  records: {
    /** One record or up to 1,000. Rejects only when none of them is right; else `rejected` names those that are not. */
    send: <K extends SentKind>(kind: K, records: Sent<K> | readonly Sent<K>[], given?: Given) =>
      call<z.output<typeof TakenRecordsReply>>('POST', `/v1/${kind}`, { body: Array.isArray(records) ? { items: records } : records, ...given }),
  },
  imports: {
    /** Files by name (`vehicles.ndjson`, `feedback.csv`, …), as `fishbone import` takes them. */
    upload: (files: readonly { name: string; content: Blob | string }[], { live = false, ...given }: CallOptions & { live?: boolean } = {}) => {
      const form = new FormData()
      if (live) form.append('live', 'true')
      for (const { name, content } of files) form.append('file', typeof content === 'string' ? new Blob([content]) : content, name)
      return finish<ImportResult>('POST', '/v1/imports', { form, ...given })
    },
    /** The refused lines of one file of an import, NDJSON. @param file its place in the result, from 0. */
    rejects: (jobId: string, file: number, given?: Given) => text('GET', `/v1/imports/${id(jobId)}/rejects/${file}`, 'application/x-ndjson', given),
  },
  cases: {
    search: (question: z.input<typeof SearchCasesRequest>, given?: Given) => call<SearchCasesReply>('POST', '/v1/cases/search', { body: question, ...given }),
    get: (caseId: string, query?: { asOf?: string }, given?: Given) => call<CaseRecord>('GET', `/v1/cases/${id(caseId)}`, { query, ...given }),
    confirm: (caseId: string, feedbackId: string, given?: Given) => call<CaseConfirmation>('POST', `/v1/cases/${id(caseId)}/confirmations`, { body: { feedbackId }, ...given }),
    unconfirm: (caseId: string, feedbackId: string, given?: Given) => call<null>('DELETE', `/v1/cases/${id(caseId)}/confirmations/${id(feedbackId)}`, given),
  },
})
