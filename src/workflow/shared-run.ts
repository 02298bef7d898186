export type RunOptions<P> = { signal?: AbortSignal; onProgress?: (progress: P) => void }

/**
 * Lets callers that come while work is under way wait for that work instead of starting their own. One that is aborted stops waiting; the work
 * itself is aborted when nobody waits for it any more. Progress goes to all who wait.
 *
 * @returns the shared work; it rejects with the reason of the caller's own signal, or as the work does.
 */
export const createSharedRun = <T, P>(work: (options: RunOptions<P>) => Promise<T>): ((options?: RunOptions<P>) => Promise<T>) => {
  type Run = { result: Promise<T>; waiting: Set<RunOptions<P>>; controller: AbortController }
  let run: Run | null = null

  const start = (): Run => {
    const waiting = new Set<RunOptions<P>>()
    const controller = new AbortController()
    const result = work({ signal: controller.signal, onProgress: progress => waiting.forEach(one => one.onProgress?.(progress)) }).finally(() => {
      if (run === started) run = null
    })
    // Those who wait get the failure; where nobody does any more it must not end the process.
    result.catch(() => {})
    const started: Run = { result, waiting, controller }
    return started
  }

  return async (options = {}) => {
    options.signal?.throwIfAborted()
    const current = (run ??= start())
    current.waiting.add(options)
    try {
      return await untilAborted(current.result, options.signal)
    } finally {
      current.waiting.delete(options)
      if (current.waiting.size === 0) {
        current.controller.abort()
        if (run === current) run = null
      }
    }
  }
}

const untilAborted = <T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!signal) return result
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
