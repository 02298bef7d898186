import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { AcceptFeedback } from '../../src/workflow/accept-feedback.ts'
import { bearer, buildTestApp, feedbackBody, triage } from './app-double.ts'

// Over a real socket: what a request is to the server only shows there.

const accepted = { feedbackId: 'hotline:F-1', issueId: 'ISS-1', issueIsNew: true, triage, isNew: true }
let app: Awaited<ReturnType<typeof buildTestApp>>

const listen = async (acceptFeedback: AcceptFeedback) => {
  app = await buildTestApp({ acceptFeedback })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const post = (port: number, signal?: AbortSignal) =>
  fetch(`http://127.0.0.1:${port}/v1/feedback`, {
    method: 'POST',
    headers: { ...bearer('contributor'), 'content-type': 'application/json' },
    body: JSON.stringify(feedbackBody),
    signal: signal ?? null,
  })

afterEach(() => app.close())

describe('the signal of a call', () => {
  it('stays quiet while the caller waits', async () => {
    const aborted: (boolean | undefined)[] = []
    const port = await listen(async (_arrival, options) => {
      await new Promise(resolve => setTimeout(resolve, 100))
      aborted.push(options?.signal?.aborted)
      return accepted
    })
    expect((await post(port)).status).toBe(201)
    expect(aborted).toEqual([false])
  })

  it('aborts when the caller hangs up', async () => {
    let hungUp: Promise<unknown> | undefined
    const caller = new AbortController()
    const port = await listen((_arrival, options) => {
      hungUp = new Promise(resolve => options?.signal?.addEventListener('abort', resolve))
      return hungUp.then(() => accepted)
    })
    const call = post(port, caller.signal)
    await expect.poll(() => hungUp !== undefined).toBe(true)
    caller.abort()
    await expect(call).rejects.toThrow()
    await hungUp
  })
})

const raw = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.on('data', chunk => (answer += chunk.toString()))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })

describe('what never becomes a request', () => {
  it.each([
    ['headers over 16 KiB', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431, 'FB_HEADERS_TOO_LARGE'],
    ['no HTTP at all', 'good evening\r\n\r\n', 400, 'FB_BAD_JSON'],
  ])('is answered as a problem: %s', async (_what, bytes, status, code) => {
    const port = await listen(() => Promise.resolve(accepted))
    const answer = await raw(port, bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toMatchObject({ status, code })
  })
})
