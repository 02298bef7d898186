import { fork, type ChildProcess } from 'node:child_process'
import { setMaxListeners } from 'node:events'
import { FishboneError } from '../../domain/error.ts'
import type { Log } from '../log.ts'
import type { Wanted, WorkerReply, WorkerRequest } from './worker-messages.ts'

/** A child process that embeds texts; started at the first request, started again when it dies. */
export type ModelProcess = {
  /**
   * @param options.urgent goes before requests that are not.
   * @param options.wanted vectors, unless it says labels.
   * @throws FB_EMBEDDER_UNAVAILABLE when the child cannot be started, died twice over this request, or was closed; the signal's reason on abort.
   */
  request(texts: string[], options: { urgent: boolean; wanted?: Wanted; signal?: AbortSignal | undefined }): Promise<Float32Array[]>
  /** Starts the child now, in the background, and from then on also when it died while nobody asked. */
  start(): void
  /** Whether the child is there and cannot answer yet. */
  isLoading(): boolean
  close(): Promise<void>
}

export type ModelProcessOptions = {
  modulePath: string
  arguments: readonly string[]
  execArgv: readonly string[]
  log: Log
  /** How long one request may take before the child is killed. */
  timeoutMs?: number
  loadTimeoutMs?: number
  /** First pause after a second failure in a row; it doubles up to 30 s. */
  backOffMs?: number
}

type Job = {
  id: number
  texts: string[]
  wanted: Wanted
  urgent: boolean
  attempts: number
  resolve(answers: Float32Array[]): void
  reject(reason: Error): void
}

const maxBackOffMs = 30_000
const closeGraceMs = 2_000
const attemptsPerJob = 2

