import type { MessagePort } from 'node:worker_threads'
import type { RankedCauses } from '../ranked-causes.ts'
import { rankTask, type RankingTask } from './ranking-task.ts'

/** What is sent to a thread. `stop` is one shared word, other than 0 once the answer is no longer wanted; progress goes out on `port`. */
export type RankingMessage = { task: RankingTask; stop: Int32Array; port: MessagePort | null } | { task: null }

/** Least time between two words of progress: a draw takes less than a millisecond. */
const progressEveryMs = 50

/** The task of one thread. A message without a task only tells that threads can start here. */
export default function work(message: RankingMessage): RankedCauses | null {
  if (message.task === null) return null
  const { task, stop, port } = message
  let lastAt = 0
  try {
    return rankTask(task, {
      shouldStop: () => Atomics.load(stop, 0) !== 0,
      onProgress: (done, total) => {
        const at = performance.now()
        if (port === null || (done < total && at - lastAt < progressEveryMs)) return
        lastAt = at
        port.postMessage([done, total])
      },
    })
  } finally {
    port?.close()
  }
}
