import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { FishboneError } from '../../src/domain/error.ts'
import type { Job } from '../../src/domain/job.ts'
import { defineJobKind } from '../../src/jobs/job-kind.ts'
import { auditInto, bearer, buildTestApp, createTestJobs } from './app-double.ts'

const press = defineJobKind({ kind: 'press', request: z.object({ lot: z.string() }), attempts: 1, backoffMs: 10 })

let close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of close) await one()
  close = []
})

const open = async () => {
  const long = createTestJobs()
  const audited: unknown[] = []
  const app = await buildTestApp({ jobs: long.jobs, audit: auditInto(audited) })
  close.push(() => app.close(), long.close)
  const call = (method: 'GET' | 'POST' | 'DELETE', url: string, role: Parameters<typeof bearer>[0] = 'admin', headers: Record<string, string> = {}) =>
    app.inject({ method, url, headers: { ...bearer(role), ...headers } })
  return { ...long, app, call, audited }
}

const untilAborted = (_request: unknown, { signal }: { signal: AbortSignal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

describe('GET /v1/jobs/{id}', () => {
  it('shows state, progress and result, and not what was asked', async () => {
    const { jobs, call } = await open()
    jobs.work(press, () => Promise.resolve({ pressed: 4 }))
    const { jobId } = await jobs.submit(press, { lot: '21W08' }, { requestedBy: 'key_1' })
    await jobs.waitFor(jobId, 5_000)
    const reply = await call('GET', `/v1/jobs/${jobId}`, 'reader')
    expect(reply.json()).toMatchObject({ jobId, kind: 'press', state: 'done', result: { pressed: 4 }, progress: { done: 0, total: 0, message: '' } })
    expect(reply.body).not.toMatch(/21W08|key_1/)
    expect((await call('GET', '/v1/jobs/JOB-none')).json()).toMatchObject({ status: 404, code: 'FB_NOT_FOUND' })
  })
})

describe('GET /v1/jobs', () => {
  it('is for admins, by pages, newest first, by state', async () => {
    const { jobs, call } = await open()
    jobs.work(press, ({ lot }) => (lot === 'bad' ? Promise.reject(new FishboneError('FB_INVALID', 'no such lot')) : Promise.resolve(lot)))
    const ids: string[] = []
    for (const lot of ['a', 'bad', 'c']) {
      ids.push((await jobs.submit(press, { lot })).jobId)
      await jobs.waitFor(ids.at(-1)!, 5_000)
      await new Promise(resolve => setTimeout(resolve, 2))
    }
    expect((await call('GET', '/v1/jobs', 'engineer')).statusCode).toBe(403)
    const first = (await call('GET', '/v1/jobs?limit=2')).json<{ items: Job[]; nextCursor: string }>()
    const rest = (await call('GET', `/v1/jobs?limit=2&cursor=${first.nextCursor}`)).json<{ items: Job[]; nextCursor: null }>()
    expect([...first.items, ...rest.items].map(job => job.jobId)).toEqual(ids.toReversed())
    expect(rest.nextCursor).toBeNull()
    expect((await call('GET', '/v1/jobs?state=failed')).json<{ items: Job[] }>().items).toMatchObject([{ jobId: ids[1], error: { code: 'FB_INVALID' } }])
    for (const query of ['limit=0', 'limit=201', 'cursor=nonsense', 'state=lost', 'sort=age']) expect((await call('GET', `/v1/jobs?${query}`)).statusCode).toBe(422)
  })
})

describe('DELETE /v1/jobs/{id}', () => {
  it('stops a job that runs, and logs who did', async () => {
    const { jobs, call, audited } = await open()
    jobs.work(press, untilAborted)
    const { jobId } = await jobs.submit(press, { lot: '21W08' })
    expect((await call('DELETE', `/v1/jobs/${jobId}`, 'engineer')).statusCode).toBe(200)
    expect(audited).toEqual([{ action: 'job.cancelled', subject: jobId, detail: { kind: 'press' } }])
    expect(await jobs.waitFor(jobId, 5_000)).toMatchObject({ state: 'cancelled' })
  })

  it('leaves the work of others alone, and what is over', async () => {
    const { jobs, call, audited } = await open()
    jobs.work(press, () => Promise.resolve(1))
    const { jobId } = await jobs.submit(press, { lot: '21W08' }, { requestedBy: 'key_other' })
    await jobs.waitFor(jobId, 5_000)
    expect((await call('DELETE', `/v1/jobs/${jobId}`, 'contributor')).json()).toMatchObject({ code: 'FB_FORBIDDEN' })
    expect((await call('DELETE', `/v1/jobs/${jobId}`, 'engineer')).json()).toMatchObject({ code: 'FB_CONFLICT' })
    expect(audited).toEqual([])
  })
})

describe('POST /v1/jobs/{id}/retry', () => {
  it('queues a dead letter again, answers with its result in time, and needs no body', async () => {
    const { jobs, call, audited } = await open()
    let tries = 0
    jobs.work(press, () => (++tries === 1 ? Promise.reject(new FishboneError('FB_NO_SUBJECT', 'nothing to press')) : Promise.resolve({ pressed: 4 })))
    const { jobId } = await jobs.submit(press, { lot: '21W08' })
    await jobs.waitFor(jobId, 5_000)
    const reply = await call('POST', `/v1/jobs/${jobId}/retry?wait=5`, 'admin', { 'content-type': 'application/json' })
    expect([reply.statusCode, reply.json()]).toEqual([200, { pressed: 4 }])
    expect((await call('POST', `/v1/jobs/${jobId}/retry`)).json()).toMatchObject({ code: 'FB_CONFLICT' })
    expect(audited).toEqual([{ action: 'job.retried', subject: jobId }])
  })

  it('answers 202 with the place to look without wait, a repeat too, and the error of a job that failed in time', async () => {
    const { jobs, call } = await open()
    jobs.work(press, () => Promise.reject(new FishboneError('FB_NO_SUBJECT', 'nothing to press')))
    const { jobId } = await jobs.submit(press, { lot: '21W08' })
    await jobs.waitFor(jobId, 5_000)
    const retry = () => call('POST', `/v1/jobs/${jobId}/retry`, 'admin', { 'idempotency-key': 'retry-1' })
    const [reply, repeat] = [await retry(), await retry()]
    expect(reply.statusCode).toBe(202)
    expect(reply.headers['location']).toBe(`/v1/jobs/${jobId}`)
    expect(reply.json()).toMatchObject({ jobId })
    expect([repeat.statusCode, repeat.headers['location'], repeat.body]).toEqual([202, `/v1/jobs/${jobId}`, reply.body])
    await jobs.waitFor(jobId, 5_000)
    expect((await call('POST', `/v1/jobs/${jobId}/retry?wait=5`)).json()).toMatchObject({ status: 422, code: 'FB_NO_SUBJECT', detail: 'nothing to press' })
    expect((await call('POST', `/v1/jobs/${jobId}/retry?wait=31`)).statusCode).toBe(422)
  })
})

describe('GET /v1/jobs/{id}/events', () => {
  it('tells progress and the end, and stops a reader that has seen it all', async () => {
    const { jobs, call } = await open()
    jobs.work(press, async (_request, { onProgress }) => {
      onProgress({ done: 1, total: 2, message: 'pressing' })
      await new Promise(resolve => setTimeout(resolve, 60))
      return { pressed: 4 }
    })
    const { jobId } = await jobs.submit(press, { lot: '21W08' })
    const stream = await call('GET', `/v1/jobs/${jobId}/events`, 'reader')
    expect(stream.headers['content-type']).toContain('text/event-stream')
    const events = stream.body.split('\n\n').filter(block => block.includes('data: ')).map(block => ({
      event: /^event: (.*)$/m.exec(block)?.[1], id: /^id: (.*)$/m.exec(block)?.[1], job: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') as Job,
    }))
    expect(events.some(({ event, job }) => event === 'progress' && job.progress.message === 'pressing')).toBe(true)
    expect(events.at(-1)).toMatchObject({ event: 'done', job: { result: { pressed: 4 } } })
    expect((await call('GET', `/v1/jobs/${jobId}/events`, 'reader', { 'last-event-id': events.at(-1)?.id ?? '' })).statusCode).toBe(204)
    const later = await call('GET', `/v1/jobs/${jobId}/events`, 'reader', { 'last-event-id': '1' })
    expect(later.body.match(/^event: /gm)).toHaveLength(1)
    expect((await call('GET', '/v1/jobs/JOB-none/events')).json()).toMatchObject({ code: 'FB_NOT_FOUND' })
  })

  it('ends when the server closes, though the job goes on', async () => {
    const { jobs, app } = await open()
    jobs.work(press, untilAborted)
    const { jobId } = await jobs.submit(press, { lot: '21W08' })
    const stream = app.inject({ method: 'GET', url: `/v1/jobs/${jobId}/events`, headers: bearer('reader') })
    await expect.poll(async () => (await jobs.find(jobId))?.state).toBe('running')
    await app.close()
    expect((await stream).body).toContain('event: progress')
  })
})
