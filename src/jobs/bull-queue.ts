import Queue from 'bull'
import { Redis } from 'ioredis'
import type { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import { isWorthRetrying, jobIdOf, parsePayload } from './payload.ts'
import type { JobDefinition, JobLog, JobQueue } from './ports.ts'

/** How long Redis may take to answer before a call is told that the queue is away. */
const answerMs = 2_000
/** So long nobody waits again for a Redis that did not answer: a request that queues something would else take two seconds more, each. */
const awayMs = 3_000
/** A job holds its lock while the event loop is free; a minute bears long batches. */
const lockMs = 60_000

const unavailable = (cause?: unknown) => new FishboneError('FB_QUEUE_UNAVAILABLE', 'Redis does not answer', { cause })

/** Bull buffers commands while Redis is away; a caller must not wait for that. */
const inTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable()), answerMs)
  })
  work.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } catch (error) {
    throw error instanceof FishboneError ? error : unavailable(error)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The queue on Redis, shared by any number of processes; one Bull queue a definition. A finished job is forgotten at once, so that its key
 * may be queued again.
 *
 * @param prefix keeps installations that share a Redis apart.
 */
export const createBullQueue = ({ redisUrl, prefix = 'fishbone', log }: { redisUrl: string; prefix?: string; log: JobLog }): JobQueue => {
  const queues = new Map<string, Queue.Queue>()
  const stop = new AbortController()
  let pinger: Redis | null = null
  let isClosing = false

  let awayUntil = -Infinity
  const whileThere = async (work: Promise<unknown>) => {
    try {
      await inTime(work)
    } catch (error) {
      awayUntil = performance.now() + awayMs
      throw error
    }
  }

  let toldAt = -Infinity
  /** Every queue tries again and again: one line a minute says as much. */
  const tellOnce = (error: Error, queue: string) => {
    if (performance.now() - toldAt < 60_000) return
    toldAt = performance.now()
    log.warn({ err: error, queue }, 'Redis cannot be reached; it is tried again')
  }

  const queueOf = (name: string): Queue.Queue => {
    const known = queues.get(name)
    if (known) return known
    const queue = new Queue(name, redisUrl, { prefix, settings: { lockDuration: lockMs, maxStalledCount: 1 }, redis: { maxRetriesPerRequest: null } })
    queue.on('error', error => tellOnce(error, name))
    queues.set(name, queue)
    return queue
  }

  const add = async (definition: JobDefinition, payload: unknown) => {
    const parsed: unknown = parsePayload(definition, payload)
    const jobId = jobIdOf(definition, parsed)
    const { attempts, backoffMs } = definition
    if (performance.now() < awayUntil) throw unavailable()
    await whileThere(queueOf(definition.name).add(parsed, { jobId, attempts, backoff: { type: 'exponential', delay: backoffMs }, removeOnComplete: true, removeOnFail: true }))
    return { jobId, kind: definition.name }
  }

  return {
    async enqueue(definition, payload) {
      if (isClosing) throw unavailable()
      return add(definition, payload)
    },
    work<P extends z.ZodType>(definition: JobDefinition<P>, handler: (payload: z.output<P>, context: { signal: AbortSignal }) => Promise<void>) {
      const process = async (job: Queue.Job) => {
        try {
          await handler(parsePayload(definition, job.data), { signal: stop.signal })
        } catch (error) {
          const isLast = job.attemptsMade + 1 >= definition.attempts || !isWorthRetrying(error)
          log[isLast ? 'error' : 'warn']({ err: error, jobId: job.id, attempt: job.attemptsMade + 1 }, isLast ? 'job failed' : 'job will be tried again')
          if (!isWorthRetrying(error)) await job.discard()
          throw error
        }
      }
      queueOf(definition.name)
        .process(process)
        .catch((error: unknown) => log.warn({ err: error, queue: definition.name }, 'the queue does not work on its jobs'))
    },
    async ping() {
      if (isClosing) throw unavailable()
      pinger ??= openPinger(redisUrl, error => tellOnce(error, 'ping'))
      await inTime(pinger.ping())
    },
    async close(graceMs = 5_000) {
      isClosing = true
      const timer = setTimeout(() => stop.abort(), graceMs)
      // Pausing waits for the jobs that run; closing first would leave them to be taken for stalled.
      await Promise.allSettled([...queues.values()].map(async queue => {
        await inTime(queue.pause(true)).catch(() => undefined)
        await inTime(queue.close(true)).catch(() => undefined)
      }))
      pinger?.disconnect()
      clearTimeout(timer)
      stop.abort()
    },
  }
}

/** A connection that only asks whether Redis is there: a queue made for it would open three. Without a listener its first failure would end the process. */
const openPinger = (redisUrl: string, onError: (error: Error) => void): Redis => {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null })
  redis.on('error', onError)
  return redis
}
