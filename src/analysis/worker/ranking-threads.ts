import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { Projection } from '../projection.ts'
import type { RankedCauses } from '../ranked-causes.ts'
import { rankTask, type RankingControl, type RankingTask, type RunRanking } from './ranking-task.ts'
import type { RankingMessage } from './ranking-worker.ts'

export type RankingThreads = { rank: RunRanking; close(): Promise<void> }

/** A thread that has nothing to do is let go after this time: its heap is worth more than the 100 ms a new one takes. */
const idleMs = 30_000

/**
 * Ranks off the main thread, so that a server goes on answering. The fleet's columns lie in shared memory and are not copied; cars' names stay here.
 *
 * Where threads cannot start, ranking runs in the calling thread, and `onFallback` is told once why.
 *
 * @param options.threads most rankings at the same time; one core is left to the caller.
 */
export const createRankingThreads = (options: { threads?: number; onFallback?: (reason: unknown) => void } = {}): RankingThreads => {
  let pool: Promise<Piscina | null> | null = null
  const open = () => (pool ??= startPool(options.threads ?? Math.max(1, availableParallelism() - 1)).catch((reason: unknown) => (options.onFallback?.(reason), null)))
  return {
    async rank(task, control = {}) {
      control.signal?.throwIfAborted()
      const threads = await open()
      return threads === null ? rankHere(task, control) : rankInThread(threads, task, control)
    },
    close: async () => (await pool)?.destroy(),
  }
}

const startPool = async (threads: number): Promise<Piscina> => {
  const pool = new Piscina({ ...workerEntry(), minThreads: 0, maxThreads: threads, idleTimeout: idleMs })
  try {
    await pool.run({ task: null } satisfies RankingMessage)
    return pool
  } catch (reason) {
    await pool.destroy()
    throw reason
  }
}

/** The worker beside this file: TypeScript under tests and tsx, JavaScript in the build. */
const workerEntry = (): { filename: string; execArgv?: string[] } => {
  const extension = extname(fileURLToPath(import.meta.url))
  const filename = fileURLToPath(new URL(`./ranking-worker${extension}`, import.meta.url))
  if (extension !== '.ts') return { filename }
  return { filename, execArgv: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] }
}

const rankInThread = async (pool: Piscina, task: RankingTask, { signal, onProgress }: RankingControl): Promise<RankedCauses> => {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const { port1, port2 } = new MessageChannel()
  const tell = ([done, total]: [number, number]): void => onProgress?.(done, total)
  port1.on('message', tell)
  port1.unref()
  const message: RankingMessage = { task: { ...task, projection: withoutNames(task.projection) }, stop, port: port2 }
  let abort = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      // The thread looks at this word between draws; its answer then finds nobody.
      Atomics.store(stop, 0, 1)
      reject(signal?.reason as Error)
    }
  })
  signal?.addEventListener('abort', abort, { once: true })
  const running = pool.run(message, { transferList: [port2] }) as Promise<RankedCauses>
  try {
    const ranked = await Promise.race([running, aborted])
    // The last word may still lie in the queue when the answer is here.
    for (let left = receiveMessageOnPort(port1); left; left = receiveMessageOnPort(port1)) tell(left.message as [number, number])
    return ranked
  } finally {
    running.catch(() => undefined)
    signal?.removeEventListener('abort', abort)
    port1.close()
  }
}

const rankHere = (task: RankingTask, { signal, onProgress }: RankingControl): RankedCauses => {
  const ranked = rankTask(task, { shouldStop: () => signal?.aborted === true, ...(onProgress && { onProgress }) })
  signal?.throwIfAborted()
  return ranked
}

/** A list of the same length with nothing in it: the ranking counts cars and names none, and a million names would be copied. */
const withoutNames = (projection: Projection): Projection => ({ ...projection, ids: new Array<string>(projection.ids.length) })
