import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { FishboneError } from '../../src/domain/error.ts'
import type { JobRecord } from '../../src/domain/job.ts'
import type { JobStore } from '../../src/graph/ports/jobs.ts'
import { defineJobKind } from '../../src/jobs/job-kind.ts'
import { createJobs } from '../../src/jobs/jobs.ts'
import type { Jobs } from '../../src/jobs/jobs.ts'
import type { JobQueue } from '../../src/jobs/ports.ts'
import { createMemoryJobStore } from '../doubles/memory-job-store.ts'
import { quietLog } from './job-queue.ts'

const times = { leaseMs: 400, beatMs: 20, pollMs: 20 }

/** What long work with records does over any queue; each adapter runs it. */
export const describeJobs = (name: string, openQueue: () => JobQueue): void => {
  describe(`jobs with records: ${name}`, () => {
    let serial = 0
    let opened: { jobs: Jobs; queue: JobQueue }[] = []
    const kindOf = (given: { attempts?: number; backoffMs?: number } = {}) =>
      defineJobKind({ kind: `press-${process.pid}-${serial++}`, request: z.object({ lot: z.string() }), attempts: given.attempts ?? 3, backoffMs: given.backoffMs ?? 10 })
    const open = (store: JobStore = createMemoryJobStore()) => {
      const queue = openQueue()
      const jobs = createJobs({ store, queue, log: quietLog, now: () => new Date(), newId: () => crypto.randomUUID(), ...times })
      opened.push({ jobs, queue })
      return { jobs, queue, store }
    }
    afterEach(async () => {
      for (const { jobs, queue } of opened) {
        jobs.close()
        await queue.close(50)
      }
      opened = []
    })
    const over = async (jobs: Jobs, jobId: string): Promise<JobRecord> => (await jobs.waitFor(jobId, 10_000))!

    it('does the work and keeps what came of it', async () => {
      const { jobs } = open()
      const kind = kindOf()
      jobs.work(kind, ({ lot }, { requestedBy }) => Promise.resolve({ pressed: lot, by: requestedBy }))
      const { jobId, state } = await jobs.submit(kind, { lot: '21W08' }, { requestedBy: 'key_1' })
      expect(state).toBe('queued')
      expect(await over(jobs, jobId)).toMatchObject({ state: 'done', result: { pressed: '21W08', by: 'key_1' }, attempts: 1 })
    })

    it('tells progress and the end to who watches, and the end alone to who has seen it all', async () => {
      const { jobs } = open()
      const kind = kindOf()
      let go: () => void = () => undefined
      jobs.work(kind, async (_request, { onProgress }) => {
        onProgress({ done: 1, total: 2, message: 'pressing' })
        await new Promise<void>(resolve => (go = resolve))
        return 'pressed'
      })
      const { jobId } = await jobs.submit(kind, { lot: '21W08' })
      const told: JobRecord[] = []
      for await (const job of jobs.watch(jobId)) {
        told.push(job)
        if (job.progress.message === 'pressing') go()
      }
      expect(told.at(-1)).toMatchObject({ state: 'done', result: 'pressed' })
      expect(told.map(job => job.revision)).toEqual(told.map(job => job.revision).toSorted((a, b) => a - b))
      const again: JobRecord[] = []
      for await (const job of jobs.watch(jobId, { seen: told.at(-1)!.revision })) again.push(job)
      expect(again.map(job => job.state)).toEqual(['done'])
    })

    it('tries again after a failure that may pass, then gives up', async () => {
      const { jobs } = open()
      const kind = kindOf({ attempts: 3 })
      let tries = 0
      jobs.work(kind, () => (tries++, Promise.reject(new FishboneError('FB_GRAPH_UNAVAILABLE', 'away'))))
      const { jobId } = await jobs.submit(kind, { lot: '21W08' })
      expect(await over(jobs, jobId)).toMatchObject({ state: 'failed', attempts: 3, error: { code: 'FB_GRAPH_UNAVAILABLE', message: 'away' } })
      expect(tries).toBe(3)
    })

    it('gives up at once what cannot succeed, and can be told to try again', async () => {
      const { jobs } = open()
      const kind = kindOf()
      let tries = 0
      jobs.work(kind, () => (++tries === 1 ? Promise.reject(new FishboneError('FB_NO_SUBJECT', 'nothing to press')) : Promise.resolve('pressed')))
      const { jobId } = await jobs.submit(kind, { lot: '21W08' })
      expect(await over(jobs, jobId)).toMatchObject({ state: 'failed', attempts: 1, error: { code: 'FB_NO_SUBJECT' } })
      await jobs.retry(jobId)
      expect(await over(jobs, jobId)).toMatchObject({ state: 'done', result: 'pressed' })
      await expect(jobs.retry(jobId)).rejects.toMatchObject({ code: 'FB_CONFLICT' })
      await expect(jobs.retry('JOB-none')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
    })

    it('says nothing of the inside when a handler breaks', async () => {
      const { jobs } = open()
      const kind = kindOf({ attempts: 1 })
      jobs.work(kind, () => Promise.reject(new Error('secret word')))
      const { jobId } = await jobs.submit(kind, { lot: '21W08' })
      const job = await over(jobs, jobId)
      expect(job).toMatchObject({ state: 'failed', error: { code: 'FB_INTERNAL' } })
      expect(JSON.stringify(job)).not.toContain('secret word')
    })

    it('stops a job that runs when it is cancelled', async () => {
      const { jobs } = open()
      const kind = kindOf()
      let begun: () => void = () => undefined
      const hasBegun = new Promise<void>(resolve => (begun = resolve))
      jobs.work(kind, (_request, { signal }) => {
        begun()
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      })
      const { jobId } = await jobs.submit(kind, { lot: '21W08' })
      await hasBegun
      expect(await jobs.cancel(jobId)).toMatchObject({ state: 'running', cancelRequested: true })
      expect(await over(jobs, jobId)).toMatchObject({ state: 'cancelled' })
    })

    it('never begins a job that was cancelled before', async () => {
      const { jobs } = open()
      const kind = kindOf()
      const { jobId } = await jobs.submit(kind, { lot: '21W08' })
      await jobs.cancel(jobId)
      let runs = 0
      jobs.work(kind, () => Promise.resolve(runs++))
      expect(await over(jobs, jobId)).toMatchObject({ state: 'cancelled' })
      await jobs.submit(kind, { lot: '21W09' })
      await expect.poll(() => runs).toBe(1)
    })

    it('gives a job back when the process stops, at no cost of attempts, and another does it', async () => {
      const first = open()
      const kind = kindOf({ attempts: 1 })
      let begun: () => void = () => undefined
      const hasBegun = new Promise<void>(resolve => (begun = resolve))
      first.jobs.work(kind, (_request, { signal }) => {
        begun()
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      })
      const { jobId } = await first.jobs.submit(kind, { lot: '21W08' })
      await hasBegun
      first.jobs.close()
      await first.queue.close(10)
      expect(await first.store.find(jobId)).toMatchObject({ state: 'queued', attempts: 0 })
      const second = open(first.store)
      second.jobs.work(kind, () => Promise.resolve('pressed'))
      expect(await second.jobs.sweep()).toBe(1)
      expect(await over(second.jobs, jobId)).toMatchObject({ state: 'done', result: 'pressed', attempts: 1 })
    })

    it('does what a queue lost, and what a worker that died had begun, once the sweep finds it', async () => {
      const { jobs, store } = open()
      const kind = kindOf()
      const done: string[] = []
      jobs.work(kind, ({ lot }) => Promise.resolve(void done.push(lot)))
      const at = new Date().toISOString()
      for (const lot of ['lost', 'dead']) await store.create({ jobId: `JOB-${lot}-${kind.kind}`, kind: kind.kind, request: { lot }, requestedBy: null, maxAttempts: 3, at })
      await store.claim({ jobId: `JOB-dead-${kind.kind}`, runId: 'gone', at, leaseUntil: new Date(Date.now() + 100).toISOString() })
      await expect.poll(async () => (await jobs.sweep(), done.toSorted()), { timeout: 5_000 }).toEqual(['dead', 'lost'])
    })

    it('does a job once however often it is queued', async () => {
      const { jobs } = open()
      const kind = kindOf()
      let runs = 0
      jobs.work(kind, async () => {
        runs++
        await new Promise(resolve => setTimeout(resolve, 60))
      })
      const { jobId } = await jobs.submit(kind, { lot: '21W08' })
      await jobs.submit(kind, { lot: '21W08' }, { jobId })
      await jobs.sweep()
      await over(jobs, jobId)
      await jobs.sweep()
      await new Promise(resolve => setTimeout(resolve, 50))
      expect(runs).toBe(1)
    })

    it('keeps a long job whose worker lives', async () => {
      const { jobs } = open()
      const other = jobs
      const kind = kindOf()
      let runs = 0
      jobs.work(kind, async () => {
        runs++
        await new Promise(resolve => setTimeout(resolve, times.leaseMs * 2))
      })
      const { jobId } = await jobs.submit(kind, { lot: '21W08' })
      const sweeping = setInterval(() => void other.sweep(), 50)
      expect(await over(jobs, jobId)).toMatchObject({ state: 'done', attempts: 1 })
      clearInterval(sweeping)
      expect(runs).toBe(1)
    })
  })
}
