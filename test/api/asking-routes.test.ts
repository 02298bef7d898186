import { describe, expect, it } from 'vitest'
import { FishboneError } from '../../src/domain/error.ts'
import type { Alert } from '../../src/domain/alert.ts'
import { analysisJob, scanJob } from '../../src/jobs/job-kinds.ts'
import { createAlertReader } from '../../src/workflow/read-alerts.ts'
import { analysis, useTestApp } from './app-double.ts'

const open = useTestApp()

describe('POST /v1/root-cause-analyses', () => {
  it('answers the analysis in time, else a job that comes to it', async () => {
    const { jobs, call } = await open({ prepareAnalysis: request => Promise.resolve({ ...request, maxCandidates: 3 }) })
    const asked: unknown[] = []
    jobs.work(analysisJob, request => (asked.push(request), Promise.resolve(analysis)))
    const body = { subject: { component: 'traction-battery' } }
    const now = await call('POST', '/v1/root-cause-analyses?wait=10', { role: 'reader', payload: body })
    expect([now.statusCode, now.json()]).toEqual([200, analysis])
    const later = await call('POST', '/v1/root-cause-analyses', { payload: body })
    expect(later.statusCode).toBe(202)
    await jobs.waitFor(later.json<{ jobId: string }>().jobId, 5_000)
    expect((await call('GET', later.headers['location'] as string)).json()).toMatchObject({ state: 'done', result: { analysisId: 'ANA-1' } })
    expect(asked).toEqual([{ ...body, maxCandidates: 3 }, { ...body, maxCandidates: 3 }])
  })

  it('works once for one Idempotency-Key, however long the repeat would wait', async () => {
    const { jobs, call } = await open({ prepareAnalysis: request => Promise.resolve({ ...request, maxCandidates: 3 }) })
    let worked = 0
    jobs.work(analysisJob, () => (worked++, Promise.resolve(analysis)))
    const ask = (query: string, key: string) => call('POST', `/v1/root-cause-analyses${query}`, { headers: { 'idempotency-key': key }, payload: { subject: { component: 'traction-battery' } } })
    const first = await ask('', 'a')
    await jobs.waitFor(first.json<{ jobId: string }>().jobId, 5_000)
    const again = await ask('?wait=20', 'a')
    expect([again.statusCode, again.body, again.headers['location'], again.headers['idempotency-replayed']]).toEqual([202, first.body, first.headers['location'], 'true'])
    const waited = await ask('?wait=10', 'b')
    expect([waited.statusCode, (await ask('', 'b')).body]).toEqual([200, waited.body])
    expect(worked).toBe(2)
    // A refusal is not kept: the same key may be used for the call put right.
    expect((await ask('?wait=31', 'c')).statusCode).toBe(422)
    expect((await ask('?wait=10', 'c')).statusCode).toBe(200)
  })

  it('refuses before any work begins', async () => {
    const { call } = await open({ prepareAnalysis: () => Promise.reject(new FishboneError('FB_NO_SUBJECT', 'no component is called so')) })
    expect((await call('POST', '/v1/root-cause-analyses', { payload: { subject: { component: 'x' } } })).json()).toMatchObject({ status: 422, code: 'FB_NO_SUBJECT' })
    expect((await call('POST', '/v1/root-cause-analyses', { payload: { subject: {} } })).json()).toMatchObject({ status: 422, code: 'FB_INVALID' })
    expect((await call('POST', '/v1/root-cause-analyses?wiat=3', { payload: { subject: { component: 'x' } } })).json()).toMatchObject({ errors: [{ pointer: '/wiat' }] })
  })

  it('shows a stored one', async () => {
    const { call } = await open({ readAnalysis: id => Promise.resolve(id === 'ANA-1' ? analysis : null) })
    expect((await call('GET', '/v1/root-cause-analyses/ANA-1')).json()).toEqual(analysis)
    expect((await call('GET', '/v1/root-cause-analyses/ANA-2')).statusCode).toBe(404)
  })
})

const alertOf = (alertId: string, given: Partial<Alert> = {}): Alert => ({
  alertId, component: 'traction-battery', symptom: 'charging-stops', cell: { dimension: 'plant', level: 'HF2' }, window: { from: '2022-W10', to: '2022-W13' }, observed: 8, expected: 0.9,
  llr: 10, threshold: 9, firstAlarmAt: '2023-01-01', vehiclesAtRisk: 412, state: 'open', method: 'cohort-scan', model: 'ES8', raisedAt: '2023-01-01T00:00:00.000Z', assessedAt: '2023-01-01T00:00:00.000Z',
  closedAt: null, closedReason: null, outcome: 'open', outcomeReason: null, decidedAt: null, engineVersion: '1', issueId: null, ...given,
})