export function createModelProcess(options: ModelProcessOptions): ModelProcess {
  const { log, timeoutMs = 60_000, loadTimeoutMs = 120_000, backOffMs = 500 } = options
  const waiting: Job[] = []
  let child: ChildProcess | null = null
  let isLoaded = false
  let running: Job | null = null
  let failures = 0
  let restart: NodeJS.Timeout | null = null
  let watchdog: NodeJS.Timeout | undefined
  let loadFailure = ''
  let isClosed = false
  let isKeptWarm = false
  let nextId = 1

  function start(): void {
    if (child !== null || restart !== null || isClosed) return
    const started = fork(options.modulePath, [...options.arguments], {
      serialization: 'advanced',
      execArgv: [...options.execArgv],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child = started
    isLoaded = false
    loadFailure = ''
    started.on('message', (reply: WorkerReply) => onReply(reply))
    started.on('error', error => (loadFailure = error.message))
    // Not 'close': it never comes once the channel has been unreferenced.
    started.on('exit', (code, signal) => onExit(started, `exit code ${code}, signal ${signal}`))
    watch(loadTimeoutMs)
    hold()
  }

  /** The child keeps this process alive only while somebody waits for an answer. */
  function hold(): void {
    const isNeeded = running !== null || waiting.length > 0
    if (isNeeded) {
      child?.ref()
      child?.channel?.ref()
    } else {
      child?.unref()
      child?.channel?.unref()
    }
  }

  function watch(limitMs: number): void {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => {
      log.warn({ limitMs }, 'embedding model does not answer: stopping its process')
      child?.kill('SIGKILL')
    }, limitMs)
    watchdog.unref()
  }

  function onReply(reply: WorkerReply): void {
    clearTimeout(watchdog)
    switch (reply.kind) {
      case 'loaded':
        isLoaded = true
        break
      case 'load-failed':
        loadFailure = reply.reason
        child?.kill()
        return
      case 'answered':
        failures = 0
        if (reply.id === running?.id) running.resolve(reply.answers)
        running = null
        break
      case 'failed':
        if (reply.id === running?.id) running.reject(unavailable(`failed: ${reply.reason}`))
        running = null
        break
    }
    sendNext()
  }

  function onExit(ended: ChildProcess, how: string): void {
    if (child !== ended) return
    clearTimeout(watchdog)
    child = null
    if (isClosed) return
    failures += 1
    log.warn({ how, failures, loadFailure, wasLoaded: isLoaded }, 'embedding model process ended')
    const interrupted = running
    running = null
    if (interrupted !== null && interrupted.attempts < attemptsPerJob) waiting.unshift(interrupted)
    else interrupted?.reject(unavailable(`process ended twice over one request (${how})`))
    // One crash is bad luck and the work goes on at once; a model that does not even load, or keeps crashing, is down.
    const isDown = !isLoaded || failures >= attemptsPerJob
    if (isDown) failAllWaiting(`process cannot be kept running: ${loadFailure || how}`)
    scheduleRestart(isDown ? Math.min(maxBackOffMs, backOffMs * 2 ** (failures - 1)) : 0)
  }

  function scheduleRestart(delayMs: number): void {
    restart = setTimeout(() => {
      restart = null
      if (waiting.length > 0 || isKeptWarm) start()
    }, delayMs)
    if (waiting.length === 0) restart.unref()
  }

  function failAllWaiting(reason: string): void {
    for (const job of waiting.splice(0)) job.reject(unavailable(reason))
  }

  function sendNext(): void {
    if (isLoaded && running === null && child !== null) {
      const job = takeNext(waiting)
      if (job !== undefined) {
        job.attempts += 1
        running = job
        watch(timeoutMs)
        const message: WorkerRequest = { id: job.id, wanted: job.wanted, texts: job.texts }
        // A channel that breaks under the message is followed by 'exit', which decides what becomes of the job.
        child.send(message, () => undefined)
      }
    }
    hold()
  }

  return {
    start: () => {
      isKeptWarm = true
      start()
    },
    isLoading: () => child !== null && !isLoaded,
    request(texts, { urgent, wanted = 'vectors', signal }) {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error)
      if (isClosed) return Promise.reject(unavailable('was closed'))
      if (restart !== null && failures >= attemptsPerJob) return Promise.reject(unavailable('is down and will be tried again soon'))
      return new Promise((resolve, reject) => {
        const settle = () => signal?.removeEventListener('abort', abort)
        const job: Job = {
          id: nextId++, texts, wanted, urgent, attempts: 0,
          resolve: answers => { settle(); resolve(answers) },
          reject: reason => { settle(); reject(reason) },
        }
        const abort = () => {
          // A request already with the child is let run out: its answer finds nobody.
          const position = waiting.indexOf(job)
          if (position >= 0) waiting.splice(position, 1)
          job.attempts = attemptsPerJob
          job.reject(signal?.reason as Error)
          hold()
        }
        // Any number of jobs may wait under one signal: no leak that Node should warn of.
        if (signal) setMaxListeners(0, signal)
        signal?.addEventListener('abort', abort, { once: true })
        waiting.push(job)
        start()
        sendNext()
      })
    },
    async close() {
      isClosed = true
      clearTimeout(watchdog)
      if (restart !== null) clearTimeout(restart)
      running?.reject(unavailable('was closed'))
      running = null
      failAllWaiting('was closed')
      if (child !== null) await stop(child)
    },
  }
}

function takeNext(waiting: Job[]): Job | undefined {
  const urgent = waiting.findIndex(job => job.urgent)
  return waiting.splice(Math.max(urgent, 0), 1)[0]
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>(resolve => {
    child.ref()
    const force = setTimeout(() => child.kill('SIGKILL'), closeGraceMs)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    // The child leaves when the channel closes; one that is still loading or in the middle of a batch leaves after it.
    if (child.connected) child.disconnect()
    else child.kill('SIGKILL')
  })
}

function unavailable(reason: string): FishboneError {
  return new FishboneError('FB_EMBEDDER_UNAVAILABLE', `The local embedding model ${reason}`)
}
