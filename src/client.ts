import type { z } from 'zod'
import type { FeedbackArrival, FeedbackReply } from './api/routes/feedback.ts'
import type { TakenRecordsReply } from './api/routes/records.ts'
import type { Problem } from './api/problem.ts'
import type { ActionEfficacy } from './domain/action-efficacy.ts'
import type { Alert } from './domain/alert.ts'
import type { CaseConfirmation, CaseRecord } from './domain/case-record.ts'
import type { SearchCasesReply, SearchCasesRequest } from './domain/case-search.ts'
import type { VehicleDossier } from './domain/dossier.ts'
import type { EarlyWarningPerformanceReply, ScanReply, ScanRequest } from './domain/early-warning-scan.ts'
import type { FailureRate, FailureRateQuery } from './domain/failure-rate.ts'
import type { FeedbackRecord } from './domain/feedback-record.ts'
import type { FeedbackResponse } from './domain/feedback-response.ts'
import type { ImportResult } from './domain/import-result.ts'
import type { IssueState } from './domain/issue-lifecycle.ts'
import type { IssueDetail, IssueSummary } from './domain/issue-view.ts'
import type { Job } from './domain/job.ts'
import type { recordSchemas } from './domain/record-kind.ts'
import type { AnalyzeRootCausesRequest, RootCauseAnalysis } from './domain/root-cause-analysis.ts'
import type { SuggestionSet } from './domain/suggestion.ts'
import { createTransport } from './client/transport.ts'
import type { CallOptions, ClientOptions } from './client/transport.ts'

export { FishboneApiError } from './client/transport.ts'
export type { CallOptions, ClientOptions, Problem }

/** Kinds of records that are sent without triage; feedback has a call of its own. */
export type SentKind = 'vehicles' | 'cases' | 'software-installs' | 'telemetry-snapshots' | 'repair-orders'
type Sent<K extends SentKind> = z.input<(typeof recordSchemas)[K]>
type Page<T> = { items: T[]; nextCursor: string | null }
type Listing = { limit?: number; cursor?: string }

const id = encodeURIComponent

/**
 * A client of the HTTP API, version 1, typed by the schemas the server checks with. It needs nothing but `fetch`.
 *
 * Calls that take long wait for their job and give its result. Every call rejects with `FishboneApiError` when the server refuses it; a call that
 * may succeed later (`isRetryable`) is tried again `retries` times, after `Retry-After`.
 */
