import type { HeldKey, IdempotencyStore } from '../graph/ports/workflow.ts'

/** How long after its last sign of life a call is taken for dead, and its key is given to a repeat. */
const leaseMs = 10_000
/** Two signs may be lost. */
const beatMs = 3_000
/** Longer than any call takes: what hangs for so long does not keep its key for ever. */
const longestMs = 5 * 60_000

/**
 * Keeps the idempotency keys of the calls that run in this process: as long as a call runs its lease is renewed, so that a key is free soon
 * after its process died. Nothing ticks while no key is held.
 *
 * @param onError told of a renewal that failed; the next one is tried all the same.
 */
export const createKeyLeases = ({ store, now, onError }: { store: Pick<IdempotencyStore, 'renew'>; now: () => Date; onError: (error: unknown) => void }) => {
  const held = new Map<string, { key: HeldKey; sinceMs: number }>()
  let timer: NodeJS.Timeout | undefined

  const until = (): string => new Date(now().getTime() + leaseMs).toISOString()

  const beat = async () => {
    for (const [claimId, { sinceMs }] of held) if (now().getTime() - sinceMs > longestMs) held.delete(claimId)
    const keys = [...held.values()].map(({ key }) => key)
    if (keys.length > 0) await store.renew(keys, until()).catch(onError)
    plan()
  }
  const plan = () => {
    timer = held.size > 0 ? setTimeout(() => void beat(), beatMs).unref() : undefined
  }

  return {
    /** Until when a key that is claimed now is its caller's, unless it is renewed. */
    until,
    hold(key: HeldKey) {
      held.set(key.claimId, { key, sinceMs: now().getTime() })
      if (timer === undefined) plan()
    },
    drop(key: HeldKey) {
      held.delete(key.claimId)
    },
  }
}

export type KeyLeases = ReturnType<typeof createKeyLeases>