describe('early warning', () => {
  it('scans without a body, with streams, and refuses the future', async () => {
    const { jobs, call } = await open({ checkScan: ({ asOf }) => (asOf ? Promise.reject(new FishboneError('FB_INVALID', 'lies in the future')) : Promise.resolve()) })
    const asked: unknown[] = []
    jobs.work(scanJob, request => (asked.push(request), Promise.resolve({ asOf: '2023-01-01', alerts: [], closed: [], signals: [], streams: 4, tookMs: 1, recorded: true, seed: 42 })))
    expect((await call('POST', '/v1/early-warning/scans?wait=10')).json()).toMatchObject({ streams: 4 })
    expect((await call('POST', '/v1/early-warning/scans?wait=10', { payload: { streams: [{ component: 'brakes' }] } })).statusCode).toBe(200)
    expect(asked).toEqual([{}, { streams: [{ component: 'brakes' }] }])
    expect((await call('POST', '/v1/early-warning/scans', { payload: { asOf: '2033-01-01' } })).statusCode).toBe(422)
    expect((await call('POST', '/v1/early-warning/scans', { payload: { streams: [{}] } })).statusCode).toBe(422)
  })

  it('lists alerts by pages and filters, the latest raised first', async () => {
    const stored = [alertOf('ALT-1'), alertOf('ALT-2', { raisedAt: '2023-03-01T00:00:00.000Z', model: 'ES6' }), alertOf('ALT-3', { raisedAt: '2023-02-01T00:00:00.000Z', state: 'closed' })]
    const alerts = createAlertReader({ store: { list: () => Promise.resolve(stored), find: id => Promise.resolve(stored.find(one => one.alertId === id) ?? null) } })
    const { call } = await open({ alerts })
    const first = (await call('GET', '/v1/alerts?limit=2', { role: 'reader' })).json<{ items: Alert[]; nextCursor: string }>()
    const rest = (await call('GET', `/v1/alerts?limit=2&cursor=${first.nextCursor}`)).json<{ items: Alert[]; nextCursor: null }>()
    expect([...first.items, ...rest.items].map(alert => alert.alertId)).toEqual(['ALT-2', 'ALT-3', 'ALT-1'])
    expect((await call('GET', '/v1/alerts?state=open&model=es8')).json<{ items: Alert[] }>().items.map(alert => alert.alertId)).toEqual(['ALT-1'])
    expect((await call('GET', '/v1/alerts/ALT-3')).json()).toEqual(stored[2])
    expect((await call('GET', '/v1/alerts/ALT-9')).statusCode).toBe(404)
  })

  it('lets an engineer decide, and logs it', async () => {
    const { call, audited } = await open({
      decideAlert: (alertId, { outcome, reason }) => Promise.resolve(alertOf(alertId, { outcome, outcomeReason: reason })),
    })
    const payload = { outcome: 'confirmed', reason: 'lot 22W10 found' }
    expect((await call('POST', '/v1/alerts/ALT-1/decision', { payload, role: 'contributor' })).statusCode).toBe(403)
    expect((await call('POST', '/v1/alerts/ALT-1/decision', { payload })).json()).toMatchObject({ outcome: 'confirmed' })
    expect((await call('POST', '/v1/alerts/ALT-1/decision', { payload: { outcome: 'open', reason: 'x' } })).statusCode).toBe(422)
    expect(audited).toEqual([{ action: 'alert.decided', subject: 'ALT-1', detail: { outcome: 'confirmed' } }])
  })
})

describe('GET /v1/metrics/failure-rate', () => {
  const rate = {
    component: 'traction-battery', symptom: null, model: null, modelYear: null, region: null, asOf: '2023-02-01', vehicles: 3, events: 2, withoutExposure: 0,
    months: [{ monthsInService: 1, vehicles: 3, events: 2, per1000: 666.7, per1000Interval: [81, 2408] as [number, number], vehicleMonths: 3, eventsInMonth: 2 }],
  }
  it('answers JSON, or a table for who asks for one', async () => {
    const { call } = await open({ readFailureRate: () => Promise.resolve(rate) })
    expect((await call('GET', '/v1/metrics/failure-rate?component=traction-battery')).json()).toEqual(rate)
    const table = await call('GET', '/v1/metrics/failure-rate?component=traction-battery', { headers: { accept: 'text/csv' } })
    expect(table.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(table.body).toBe('\uFEFFmonthsInService,vehicles,events,per1000,per1000Low,per1000High,vehicleMonths,eventsInMonth\r\n1,3,2,666.7,81,2408,3,2\r\n')
    expect((await call('GET', '/v1/metrics/failure-rate?component=traction-battery', { headers: { accept: 'application/json, text/csv' } })).json()).toEqual(rate)
    expect((await call('GET', '/v1/metrics/failure-rate?modelYear=new')).statusCode).toBe(422)
  })
})

describe('confirmations', () => {
  it('are for engineers, who and what is logged, and undone', async () => {
    const confirmCase = (caseId: string, feedbackId: string, { by }: { by: string | null }) => Promise.resolve({ caseId, feedbackId, confirmedAt: '2023-01-09T06:13:00.000Z', confirmedBy: by })
    const { call, audited } = await open({
      caseConfirmations: { confirmCase, unconfirmCase: () => Promise.resolve(), readCase: () => Promise.reject(new FishboneError('FB_NOT_FOUND', 'there is no such case')) },
    })
    const url = '/v1/cases/8D-2021-044/confirmations'
    expect((await call('POST', url, { payload: { feedbackId: 'nomi:F-1' }, role: 'contributor' })).statusCode).toBe(403)
    expect((await call('POST', url, { payload: { feedbackId: 'nomi:F-1' } })).json()).toMatchObject({ caseId: '8D-2021-044', feedbackId: 'nomi:F-1', confirmedBy: expect.stringMatching(/^key_/) as string })
    expect((await call('DELETE', `${url}/nomi%3AF-1`)).statusCode).toBe(204)
    expect(audited).toEqual(['case.confirmed', 'case.unconfirmed'].map(action => ({ action, subject: '8D-2021-044', detail: { feedbackId: 'nomi:F-1' } })))
    expect((await call('GET', '/v1/cases/8D-none')).json()).toMatchObject({ code: 'FB_NOT_FOUND' })
  })
})
