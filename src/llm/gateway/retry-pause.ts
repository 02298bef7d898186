const mostRetries = 2
const firstPauseMs = 500

/**
 * Milliseconds before the next try: 0.5 s · 2ⁿ and up to half of it more, or what `Retry-After` asks for.
 *
 * @returns null after two retries, and where the pause would not fit the time that is left.
 */
export const retryPause = ({ retries, retryAfterMs, remainingMs, random }: { retries: number; retryAfterMs: number | null; remainingMs: number; random: () => number }): number | null => {
  if (retries >= mostRetries) return null
  const own = firstPauseMs * 2 ** retries * (1 + random() / 2)
  const pause = Math.max(own, retryAfterMs ?? 0)
  return pause < remainingMs ? pause : null
}
