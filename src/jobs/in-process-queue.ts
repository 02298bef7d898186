import type { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import { isWorthRetrying, jobIdOf, parsePayload } from './payload.ts'
import type { JobDefinition, JobHandler, JobLog, JobQueue, JobTicket } from './ports.ts'

type Waiting = { definition: JobDefinition; jobId: string; payload: unknown; attempt: number }

/**
 * A queue without Redis: jobs run in this process, one after the other for each definition. It keeps nothing over a restart; what is still
 * to be done is marked in the graph, and the next sweep finds it.
 */
export const createInProcessQueue = ({ log }: { log: JobLog }): JobQueue => {
  const handlers = new Map<string, JobHandler>()
  const waiting = new Map<string, Waiting>()
  const busy = new Set<string>()
  const timers = new Map<NodeJS.Timeout, Waiting>()
  const running = new Set<Promise<void>>()
  const stop = new AbortController()
  let isClosing = false

  const retryLater = (job: Waiting) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (!waiting.has(job.jobId)) waiting.set(job.jobId, { ...job, attempt: job.attempt + 1 })
      startNext(job.definition.name)
    }, job.definition.backoffMs * 2 ** (job.attempt - 1))
    timers.set(timer, job)
  }

  const run = async (job: Waiting, handler: JobHandler) => {
    try {
      await handler(parsePayload(job.definition, job.payload), { signal: stop.signal })
    } catch (error) {
      // Cut short by the stop: what it leaves undone is still marked in the graph.
      if (stop.signal.aborted) return
      const isLast = job.attempt >= job.definition.attempts || !isWorthRetrying(error)
      log[isLast ? 'error' : 'warn']({ err: error, jobId: job.jobId, attempt: job.attempt }, isLast ? 'job failed' : 'job will be tried again')
      if (!isLast && !isClosing) retryLater(job)
    }
  }

  const startNext = (name: string) => {
    const handler = handlers.get(name)
    const job = [...waiting.values()].find(one => one.definition.name === name)
    if (isClosing || handler === undefined || job === undefined || busy.has(name)) return
    waiting.delete(job.jobId)
    busy.add(name)
    const done = run(job, handler).finally(() => {
      running.delete(done)
      busy.delete(name)
      startNext(name)
    })
    running.add(done)
  }

  const add = (definition: JobDefinition, payload: unknown): JobTicket => {
    if (isClosing) throw new FishboneError('FB_QUEUE_UNAVAILABLE', 'the queue is closing')
    const parsed: unknown = parsePayload(definition, payload)
    const jobId = jobIdOf(definition, parsed)
    if (!waiting.has(jobId)) waiting.set(jobId, { definition, jobId, payload: parsed, attempt: 1 })
    // The caller has its ticket before the work begins.
    setImmediate(() => startNext(definition.name))
    return { jobId, kind: definition.name }
  }

  return {
    enqueue: (definition, payload) => new Promise(resolve => resolve(add(definition, payload))),
    work<P extends z.ZodType>(definition: JobDefinition<P>, handler: (payload: z.output<P>, context: { signal: AbortSignal }) => Promise<void>) {
      handlers.set(definition.name, handler as JobHandler)
      startNext(definition.name)
    },
    ping: () => (isClosing ? Promise.reject(new FishboneError('FB_QUEUE_UNAVAILABLE', 'the queue is closing')) : Promise.resolve()),
    async close(graceMs = 5_000) {
      isClosing = true
      for (const timer of timers.keys()) clearTimeout(timer)
      const timer = setTimeout(() => stop.abort(), graceMs)
      await Promise.allSettled(running)
      clearTimeout(timer)
      stop.abort()
    },
  }
}
