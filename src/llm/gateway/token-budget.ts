import type { Ledger } from './ledger.ts'

/** Tokens a reservation holds until the call is booked in the ledger, or let go where nothing was sent. */
export type Reservation = { release(): void }

/** What one case may take. */
export const caseLimits = { tokens: 6_000, calls: 2 } as const

/** The tokens and calls of one case: an estimate is reserved before, the real usage booked after. */
export const createCaseBudget = (limits: { tokens: number; calls: number } = caseLimits) => {
  let tokens = 0
  let calls = 0
  return {
    hasCall: () => calls < limits.calls,
    fits: (estimate: number) => calls < limits.calls && tokens + estimate <= limits.tokens,
    book(used: number) {
      tokens += used
      calls += 1
    },
  }
}
export type CaseBudget = ReturnType<typeof createCaseBudget>

/** The tokens of a day (UTC), kept across restarts by the ledger. Reservations of other processes are not seen, their booked calls are. */
export const createDailyBudget = ({ ledger, limit, now }: { ledger: Ledger; limit: number | null; now: () => Date }) => {
  let reserved = 0
  const spentToday = () => ledger.tokensOn(now().toISOString().slice(0, 10))
  return {
    /** @returns null where the day's tokens do not reach. */
    async reserve(estimate: number): Promise<Reservation | null> {
      if (limit === null) return { release: () => undefined }
      // Held while the ledger is read: two callers must not both see the same tokens free.
      reserved += estimate
      let isHeld = true
      const release = () => {
        if (isHeld) reserved -= estimate
        isHeld = false
      }
      const spent = await spentToday().catch((error: unknown) => (release(), Promise.reject(error as Error)))
      if (spent + reserved <= limit) return { release }
      release()
      return null
    },
    isSpent: async () => limit !== null && (await spentToday()) >= limit,
  }
}
export type DailyBudget = ReturnType<typeof createDailyBudget>