export const createClient = (options: ClientOptions) => {
  const { call, finish, watch, pages } = createTransport(options)
  return {
    feedback: {
      /** Stored, triaged and found by keyword when this resolves; the same `channel` and `sourceId` again changes nothing. */
      send: (record: z.input<typeof FeedbackArrival>, given?: CallOptions) => call<z.output<typeof FeedbackReply>>('POST', '/v1/feedback', { body: record, ...given }),
      get: (feedbackId: string, given?: CallOptions) => call<FeedbackRecord>('GET', `/v1/feedback/${id(feedbackId)}`, given),
      respond: (feedbackId: string, responded: boolean, given?: CallOptions) => call<FeedbackResponse>('PATCH', `/v1/feedback/${id(feedbackId)}`, { body: { responded }, ...given }),
    },
    records: {
      /** One record or up to 1,000. Rejects only when none of them is right; else `rejected` names those that are not. */
      send: <K extends SentKind>(kind: K, records: Sent<K> | readonly Sent<K>[], given?: CallOptions) =>
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
    },
    cases: {
      search: (question: z.input<typeof SearchCasesRequest>, given?: CallOptions) => call<SearchCasesReply>('POST', '/v1/cases/search', { body: question, ...given }),
      get: (caseId: string, query?: { asOf?: string }, given?: CallOptions) => call<CaseRecord>('GET', `/v1/cases/${id(caseId)}`, { query, ...given }),
      confirm: (caseId: string, feedbackId: string, given?: CallOptions) => call<CaseConfirmation>('POST', `/v1/cases/${id(caseId)}/confirmations`, { body: { feedbackId }, ...given }),
      unconfirm: (caseId: string, feedbackId: string, given?: CallOptions) => call<null>('DELETE', `/v1/cases/${id(caseId)}/confirmations/${id(feedbackId)}`, given),
    },
    analyses: {
      run: (request: z.input<typeof AnalyzeRootCausesRequest>, given?: CallOptions) => finish<RootCauseAnalysis>('POST', '/v1/root-cause-analyses', { body: request, ...given }),
      get: (analysisId: string, given?: CallOptions) => call<RootCauseAnalysis>('GET', `/v1/root-cause-analyses/${id(analysisId)}`, given),
    },
    issues: {
      list: (
        filter: { state?: string; component?: string; symptom?: string; model?: string; hazard?: string; severityMin?: number; overdue?: boolean } & Listing = {},
        given?: CallOptions,
      ) => call<Page<IssueSummary>>('GET', '/v1/issues', { query: filter, ...given }),
      get: (issueId: string, given?: CallOptions) => call<IssueDetail>('GET', `/v1/issues/${id(issueId)}`, given),
      /** Ticket, owner, department; a note. */
      edit: (issueId: string, change: { externalRef?: string | null; owner?: string | null; department?: string | null; note?: string }, given?: CallOptions) =>
        call<IssueDetail>('PATCH', `/v1/issues/${id(issueId)}`, { body: change, ...given }),
      /** One step forward, or any number back with a note; a step that is not possible rejects with FB_CONFLICT. */
      transition: (issueId: string, step: { to: IssueState; note?: string }, given?: CallOptions) => call<IssueDetail>('POST', `/v1/issues/${id(issueId)}/transitions`, { body: step, ...given }),
      suggest: (issueId: string, request: { asOf?: string; language?: 'en' | 'zh'; wording?: 'template' | 'model' } = {}, given?: CallOptions) =>
        finish<SuggestionSet>('POST', `/v1/issues/${id(issueId)}/suggestions`, { body: request, ...given }),
      suggestions: (issueId: string, given?: CallOptions) => call<SuggestionSet>('GET', `/v1/issues/${id(issueId)}/suggestions`, given),
    },
    earlyWarning: {
      scan: (request: z.input<typeof ScanRequest> = {}, given?: CallOptions) => finish<ScanReply>('POST', '/v1/early-warning/scans', { body: request, ...given }),
      alerts: (filter: { state?: Alert['state']; component?: string; symptom?: string; model?: string } & Listing = {}, given?: CallOptions) => call<Page<Alert>>('GET', '/v1/alerts', { query: filter, ...given }),
      alert: (alertId: string, given?: CallOptions) => call<Alert>('GET', `/v1/alerts/${id(alertId)}`, given),
      decide: (alertId: string, decision: { outcome: 'confirmed' | 'rejected'; reason: string }, given?: CallOptions) => call<Alert>('POST', `/v1/alerts/${id(alertId)}/decision`, { body: decision, ...given }),
      performance: (given?: CallOptions) => call<z.output<typeof EarlyWarningPerformanceReply>>('GET', '/v1/early-warning/performance', given),
    },
    actions: { efficacy: (actionId: string, query?: { asOf?: string }, given?: CallOptions) => call<ActionEfficacy>('GET', `/v1/actions/${id(actionId)}/efficacy`, { query, ...given }) },
    vehicles: { dossier: (vinOrId: string, query?: { at?: string }, given?: CallOptions) => call<VehicleDossier>('GET', `/v1/vehicles/${id(vinOrId)}/dossier`, { query, ...given }) },
    metrics: { failureRate: (query: Partial<z.output<typeof FailureRateQuery>>, given?: CallOptions) => call<FailureRate>('GET', '/v1/metrics/failure-rate', { query, ...given }) },
    jobs: {
      list: (filter: { state?: Job['state']; kind?: string } & Listing = {}, given?: CallOptions) => call<Page<Job>>('GET', '/v1/jobs', { query: filter, ...given }),
      get: (jobId: string, given?: CallOptions) => call<Job>('GET', `/v1/jobs/${id(jobId)}`, given),
      cancel: (jobId: string, given?: CallOptions) => call<Job>('DELETE', `/v1/jobs/${id(jobId)}`, given),
      retry: (jobId: string, given?: CallOptions) => call<Job>('POST', `/v1/jobs/${id(jobId)}/retry`, given),
      /** The job after each change, until it is over. */
      watch: (jobId: string, given?: CallOptions) => watch(jobId, given),
    },
    /** For a call of the API that has no method here; the answer's type is the caller's to say. */
    call,
    finish,
    pages,
  }
}

export type FishboneClient = ReturnType<typeof createClient>
