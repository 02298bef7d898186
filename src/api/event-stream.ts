/** One event as it goes over the wire; `data` is one line of JSON. */
export type StreamEvent = { id: string; event: string; data: unknown }

const written = ({ id, event, data }: StreamEvent): string => `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** A comment now and then keeps proxies from closing a quiet stream. */
const heartbeat = ': still here\n\n'

/**
 * Server-sent events, with a heartbeat while nothing happens. Ends with its source.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* eventStream(source: AsyncGenerator<StreamEvent>, heartbeatMs: number): AsyncGenerator<string> {
  yield 'retry: 2000\n\n'
  let next = source.next()
  try {
    for (;;) {
      const told = await orAfter(next, heartbeatMs)
      if (told === 'quiet') yield heartbeat
      else if (told.done) return
      else {
        yield written(told.value)
        next = source.next()
      }
    }
  } finally {
    // The reader may have left: the source must not go on for nobody.
    next.catch(() => undefined)
    await source.return(undefined).catch(() => undefined)
  }
}

const orAfter = async <T>(work: Promise<T>, ms: number): Promise<T | 'quiet'> => {
  let timer: NodeJS.Timeout | undefined
  const quiet = new Promise<'quiet'>(resolve => {
    timer = setTimeout(() => resolve('quiet'), ms)
  })
  try {
    return await Promise.race([work, quiet])
  } finally {
    clearTimeout(timer)
  }
}
