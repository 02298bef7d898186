/** What one exchange with a server told beside its body. */
export type Exchange = { status: number | null; retryAfterMs: number | null; isCompletion: boolean; sent: boolean }

/** More than any answer of ours takes; a server that sends without end is cut off. */
const mostBytes = 4_000_000

/** Milliseconds a `Retry-After` asks for, in seconds or as a date; null where it says nothing readable. */
export const retryAfter = (header: string | null, now: number): number | null => {
  if (header === null || header.trim() === '') return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

/**
 * `fetch` that notes status and `Retry-After`, follows no redirect (a key would go elsewhere) and tells a proxy's HTML page from a completion.
 */
export const createWatchedFetch = (exchange: Exchange, { now = Date.now, bytes = mostBytes }: { now?: () => number; bytes?: number } = {}): typeof fetch => async (input, init) => {
  exchange.sent = true
  const response = await fetch(input, { ...init, redirect: 'manual' })
  exchange.status = response.status
  exchange.retryAfterMs = retryAfter(response.headers.get('retry-after'), now())
  const type = response.headers.get('content-type') ?? ''
  exchange.isCompletion = response.ok && /json|event-stream/i.test(type)
  if (response.ok && !exchange.isCompletion) {
    await response.body?.cancel()
    throw new Error(`the server answered ${type || 'without a content type'}`)
  }
  return limited(response, bytes)
}

const limited = (response: Response, bytes: number): Response => {
  if (!response.body) return response
  let seen = 0
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength
      if (seen > bytes) controller.error(new Error('the answer is longer than any answer may be'))
      else controller.enqueue(chunk)
    },
  })
  return new Response(response.body.pipeThrough(counter), { status: response.status, statusText: response.statusText, headers: response.headers })
}
