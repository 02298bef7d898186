import { setTimeout as wait } from 'node:timers/promises'
import { FishboneError } from '../../domain/error.ts'

/** Waits between tries of one batch, together half a minute beside what the database client itself waits. */
export const defaultRetryDelaysMs: readonly number[] = [1_000, 2_000, 4_000, 8_000, 15_000]

export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

export const sleepUnlessAborted: Sleep = async (ms, signal) => {
  await wait(ms, undefined, { signal }).catch(() => undefined)
}

export type WriteOutcome<T> = { ok: true; value: T } | { ok: false; cause: 'database-lost' | 'interrupted'; error: FishboneError }

/**
 * Tries a write again while its error says that it may succeed later; writes are idempotent, so a try whose answer was lost does no harm.
 *
 * @throws every error that says it would fail again.
 */
export async function writeWithRetry<T>(
  write: () => Promise<T>, { delaysMs, sleep, signal }: { delaysMs: readonly number[]; sleep: Sleep; signal: AbortSignal },
): Promise<WriteOutcome<T>> {
  for (let tries = 0; ; tries++) {
    try {
      return { ok: true, value: await write() }
    } catch (error) {
      if (!(error instanceof FishboneError) || !error.isRetryable) throw error
      const delayMs = delaysMs[tries]
      if (delayMs === undefined) return { ok: false, cause: 'database-lost', error }
      await sleep(delayMs, signal)
      if (signal.aborted) return { ok: false, cause: 'interrupted', error }
    }
  }
}
