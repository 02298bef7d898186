import { expect, it } from 'vitest'
import { z } from 'zod'
import { FishboneError } from '../../src/domain/error.ts'
import { createInProcessQueue } from '../../src/jobs/in-process-queue.ts'
import { defineJobKind } from '../../src/jobs/job-kind.ts'
import { createJobs } from '../../src/jobs/jobs.ts'
import type { JobQueue } from '../../src/jobs/ports.ts'
import { createMemoryJobStore } from '../doubles/memory-job-store.ts'
import { quietLog } from '../contracts/job-queue.ts'
import { describeJobs } from '../contracts/jobs.ts'
import { describeJobStore } from '../contracts/job-store.ts'

describeJobStore('memory', () => createMemoryJobStore())
describeJobs('in process', () => createInProcessQueue({ log: quietLog }))

const pressing = defineJobKind({ kind: 'press', request: z.object({ lot: z.string() }), attempts: 1, backoffMs: 10 })
const at = '2023-01-09T06:13:00.000Z'

it('keeps a job that could not be queued, for the sweep', async () => {
  const queue: JobQueue = {
    enqueue: () => Promise.reject(new FishboneError('FB_QUEUE_UNAVAILABLE', 'Redis does not answer')),
    work: () => undefined, ping: () => Promise.resolve(), close: () => Promise.resolve(),
  }
  const store = createMemoryJobStore()
  const jobs = createJobs({ store, queue, log: quietLog, now: () => new Date(at), newId: () => '1' })
  expect(await jobs.submit(pressing, { lot: '21W08' })).toMatchObject({ jobId: 'JOB-1', state: 'queued' })
  expect(await store.due(at, 10)).toEqual([{ jobId: 'JOB-1', kind: 'press' }])
})

it('shows standing work under its own id', async () => {
  const standing = {
    'embed-pending-all': () =>
      Promise.resolve({
        jobId: 'embed-pending-all', kind: 'embed-pending', state: 'running' as const, progress: { done: 0, total: 7, message: 'vectors missing' }, attempts: 1, maxAttempts: 1,
        createdAt: at, startedAt: at, finishedAt: null, cancelRequested: false, revision: 7,
      }),
  }
  const jobs = createJobs({ store: createMemoryJobStore(), queue: createInProcessQueue({ log: quietLog }), log: quietLog, now: () => new Date(at), newId: () => '1', standing })
  expect(await jobs.find('embed-pending-all')).toMatchObject({ state: 'running', progress: { total: 7 } })
  expect(await jobs.find('toString')).toBeNull()
  expect(await jobs.waitFor('embed-pending-all', 0)).toMatchObject({ state: 'running' })
})
