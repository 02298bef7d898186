import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBullQueue } from '../../src/jobs/bull-queue.ts'
import { describeJobQueue, quietLog } from '../contracts/job-queue.ts'
import { describeJobs } from '../contracts/jobs.ts'

const hasRedis = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const freePort = () =>
  new Promise<number>(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

if (hasRedis) {
  let redis: ChildProcess
  let redisUrl = ''
  beforeAll(async () => {
    const port = await freePort()
    redisUrl = `redis://127.0.0.1:${port}`
    redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' })
    const queue = createBullQueue({ redisUrl, log: quietLog })
    for (let tries = 0; tries < 10 && !(await queue.ping().then(() => true, () => false)); tries++);
    await queue.ping()
    await queue.close()
  })
  afterAll(() => void redis.kill())
  describeJobQueue('Bull on Redis', () => createBullQueue({ redisUrl, log: quietLog }))
  describeJobs('Bull on Redis', () => createBullQueue({ redisUrl, log: quietLog }))
} else {
  describe.skip('job queue: Bull on Redis — DID NOT RUN: there is no redis-server on this machine', () => {
    it('runs where redis-server is installed', () => undefined)
  })
  process.stderr.write('\nBull on Redis DID NOT RUN its contract suite: there is no redis-server on this machine (Debian: redis-server)\n')
}

it('says within seconds that Redis is away', async () => {
  const queue = createBullQueue({ redisUrl: `redis://127.0.0.1:${await freePort()}`, log: quietLog })
  await expect(queue.ping()).rejects.toMatchObject({ code: 'FB_QUEUE_UNAVAILABLE' })
  await queue.close()
})
