export type GiveWay = {
  /** Runs work that others give way to. */
  first<T>(work: () => Promise<T>): Promise<T>
  /** Whether nothing that goes first has run for a moment. */
  isQuiet(): boolean
  /** For one piece of work that can wait, begun now. */
  pace(signal?: AbortSignal): Pace
}

/** To be awaited between two steps of work that can wait: at once in quiet times, else until it is quiet or the work's share of time allows the next step. */
export type Pace = () => Promise<void>

/** For work that nobody else waits beside. */
export const noPace: Pace = () => Promise.resolve()

/** No work that goes first for so long is quiet. */
const quietMs = 250
/** A step of work that can wait is followed by a rest of so many times its length: it takes a twentieth of the time, but never stands still. */
const restShare = 19
/** So many that go first at once wait for one another already: then a step is followed by a rest of so many times its length, a hundredth of the time. */
const crowd = 4
const restShareInCrowd = 99
const lookMs = 25

/**
 * Lets work that can wait (history, sweeps) give way to work that a person waits for, within one process. The database is the same for both and
 * knows no priorities, so that only not asking helps.
 *
 * @param now milliseconds of any steady clock.
 */
export const createGiveWay = ({ now = () => performance.now(), wait = pause }: { now?: () => number; wait?: (ms: number) => Promise<void> } = {}): GiveWay => {
  let underWay = 0
  let lastAt = -Infinity
  const isQuiet = (): boolean => underWay === 0 && now() - lastAt >= quietMs
  return {
    isQuiet,
    async first(work) {
      underWay++
      try {
        return await work()
      } finally {
        underWay--
        lastAt = now()
      }
    },
    pace(signal) {
      let resumedAt = now()
      return async () => {
        const [endedAt, step] = [now(), now() - resumedAt]
        const isRested = (): boolean => now() >= endedAt + (underWay >= crowd ? restShareInCrowd : restShare) * step
        while (!isQuiet() && !isRested() && signal?.aborted !== true) await wait(lookMs)
        resumedAt = now()
      }
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
