import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Alert, alertOutcomes, alertStates } from '../../domain/alert.ts'
import { AlertDecision, EarlyWarningPerformanceReply, ScanReply, ScanRequest } from '../../domain/early-warning-scan.ts'
import { FishboneError } from '../../domain/error.ts'
import { scanJob } from '../../jobs/job-kinds.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import type { AlertReader } from '../../workflow/read-alerts.ts'
import type { EarlyWarningPerformance } from '../../workflow/early-warning-performance.ts'
import type { DecideAlert } from '../../workflow/early-warning.ts'
import type { Audit } from '../audit.ts'
import { accepted, answerWithJob, WaitQuery } from '../long-work.ts'
import { decodeCursor, defaultLimit, PageQuery, pageOf, toPage } from '../page.ts'
import { problems } from '../problem-responses.ts'

export type EarlyWarningRouteServices = {
  jobs: Pick<Jobs, 'submit' | 'waitFor'>
  /** Refuses what a scan could not be made of. */
  checkScan: (request: ScanRequest) => Promise<void>
  alerts: AlertReader
  decideAlert: DecideAlert
  earlyWarningPerformance: () => Promise<EarlyWarningPerformance>
  audit: Audit
}

const AlertParams = z.object({ alertId: z.string().min(1).max(200) })
const Place = z.strictObject({ raisedAt: z.string(), alertId: z.string() })

/** New problems of cohorts and models, before anyone asks. */
export const earlyWarningRoutes: FastifyPluginCallbackZod<{ services: EarlyWarningRouteServices; closing: AbortSignal }> = (app, { services, closing }, done) => {
  const { jobs, checkScan, alerts, decideAlert, earlyWarningPerformance, audit } = services
  app.post(
    '/early-warning/scans',
    {
      config: { role: 'contributor' },
      schema: {
        tags: ['early warning'],
        summary: 'Look for new problems; raises alerts with their issues',
        description: 'streams narrows by component or symptom, by key or name; all without. A look back (asOf before what was scanned already) stores nothing.',
        querystring: WaitQuery,
        body: ScanRequest.nullish(),
        response: { 200: ScanReply, ...accepted, ...problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const scan = request.body ?? {}
      await checkScan(scan)
      const job = await jobs.submit(scanJob, scan, { requestedBy: request.principal?.keyId ?? null })
      return answerWithJob(job, { jobs, wait: request.query.wait, reply, closing })
    },
  )
  app.get(
    '/alerts',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['early warning'],
        summary: 'Alerts, the latest raised first',
        querystring: PageQuery.extend({
          state: z.enum(alertStates).optional(), outcome: z.enum(alertOutcomes).optional(), component: z.string().min(1).max(200).optional(),
          symptom: z.string().min(1).max(200).optional(), model: z.string().min(1).max(200).optional(),
        }),
        response: { 200: pageOf(Alert), ...problems(401, 403, 422, 429, 500, 503) },
      },
    },
    async ({ query: { limit = defaultLimit, cursor, ...filter } }) =>
      toPage(await alerts.list(filter, { after: decodeCursor(cursor, Place), limit: limit + 1 }), limit, ({ raisedAt, alertId }) => ({ raisedAt, alertId })),
  )
  app.get(
    '/alerts/:alertId',
    { config: { role: 'reader' }, schema: { tags: ['early warning'], summary: 'One alert', params: AlertParams, querystring: z.strictObject({}), response: { 200: Alert, ...problems(401, 403, 404, 422, 429, 500, 503) } } },
    async ({ params: { alertId } }) => {
      const alert = await alerts.find(alertId)
      if (alert === null) throw new FishboneError('FB_NOT_FOUND', `there is no alert ${alertId}`, { details: { alertId } })
      return alert
    },
  )
  app.post(
    '/alerts/:alertId/decision',
    {
      config: { role: 'engineer' },
      schema: {
        tags: ['early warning'],
        summary: 'Keep what an alert turned out to be; a rejected one is closed',
        params: AlertParams,
        querystring: z.strictObject({}),
        body: AlertDecision,
        response: { 200: Alert, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async request => {
      const { alertId } = request.params
      return audit.decided(request, { action: 'alert.decided', subject: alertId, detail: { outcome: request.body.outcome } }, () => decideAlert(alertId, request.body))
    },
  )
  app.get(
    '/early-warning/performance',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['early warning'],
        summary: 'How past alerts turned out: precision, lead time, false alarms',
        querystring: z.strictObject({}),
        response: { 200: EarlyWarningPerformanceReply, ...problems(401, 403, 422, 429, 500, 503) },
      },
    },
    () => earlyWarningPerformance(),
  )
  done()
}
