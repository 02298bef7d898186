import { describe, expect, it } from 'vitest'
import type { AcceptFeedback } from '../../src/workflow/accept-feedback.ts'
import { bearer, buildTestApp, createMemoryIdempotencyStore, feedbackBody, triage } from './app-double.ts'

const accepted = { feedbackId: 'hotline:F-1', issueId: 'ISS-1', issueIsNew: true, triage }

/** Accepts like the real one: the first time new, then there already; keeps what it was handed. */
const scriptAccept = () => {
  const calls: Parameters<AcceptFeedback>[0][] = []
  const acceptFeedback: AcceptFeedback = arrival => {
    calls.push(arrival)
    const isNew = calls.length === 1
    return Promise.resolve({ ...accepted, issueIsNew: isNew, isNew })
  }
  return { calls, acceptFeedback }
}

const send = (app: Awaited<ReturnType<typeof buildTestApp>>, payload: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/v1/feedback', headers: { ...bearer('contributor'), ...headers }, payload })

describe('POST /v1/feedback', () => {
  it('answers 201 with ids and triage, then 200 with the same ids', async () => {
    const { acceptFeedback } = scriptAccept()
    const app = await buildTestApp({ acceptFeedback, followUp: () => Promise.resolve([{ jobId: 'embed-pending-all', kind: 'embed-pending' }]) })
    const first = await send(app, feedbackBody)
    expect(first.statusCode).toBe(201)
    expect(first.json()).toEqual({ ...accepted, jobs: [{ jobId: 'embed-pending-all', kind: 'embed-pending' }], warnings: [] })
    const second = await send(app, feedbackBody)
    expect(second.statusCode).toBe(200)
    expect(second.json()).toMatchObject({ feedbackId: 'hotline:F-1', issueId: 'ISS-1', issueIsNew: false })
  })

  it('hands the snapshot apart from the feedback, and names what it did not store', async () => {
    const { acceptFeedback, calls } = scriptAccept()
    const app = await buildTestApp({ acceptFeedback })
    const snapshot = { snapshotId: 'TS-1', capturedAt: '2023-01-09T06:12:44Z', dtcs: [{ code: 'P0AA6', colour: 'red' }], signals: { anything_goes: 1 } }
    const reply = await send(app, { ...feedbackBody, mood: 'angry', vin: null, snapshot: { ...snapshot, 'a/b~c': 1 } })
    expect(reply.statusCode).toBe(201)
    expect(reply.json<{ warnings: { pointer: string }[] }>().warnings.map(warning => warning.pointer)).toEqual(['/mood', '/snapshot/dtcs/0/colour', '/snapshot/a~1b~0c'])
    expect(calls).toEqual([
      { feedback: { ...feedbackBody, vin: null }, snapshot: { ...snapshot, dtcs: [{ code: 'P0AA6' }] } },
    ])
  })

  it('lets engineer and admin send too', async () => {
    for (const role of ['engineer', 'admin'] as const) {
      const app = await buildTestApp({ acceptFeedback: scriptAccept().acceptFeedback })
      expect((await send(app, feedbackBody, bearer(role))).statusCode).toBe(201)
    }
  })

  it('keeps the request id of the caller where it is one', async () => {
    const app = await buildTestApp({ acceptFeedback: scriptAccept().acceptFeedback })
    expect((await send(app, feedbackBody, { 'x-request-id': 'flow-42' })).headers['x-request-id']).toBe('flow-42')
    expect((await send(app, feedbackBody, { 'x-request-id': 'a b\tc' })).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': 'k-1' }

  it('gives the first answer again for the same key and body, without a second call', async () => {
    const { acceptFeedback, calls } = scriptAccept()
    const app = await buildTestApp({ acceptFeedback })
    const first = await send(app, feedbackBody, key)
    const again = await send(app, feedbackBody, key)
    expect([first.statusCode, again.statusCode]).toEqual([201, 201])
    expect(again.body).toBe(first.body)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(calls).toHaveLength(1)
  })

  it('outlives a restart of the app', async () => {
    const idempotencyStore = createMemoryIdempotencyStore()
    const { acceptFeedback } = scriptAccept()
    const first = await send(await buildTestApp({ acceptFeedback, idempotencyStore }), feedbackBody, key)
    const again = await send(await buildTestApp({ idempotencyStore }), feedbackBody, key)
    expect(again.body).toBe(first.body)
  })

  it('refuses another body under the same key', async () => {
    const app = await buildTestApp({ acceptFeedback: scriptAccept().acceptFeedback })
    await send(app, feedbackBody, key)
    const other = await send(app, { ...feedbackBody, text: '别的' }, key)
    expect(other.json()).toMatchObject({ status: 409, code: 'FB_IDEMPOTENCY_MISMATCH' })
  })

  it('refuses a repeat while the first call runs, and says when to come back', async () => {
    let finish: (() => void) | undefined
    const acceptFeedback: AcceptFeedback = () => new Promise(resolve => (finish = () => resolve({ ...accepted, isNew: true })))
    const app = await buildTestApp({ acceptFeedback })
    const first = send(app, feedbackBody, key)
    await expect.poll(() => finish).toBeDefined()
    const repeat = await send(app, feedbackBody, key)
    expect(repeat.json()).toMatchObject({ status: 409, code: 'FB_CONFLICT' })
    expect(Number(repeat.headers['retry-after'])).toBeGreaterThan(0)
    finish?.()
    expect((await first).statusCode).toBe(201)
  })

  it('keeps no failure: a call that failed may be repeated', async () => {
    let attempt = 0
    const acceptFeedback: AcceptFeedback = () => (attempt++ === 0 ? Promise.reject(new Error('down')) : Promise.resolve({ ...accepted, isNew: true }))
    const app = await buildTestApp({ acceptFeedback })
    expect((await send(app, feedbackBody, key)).statusCode).toBe(500)
    expect((await send(app, feedbackBody, key)).statusCode).toBe(201)
  })

  it('is of one caller and one call', async () => {
    const { acceptFeedback, calls } = scriptAccept()
    const app = await buildTestApp({ acceptFeedback })
    await send(app, feedbackBody, key)
    await send(app, feedbackBody, { ...key, ...bearer('engineer') })
    expect(calls).toHaveLength(2)
  })
})
