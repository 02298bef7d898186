import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { afterEach, expect, it, vi } from 'vitest'
import type { GiveWay } from '../../src/give-way.ts'
import { defineJobKind } from '../../src/jobs/job-kind.ts'
import { bearer, buildTestApp, createTestJobs, feedbackBody, triage } from './app-double.ts'

const press = defineJobKind({ kind: 'press', request: z.object({ lot: z.string() }), attempts: 1, backoffMs: 10 })

let close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of close) await one()
  close = []
})

/** The app, and how many of its calls others give way to now and in all. */
const open = async (services: Parameters<typeof buildTestApp>[0] = {}) => {
  const counted = { now: 0, all: 0 }
  const giveWay: Pick<GiveWay, 'first'> = {
    async first(work) {
      counted.now++
      counted.all++
      try {
        return await work()
      } finally {
        counted.now--
      }
    },
  }
  const long = createTestJobs()
  const app = await buildTestApp({ jobs: long.jobs, giveWay, ...services })
  close.push(() => app.close(), long.close)
  return { app, counted, jobs: long.jobs }
}
const accepted = { feedbackId: 'hotline:F-1', issueId: null, issueIsNew: false, triage, isNew: true }

it('lets a report and a question go first while they run, and a refused call too', async () => {
  const seen: number[] = []
  const { app, counted } = await open({
    acceptFeedback: () => (seen.push(counted.now), Promise.resolve(accepted)),
    readFeedback: () => (seen.push(counted.now), Promise.reject(new Error('broken'))),
  })
  expect((await app.inject({ method: 'POST', url: '/v1/feedback', headers: bearer('contributor'), payload: feedbackBody })).statusCode).toBe(201)
  expect((await app.inject({ url: '/v1/feedback/x', headers: bearer('admin') })).statusCode).toBe(500)
  expect(seen).toEqual([1, 1])
  await vi.waitFor(() => expect(counted.now).toBe(0))
})

it('gives way to nobody who only waits: for news, for a job, with an upload, or without a key', async () => {
  const { app, counted, jobs } = await open({ spool: { open: () => Promise.reject(new Error('no disk')) } })
  const { jobId } = await jobs.submit(press, { lot: '21W08' })
  const stop = new AbortController()
  const news = app.inject({ url: `/v1/jobs/${jobId}/events`, headers: bearer('admin'), signal: stop.signal })
  news.catch(() => undefined)
  await app.inject({ method: 'POST', url: '/v1/imports?kind=vehicles', headers: { ...bearer('admin'), 'content-type': 'application/x-ndjson' }, payload: '{}' })
  await app.inject({ method: 'POST', url: '/v1/root-cause-analyses?wait=30', headers: bearer('admin'), payload: { component: 'brakes' } })
  await app.inject({ url: '/v1/issues' })
  expect(counted.all).toBe(0)
  stop.abort()
})

it('rests no longer for a caller that has left', async () => {
  const { app, counted } = await open({ readFeedback: () => pause(5_000, null, { ref: false }) })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const stop = new AbortController()
  const asked = fetch(`${address}/v1/feedback/x`, { headers: bearer('reader'), signal: stop.signal })
  asked.catch(() => undefined)
  await vi.waitFor(() => expect(counted.now).toBe(1))
  stop.abort()
  await vi.waitFor(() => expect(counted.now).toBe(0))
})
