/**
 * Calls `work` now and then until it is stopped: `everyMs` after the call before ended, never two at once.
 *
 * @param onError told of a failed call; the sweep goes on.
 */
export const startSweep = ({ work, everyMs, onError }: { work: () => Promise<unknown>; everyMs: number; onError: (error: unknown) => void }) => {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let current: Promise<void> = Promise.resolve()
  const plan = (afterMs: number) => {
    if (isStopped) return
    timer = setTimeout(() => {
      current = work()
        .then(() => undefined, onError)
        .then(() => plan(everyMs))
    }, afterMs)
  }
  plan(0)
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await current
    },
  }
}
