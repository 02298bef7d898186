const failuresToOpen = 5
const openMs = 30_000

export type CircuitBreaker = {
  /** Asks to make a call; false while open. After the pause one caller gets through as the probe. */
  tryPass(): boolean
  /** Whether calls would be refused now. */
  isOpen(): boolean
  succeeded(): void
  failed(): void
  /** The call that was let through never came to an answer (cancelled, out of budget): a probe is given back. */
  withdrew(): void
}

/** Opens after five failures in a row, for thirty seconds; then one probe decides. */
export const createCircuitBreaker = ({ now }: { now: () => number }): CircuitBreaker => {
  let failures = 0
  let openUntil = 0
  let isProbing = false
  const isOpen = () => failures >= failuresToOpen && (isProbing || now() < openUntil)
  return {
    isOpen,
    tryPass() {
      if (isOpen()) return false
      if (failures >= failuresToOpen) isProbing = true
      return true
    },
    succeeded() {
      failures = 0
      isProbing = false
    },
    failed() {
      failures += 1
      isProbing = false
      if (failures >= failuresToOpen) openUntil = now() + openMs
    },
    withdrew() {
      isProbing = false
    },
  }
}
