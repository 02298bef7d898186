import type { Problem } from '../api/problem.ts'
import type { Job } from '../domain/job.ts'

export type ClientOptions = {
  /** Such as `http://127.0.0.1:3000`. */
  baseUrl: string
  /** The API key. */
  key: string
  fetch?: typeof globalThis.fetch
  /** How often a call is repeated that may succeed later: 429, 503, 408 and a connection that broke. */
  retries?: number
  sleep?: (ms: number) => Promise<void>
}

export type CallOptions = {
  signal?: AbortSignal
  /** For POST: makes a repeat of the same call, also after a crash of the caller, give the first answer. */
  idempotencyKey?: string
}

type Call = CallOptions & { body?: unknown; form?: FormData; accept?: string; query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined }

const retryable = new Set([408, 429, 503])

/** A refusal by the server: its problem document, RFC 9457. */
export class FishboneApiError extends Error {
  override readonly name = 'FishboneApiError'
  readonly problem: Problem
  readonly retryAfterSeconds: number | null

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(`${problem.code}: ${problem.detail}`)
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }

  get code(): string {
    return this.problem.code
  }

  get isRetryable(): boolean {
    return retryable.has(this.problem.status)
  }
}

const pauseMs = 1_000
/** As long as the server waits for a job at one call. */
const waitSeconds = 30

const refusalOf = async (answer: Response): Promise<FishboneApiError> => {
  const text = await answer.text()
  const problem = ((): Problem | null => {
    try {
      return JSON.parse(text) as Problem
    } catch {
      return null
    }
  })()
  const after = Number(answer.headers.get('retry-after'))
  return new FishboneApiError(
    problem ?? { type: 'about:blank', title: answer.statusText, status: answer.status, detail: text.slice(0, 500), instance: new URL(answer.url).pathname, code: 'FB_INTERNAL', requestId: '' },
    after > 0 ? after : null,
  )
}

/** Calls, repeats and waits. */
export const createTransport = ({ baseUrl, key, fetch = globalThis.fetch, retries = 3, sleep = ms => new Promise(resolve => setTimeout(resolve, ms)) }: ClientOptions) => {
  const once = async (method: string, path: string, { body, form, accept, query, signal, idempotencyKey }: Call): Promise<Response> => {
    const url = new URL(path, baseUrl)
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value))
    const headers = {
      authorization: `Bearer ${key}`, ...(accept !== undefined && { accept }), ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    }
    const answer = await fetch(url, { method, headers, body: form ?? (body === undefined ? null : JSON.stringify(body)), ...(signal && { signal }) })
    if (!answer.ok) throw await refusalOf(answer)
    return answer
  }

  /** Every call of the API may be repeated: what was done already is not done again. */
  const persist = async (method: string, path: string, given: Call): Promise<Response> => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await once(method, path, given)
      } catch (error) {
        const mayPass = error instanceof FishboneApiError ? error.isRetryable : error instanceof TypeError
        if (attempt >= retries || !mayPass || given.signal?.aborted) throw error
        await sleep(error instanceof FishboneApiError && error.retryAfterSeconds !== null ? error.retryAfterSeconds * 1_000 : pauseMs * 2 ** attempt)
      }
    }
  }

  const call = async <T>(method: string, path: string, given: Call = {}): Promise<T> => {
    const answer = await persist(method, path, given)
    return (answer.status === 204 ? null : await answer.json()) as T
  }

  /** The answer of a call that gives something else than JSON: a table, a page, lines. */
  const text = async (method: string, path: string, accept: string, given: Call = {}): Promise<string> => (await persist(method, path, { ...given, accept })).text()

  /** The result of a call whose work may go on as a job. @throws FishboneApiError with what the job failed with. */
  const finish = async <T>(method: string, path: string, given: Call = {}): Promise<T> => {
    const answer = await persist(method, path, { ...given, query: { ...given.query, wait: waitSeconds } })
    if (answer.status !== 202) return (await answer.json()) as T
    let job = (await answer.json()) as Job
    while (job.state === 'queued' || job.state === 'running') {
      await sleep(pauseMs)
      job = await call<Job>('GET', `/v1/jobs/${encodeURIComponent(job.jobId)}`, given.signal ? { signal: given.signal } : {})
    }
    if (job.state === 'done') return job.result as T
    const { code = 'FB_CONFLICT', message = `the job is ${job.state}` } = job.error ?? {}
    throw new FishboneApiError({ type: 'about:blank', title: 'The job did not end well', status: 409, detail: message, instance: `/v1/jobs/${job.jobId}`, code, requestId: '' }, null)
  }

  /** Server-sent events of a job; a stream that breaks is taken up again after the last event. */
  async function* watch(jobId: string, { signal }: CallOptions = {}): AsyncGenerator<Job> {
    let last = ''
    for (;;) {
      const headers = { authorization: `Bearer ${key}`, ...(last !== '' && { 'last-event-id': last }) }
      const answer = await fetch(new URL(`/v1/jobs/${encodeURIComponent(jobId)}/events`, baseUrl), { headers, ...(signal && { signal }) })
      if (answer.status === 204) return
      if (!answer.ok || answer.body === null) throw await refusalOf(answer)
      for await (const event of eventsOf(answer.body)) {
        last = event.id
        const job = JSON.parse(event.data) as Job
        yield job
        if (job.state !== 'queued' && job.state !== 'running') return
      }
      await sleep(pauseMs)
    }
  }

  /** Every item of a list, page after page. */
  async function* pages<T>(read: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>): AsyncGenerator<T> {
    let cursor: string | undefined
    do {
      const page = await read(cursor)
      yield* page.items
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
  }

  return { call, finish, text, watch, pages }
}

/** Reads a stream of server-sent events; comments (heartbeats) are skipped. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<{ id: string; data: string }> {
  let buffer = ''
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    buffer += decoder.decode(chunk, { stream: true })
    const blocks = buffer.split('\n\n')
    buffer = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => block.split('\n').find(line => line.startsWith(`${name}: `))?.slice(name.length + 2)
      const [id, data] = [field('id'), field('data')]
      if (id !== undefined && data !== undefined) yield { id, data }
    }
  }
}
