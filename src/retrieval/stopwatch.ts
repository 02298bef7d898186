/** Milliseconds spent in each named step of one call, and in all. */
export type Stopwatch = {
  time<T>(step: string, work: () => T): T
  wait<T>(step: string, work: Promise<T>): Promise<T>
  readings(): Record<string, number>
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100

export function createStopwatch(now: () => number): Stopwatch {
  const startedAt = now()
  const readings: Record<string, number> = {}
  const note = (step: string, from: number): void => {
    readings[step] = rounded((readings[step] ?? 0) + now() - from)
  }
  return {
    time(step, work) {
      const from = now()
      try {
        return work()
      } finally {
        note(step, from)
      }
    },
    async wait(step, work) {
      const from = now()
      try {
        return await work
      } finally {
        note(step, from)
      }
    },
    readings: () => ({ ...readings, total: rounded(now() - startedAt) }),
  }
}
