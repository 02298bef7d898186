import type { z } from 'zod'
import type { Alert } from '../domain/alert.ts'
import type { ClosedLoop } from '../domain/closed-loop.ts'
import type { VehicleDossier } from '../domain/dossier.ts'
import type { AlertDecision, EarlyWarningPerformanceReply, ScanReply, ScanRequest } from '../domain/early-warning-scan.ts'
import type { FailureRate, FailureRateQuery } from '../domain/failure-rate.ts'
import type { AnalyzeRootCausesRequest, RootCauseAnalysis } from '../domain/root-cause-analysis.ts'
import type { Erased } from '../workflow/erasure/erase-person.ts'
import { id } from './call-types.ts'
import type { Given, Listing, Page, Transport } from './call-types.ts'

export type AlertFilter = Listing & { state?: Alert['state']; outcome?: Alert['outcome']; component?: string; symptom?: string; model?: string }
type Rate = Partial<z.output<typeof FailureRateQuery>>
type Period = { from?: string; to?: string }

/** What the fleet tells, and one car of it. */
export const createFleetCalls = ({ call, finish, text }: Transport) => ({
  analyses: {
    run: (request: z.input<typeof AnalyzeRootCausesRequest>, given?: Given) => finish<RootCauseAnalysis>('POST', '/v1/root-cause-analyses', { body: request, ...given }),
    get: (analysisId: string, given?: Given) => call<RootCauseAnalysis>('GET', `/v1/root-cause-analyses/${id(analysisId)}`, given),
  },
  earlyWarning: {
    scan: (request: z.input<typeof ScanRequest> = {}, given?: Given) => finish<z.output<typeof ScanReply>>('POST', '/v1/early-warning/scans', { body: request, ...given }),
    alerts: (filter: AlertFilter = {}, given?: Given) => call<Page<Alert>>('GET', '/v1/alerts', { query: filter, ...given }),
    alert: (alertId: string, given?: Given) => call<Alert>('GET', `/v1/alerts/${id(alertId)}`, given),
    decide: (alertId: string, decision: z.input<typeof AlertDecision>, given?: Given) => call<Alert>('POST', `/v1/alerts/${id(alertId)}/decision`, { body: decision, ...given }),
    performance: (given?: Given) => call<z.output<typeof EarlyWarningPerformanceReply>>('GET', '/v1/early-warning/performance', given),
  },
  metrics: {
    /** R/1000 by months in service. */
    failureRate: (query: Rate, given?: Given) => call<FailureRate>('GET', '/v1/metrics/failure-rate', { query, ...given }),
    failureRateCsv: (query: Rate, given?: Given) => text('GET', '/v1/metrics/failure-rate', 'text/csv', { query, ...given }),
    closedLoop: (period: Period = {}, given?: Given) => call<ClosedLoop>('GET', '/v1/metrics/closed-loop', { query: period, ...given }),
    closedLoopCsv: (period: Period = {}, given?: Given) => text('GET', '/v1/metrics/closed-loop', 'text/csv', { query: period, ...given }),
    /** Figures of the server, in the text format of Prometheus. */
    prometheus: (given?: Given) => text('GET', '/metrics', 'text/plain', given),
  },
  vehicles: {
    /** @param vinOrId the VIN, or the pseudonym; the answer holds the VIN for engineers alone. */
    dossier: (vinOrId: string, query?: { at?: string }, given?: Given) => call<VehicleDossier>('GET', `/v1/vehicles/${id(vinOrId)}/dossier`, { query, ...given }),
    erase: (vinOrId: string, given?: Given) => call<Erased>('DELETE', `/v1/vehicles/${id(vinOrId)}/personal-data`, given),
  },
  people: {
    /** Erases what a person said, and the VINs of their cars. @param reference the `personRef` of the records. */
    erase: (reference: string, given?: Given) => call<Erased>('DELETE', `/v1/people/${id(reference)}`, given),
  },
})
