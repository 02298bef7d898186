import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { FishboneError } from '../../src/domain/error.ts'
import { defineJob } from '../../src/jobs/ports.ts'
import type { JobQueue } from '../../src/jobs/ports.ts'

/** What every queue behind the port does; each adapter runs it. */
export const describeJobQueue = (name: string, open: () => JobQueue): void => {
  describe(`job queue: ${name}`, () => {
    let queue: JobQueue
    let serial = 0
    // A queue on a server outlives the test: each test has a definition of its own.
    const define = (attempts = 1) =>
      defineJob({ name: `weld-${process.pid}-${serial++}`, payload: z.object({ lot: z.string() }), attempts, backoffMs: 10, idempotencyKey: ({ lot }) => lot })

    beforeEach(() => {
      queue = open()
    })
    afterEach(() => queue.close())

    it('does a job once, with its payload', async () => {
      const job = define()
      const done: string[] = []
      queue.work(job, ({ lot }) => Promise.resolve(void done.push(lot)))
      expect(await queue.enqueue(job, { lot: '21W08' })).toEqual({ jobId: `${job.name}-21W08`, kind: job.name })
      await expect.poll(() => done).toEqual(['21W08'])
    })

    it('takes two jobs of one key that wait for one', async () => {
      const job = define()
      const done: string[] = []
      await queue.enqueue(job, { lot: '21W08' })
      await queue.enqueue(job, { lot: '21W08' })
      await queue.enqueue(job, { lot: '21W09' })
      queue.work(job, ({ lot }) => Promise.resolve(void done.push(lot)))
      await expect.poll(() => done.toSorted()).toEqual(['21W08', '21W09'])
    })

    it('does a job of the same key again once the first is done', async () => {
      const job = define()
      let count = 0
      queue.work(job, () => Promise.resolve(void count++))
      await queue.enqueue(job, { lot: '21W08' })
      await expect.poll(() => count).toBe(1)
      await expect.poll(async () => (await queue.enqueue(job, { lot: '21W08' }), count)).toBeGreaterThan(1)
    })

    it('tries a failed job again, as often as its definition says', async () => {
      const job = define(3)
      let tries = 0
      queue.work(job, () => (tries++, Promise.reject(new Error('the press is busy'))))
      await queue.enqueue(job, { lot: '21W08' })
      await expect.poll(() => tries, { timeout: 5_000 }).toBe(3)
      await new Promise(resolve => setTimeout(resolve, 150))
      expect(tries).toBe(3)
    })

    it('does not try again what cannot succeed', async () => {
      const job = define(3)
      let tries = 0
      queue.work(job, () => (tries++, Promise.reject(new FishboneError('FB_INVALID', 'no such lot'))))
      await queue.enqueue(job, { lot: '21W08' })
      await expect.poll(() => tries).toBe(1)
      await new Promise(resolve => setTimeout(resolve, 150))
      expect(tries).toBe(1)
    })

    it('refuses a payload of a wrong shape', async () => {
      await expect(queue.enqueue(define(), { lot: 8 } as never)).rejects.toMatchObject({ code: 'FB_INVALID' })
    })

    it('waits for the job that runs before it closes, and takes no more', async () => {
      const job = define()
      const steps: string[] = []
      queue.work(job, async () => {
        steps.push('begun')
        await new Promise(resolve => setTimeout(resolve, 100))
        steps.push('ended')
      })
      await queue.enqueue(job, { lot: '21W08' })
      await expect.poll(() => steps).toEqual(['begun'])
      await queue.close()
      expect(steps).toEqual(['begun', 'ended'])
      await expect(queue.enqueue(job, { lot: '21W09' })).rejects.toMatchObject({ code: 'FB_QUEUE_UNAVAILABLE' })
      await expect(queue.ping()).rejects.toMatchObject({ code: 'FB_QUEUE_UNAVAILABLE' })
    })

    it('tells a job that runs over the grace of the stop to end', async () => {
      const job = define()
      let wasTold = false
      let hasBegun = false
      queue.work(job, (_payload, { signal }) => {
        hasBegun = true
        return new Promise(resolve => signal.addEventListener('abort', () => ((wasTold = true), resolve())))
      })
      await queue.enqueue(job, { lot: '21W08' })
      await expect.poll(() => hasBegun).toBe(true)
      await queue.close(50)
      expect(wasTold).toBe(true)
    })
  })
}

export const quietLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
