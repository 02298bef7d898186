import type { Logger } from '../logger.ts'

/** Longest time a stop may take before the process leaves anyway. */
const stopMs = 30_000

/**
 * Waits for the signal to stop; a second one leaves at once. The log tells of the signal and of the end, so that a stop can be told from a crash.
 *
 * @param options.host the process that gets the signals, or its stand-in.
 */
export const awaitStop = (logger: Pick<Logger, 'info' | 'error'>, host: Pick<NodeJS.Process, 'on' | 'exit'> = process) => {
  let askedAt: number | null = null
  const asked = new Promise<NodeJS.Signals>(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      host.on(signal, () => {
        if (askedAt !== null) return host.exit(130)
        askedAt = performance.now()
        logger.info({ signal }, 'stopping: what runs is finished or given back')
        resolve(signal)
      })
  })
  return {
    asked,
    /** Ends everything by `close`, or the process when that takes too long. */
    async end(close: () => Promise<void>): Promise<void> {
      const late = setTimeout(() => {
        logger.error({ seconds: stopMs / 1_000 }, 'stopping takes too long: leaving anyway')
        host.exit(1)
      }, stopMs).unref()
      await close()
      clearTimeout(late)
      if (askedAt !== null) logger.info({ seconds: Math.round((performance.now() - askedAt) / 100) / 10 }, 'stopped')
    },
  }
}
