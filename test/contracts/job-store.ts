import { beforeAll, describe, expect, it } from 'vitest'
import type { JobStore } from '../../src/graph/ports/jobs.ts'

const at = (second: number) => new Date(Date.UTC(2023, 0, 9, 6, 0, second)).toISOString()

/** What every store of job records does; each adapter runs it. @param open once; every test has jobs of its own. */
export const describeJobStore = (name: string, open: () => JobStore | Promise<JobStore>): void => {
  describe(`job store: ${name}`, () => {
    let store: JobStore
    let serial = 0
    beforeAll(async () => {
      store = await open()
    })
    const create = async (given: { kind?: string; maxAttempts?: number; second?: number } = {}) => {
      const { kind = 'weld', maxAttempts = 3, second = 0 } = given
      const jobId = `JOB-${process.pid}-${serial++}`
      await store.create({ jobId, kind, request: { lot: '21W08' }, requestedBy: 'key_1', maxAttempts, at: at(second) })
      return jobId
    }
    const claim = (jobId: string, runId: string, second: number) => store.claim({ jobId, runId, at: at(second), leaseUntil: at(second + 10) })

    it('keeps a new job, and one that is there as it is', async () => {
      const jobId = await create()
      await store.create({ jobId, kind: 'paint', request: {}, requestedBy: null, maxAttempts: 1, at: at(9) })
      expect(await store.find(jobId)).toMatchObject({
        jobId, kind: 'weld', state: 'queued', request: { lot: '21W08' }, requestedBy: 'key_1', attempts: 0, maxAttempts: 3, createdAt: at(0), startedAt: null,
        finishedAt: null, cancelRequested: false, progress: { done: 0, total: 0, message: '' },
      })
      expect(await store.find('JOB-none')).toBeNull()
    })

    it('gives a job to one of many workers that want it', async () => {
      const jobId = await create()
      const claims = await Promise.all(['a', 'b', 'c', 'd'].map(runId => claim(jobId, runId, 1)))
      expect(claims.filter(one => one?.taken)).toHaveLength(1)
      expect(await store.find(jobId)).toMatchObject({ state: 'running', attempts: 1, startedAt: at(1) })
    })

    it('takes a job from a worker whose lease ran out, and lets that one write no more', async () => {
      const jobId = await create()
      await claim(jobId, 'a', 1)
      expect((await claim(jobId, 'b', 10))?.taken).toBe(false)
      expect((await claim(jobId, 'b', 11))?.taken).toBe(true)
      expect(await store.renew({ jobId, runId: 'a', at: at(12), leaseUntil: at(22), progress: null })).toMatchObject({ isMine: false })
      expect(await store.end({ jobId, runId: 'a', at: at(12), state: 'done', result: 1 })).toBe(false)
      expect(await store.end({ jobId, runId: 'b', at: at(13), state: 'done', result: { welds: 4 } })).toBe(true)
      expect(await store.find(jobId)).toMatchObject({ state: 'done', result: { welds: 4 }, attempts: 2, finishedAt: at(13) })
    })

    it('keeps the lease of a worker that says it lives, and its progress', async () => {
      const jobId = await create()
      await claim(jobId, 'a', 1)
      const before = (await store.find(jobId))!.revision
      expect(await store.renew({ jobId, runId: 'a', at: at(9), leaseUntil: at(19), progress: { done: 2, total: 5, message: 'welding' } })).toEqual({ isMine: true, cancelRequested: false })
      expect((await claim(jobId, 'b', 12))?.taken).toBe(false)
      const job = (await store.find(jobId))!
      expect(job.progress).toEqual({ done: 2, total: 5, message: 'welding' })
      expect(job.revision).toBeGreaterThan(before)
    })

    it('gives a job back for later, keeps the error, and spares the attempt of a stop', async () => {
      const jobId = await create()
      await claim(jobId, 'a', 1)
      await store.end({ jobId, runId: 'a', at: at(2), state: 'queued', availableAt: at(30), error: { code: 'FB_GRAPH_UNAVAILABLE', message: 'away' } })
      expect(await store.find(jobId)).toMatchObject({ state: 'queued', attempts: 1, error: { code: 'FB_GRAPH_UNAVAILABLE' }, finishedAt: null })
      expect((await claim(jobId, 'b', 29))?.taken).toBe(false)
      expect((await claim(jobId, 'b', 30))?.taken).toBe(true)
      await store.end({ jobId, runId: 'b', at: at(31), state: 'queued', availableAt: at(31), spareAttempt: true })
      const job = (await store.find(jobId))!
      expect(job).toMatchObject({ state: 'queued', attempts: 1 })
      expect(job.error).toBeUndefined()
    })

    it('ends a job whose workers all died with it', async () => {
      const jobId = await create({ maxAttempts: 1 })
      await claim(jobId, 'a', 1)
      expect(await claim(jobId, 'b', 60)).toMatchObject({ taken: false, job: { state: 'failed', error: { code: 'FB_INTERNAL' } } })
    })

    it('cancels a job that waits at once, marks one that runs, and leaves one that is over', async () => {
      const [waits, runs, over] = [await create(), await create(), await create()]
      expect(await store.cancel(waits, at(5))).toMatchObject({ state: 'cancelled', finishedAt: at(5) })
      expect((await claim(waits, 'a', 6))?.taken).toBe(false)
      await claim(runs, 'a', 1)
      expect(await store.cancel(runs, at(5))).toMatchObject({ state: 'running', cancelRequested: true })
      expect(await store.renew({ jobId: runs, runId: 'a', at: at(6), leaseUntil: at(16), progress: null })).toEqual({ isMine: true, cancelRequested: true })
      await claim(over, 'a', 1)
      await store.end({ jobId: over, runId: 'a', at: at(2), state: 'done', result: null })
      expect(await store.cancel(over, at(5))).toMatchObject({ state: 'done', cancelRequested: false })
      expect(await store.cancel('JOB-none', at(5))).toBeNull()
    })

    it('does not run again what was to be cancelled when its worker died', async () => {
      const jobId = await create()
      await claim(jobId, 'a', 1)
      await store.cancel(jobId, at(2))
      expect(await claim(jobId, 'b', 60)).toMatchObject({ taken: false, job: { state: 'cancelled' } })
    })

    it('queues a dead letter again with all its attempts, and nothing else', async () => {
      const jobId = await create({ maxAttempts: 1 })
      expect(await store.retry(jobId, at(1))).toMatchObject({ retried: false, job: { state: 'queued' } })
      await claim(jobId, 'a', 1)
      await store.end({ jobId, runId: 'a', at: at(2), state: 'failed', error: { code: 'FB_INVALID', message: 'no such lot' } })
      const again = await store.retry(jobId, at(70))
      expect(again).toMatchObject({ retried: true, job: { state: 'queued', attempts: 0, startedAt: null, finishedAt: null } })
      expect(again?.job.error).toBeUndefined()
      expect((await claim(jobId, 'b', 70))?.taken).toBe(true)
      expect(await store.retry('JOB-none', at(1))).toBeNull()
    })

    it('names what is due: waiting jobs, and running ones whose worker is gone', async () => {
      const [waits, later, runs, dead] = [await create(), await create(), await create(), await create()]
      await claim(later, 'a', 1)
      await store.end({ jobId: later, runId: 'a', at: at(1), state: 'queued', availableAt: at(50) })
      await claim(runs, 'a', 15)
      await claim(dead, 'a', 1)
      const due = (await store.due(at(20), 1_000)).map(job => job.jobId)
      expect([waits, later, runs, dead].map(jobId => due.includes(jobId))).toEqual([true, false, false, true])
    })

    it('lists newest first, by pages, by state and kind', async () => {
      const kind = `press-${process.pid}`
      const ids = []
      for (const second of [1, 3, 2, 3]) ids.push(await create({ kind, second }))
      const first = await store.list({ state: 'queued', kind, after: null, limit: 2 })
      const rest = await store.list({ state: null, kind, after: first[1]!, limit: 10 })
      expect([...first, ...rest].map(job => job.jobId)).toEqual([ids[3], ids[1], ids[2], ids[0]])
      expect(await store.list({ state: 'done', kind, after: null, limit: 2 })).toEqual([])
      await store.cancel(ids[0]!, at(9))
      expect((await store.counts()).cancelled).toBeGreaterThan(0)
    })

    it('forgets what ended long ago, failed jobs later than others', async () => {
      const ids = [await create(), await create(), await create()]
      for (const [jobId, state] of [[ids[0]!, 'done'], [ids[1]!, 'failed']] as const) {
        await claim(jobId, 'a', 1)
        await store.end({ jobId, runId: 'a', at: at(2), state })
      }
      const purged = await store.purge({ endedBefore: at(3), failedBefore: at(1) }, 1_000)
      expect(ids.map(jobId => purged.includes(jobId))).toEqual([true, false, false])
      expect(await store.find(ids[0]!)).toBeNull()
    })
  })
}
