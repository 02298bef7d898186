/** First pause, its growth, the longest one, how long an event is tried, and how long a webhook may fail before it is disabled. */
export type RetrySchedule = { firstMs: number; factor: number; longestMs: number; giveUpMs: number; disableMs: number; jitter: number }

const hourMs = 3_600_000

/** 5 s, 15 s, 45 s, 2 min, 7 min, 20 min, 1 h, then every 3 h, for 24 h; a webhook that failed for five days is disabled. */
export const defaultSchedule: RetrySchedule = { firstMs: 5_000, factor: 3, longestMs: 3 * hourMs, giveUpMs: 24 * hourMs, disableMs: 5 * 24 * hourMs, jitter: 0.2 }

/**
 * Pause after the nth failed attempt (from 1), shaken by up to `jitter` of itself so that events of a receiver that came back do not all come at once.
 *
 * @returns null when the event was tried long enough.
 */
export const pauseAfter = (attempts: number, { startedAt, now, random }: { startedAt: number; now: number; random: () => number }, schedule: RetrySchedule): number | null => {
  const pauseMs = Math.min(schedule.longestMs, schedule.firstMs * schedule.factor ** (attempts - 1)) * (1 + schedule.jitter * (2 * random() - 1))
  return now + pauseMs - startedAt > schedule.giveUpMs ? null : pauseMs
}
