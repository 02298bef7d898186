/** At most so many calls at a time; the rest wait in order. */
export const createCallSlots = (limit: number) => {
  let free = limit
  const waiting: (() => void)[] = []
  const release = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  return async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    if (free > 0) free -= 1
    else await takeTurn(waiting, signal)
    try {
      return await work()
    } finally {
      release()
    }
  }
}

const takeTurn = (waiting: (() => void)[], signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const turn = () => {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    const leave = () => {
      const at = waiting.indexOf(turn)
      if (at >= 0) waiting.splice(at, 1)
      reject(signal.reason as Error)
    }
    if (signal.aborted) return leave()
    waiting.push(turn)
    signal.addEventListener('abort', leave, { once: true })
  })
