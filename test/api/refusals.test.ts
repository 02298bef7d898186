import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorTable, FishboneError } from '../../src/domain/error.ts'
import { projectRoot } from '../../src/project-root.ts'
import { bearer, buildTestApp, feedbackBody } from './app-double.ts'

type Call = { method?: 'GET' | 'POST' | 'PUT'; url?: string; payload?: unknown; headers?: Record<string, string>; raw?: string }

const call = async (given: Call, services: Parameters<typeof buildTestApp>[0] = {}, options: Parameters<typeof buildTestApp>[1] = {}) => {
  const app = await buildTestApp(services, options)
  const headers = { ...(given.raw === undefined ? {} : { 'content-type': 'application/json' }), ...given.headers }
  const reply = await app.inject({ method: given.method ?? 'POST', url: given.url ?? '/v1/feedback', headers, payload: (given.raw ?? given.payload) as object })
  await app.close()
  return { reply, problem: reply.json<Record<string, unknown> & { errors?: { pointer: string; message: string }[] }>() }
}

const refused = async (given: Call, code: keyof typeof errorTable, services?: Parameters<typeof buildTestApp>[0]) => {
  const { reply, problem } = await call(given, services)
  expect({ status: reply.statusCode, code: problem['code'] }).toEqual({ status: errorTable[code].status, code })
  expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(problem).toMatchObject({ status: reply.statusCode, requestId: reply.headers['x-request-id'], instance: (given.url ?? '/v1/feedback').split('?')[0] })
  for (const field of ['type', 'title', 'detail']) expect(problem[field]).toEqual(expect.any(String))
  return { reply, problem }
}

const contributor = bearer('contributor')
const graphDown = () => Promise.reject(new FishboneError('FB_GRAPH_UNAVAILABLE', 'the graph does not answer'))

describe('refusals of the API', () => {
  it('refuses a body that is not JSON', async () => {
    await refused({ raw: '{"channel":', headers: contributor }, 'FB_BAD_JSON')
    await refused({ raw: '', headers: contributor }, 'FB_BAD_JSON')
    await refused({ raw: '{"__proto__":{"role":"admin"}}', headers: contributor }, 'FB_BAD_JSON')
  })

  it('refuses another media type', async () => {
    await refused({ raw: 'hello', headers: { ...contributor, 'content-type': 'text/plain' } }, 'FB_UNSUPPORTED_MEDIA_TYPE')
  })

  it('refuses a call without a key, and says how to send one', async () => {
    const { reply, problem } = await refused({ payload: feedbackBody }, 'FB_UNAUTHENTICATED')
    expect(reply.headers['www-authenticate']).toContain('Bearer')
    expect(problem.detail).toContain('send an API key')
    expect((await refused({ payload: feedbackBody, headers: { authorization: 'Bearer wrong' } }, 'FB_UNAUTHENTICATED')).problem.detail).toContain('no API key of this server')
  })

  it.each(['Bearer wrong', 'Basic cmVhZGVyOnNlY3JldA==', 'Bearer ', 'Bearer reader-secret extra', 'reader-secret'])('refuses the authorization %s', async authorization => {
    await refused({ payload: feedbackBody, headers: { authorization } }, 'FB_UNAUTHENTICATED')
  })

  it('refuses a reader who sends records', async () => {
    await refused({ payload: feedbackBody, headers: bearer('reader') }, 'FB_FORBIDDEN')
  })

  it('refuses before it reads the body', async () => {
    await refused({ raw: 'x'.repeat(2 * 1024 * 1024) }, 'FB_UNAUTHENTICATED')
  })

  it.each(['/v1/nothing', '/', '/v1/feedback/1/2', '/v1/%ZZ'])('has nothing at %s', async url => {
    await refused({ url, payload: {}, headers: contributor }, 'FB_NOT_FOUND')
  })

  it('takes 1 MiB and no more', async () => {
    const text = 'x'.repeat(1024 * 1024)
    await refused({ payload: { ...feedbackBody, text }, headers: contributor }, 'FB_TOO_LARGE')
  })

  it('names every fault of a record by its pointer', async () => {
    const payload = { ...feedbackBody, channel: 'Hot Line', occurredAt: 'yesterday', rating: 9, snapshot: { snapshotId: 'T', capturedAt: '2023-01-09T06:12:44Z', dtcs: [{ code: 7 }] } }
    const { problem } = await refused({ payload, headers: contributor }, 'FB_INVALID')
    expect(problem.errors?.map(error => error.pointer).sort()).toEqual(['/channel', '/occurredAt', '/rating', '/snapshot/dtcs/0/code'])
    expect((await refused({ payload: { channel: 'app', sourceId: 'F-1', occurredAt: '2023-01-09T06:12:44' }, headers: contributor }, 'FB_INVALID')).problem.errors).toEqual([
      { pointer: '/occurredAt', message: 'expected an instant with offset, such as 2022-09-01T02:11:00Z' }, { pointer: '/text', message: 'is required' },
    ])
  })

  it.each([
    ['a field', {}, { text: 'brake', asof: '2020-01-01' }, '/asof'],
    ['a field of the vehicle', {}, { text: 'brake', vehicle: { modelyear: 2020 } }, '/vehicle/modelyear'],
    ['a query parameter', { url: '/v1/cases/search?asOf=2020-01-01' }, { text: 'brake' }, '/asOf'],
  ])('refuses %s it does not know in a question', async (_what, where, payload, pointer) => {
    const { problem } = await refused({ url: '/v1/cases/search', ...where, payload, headers: bearer('reader') }, 'FB_INVALID')
    expect(problem.errors).toEqual([expect.objectContaining({ pointer })])
  })

  it('says what an asOf may be', async () => {
    const { problem } = await refused({ url: '/v1/cases/search', payload: { text: 'x', asOf: '2020-13-01' }, headers: bearer('reader') }, 'FB_INVALID')
    expect(problem.errors).toEqual([{ pointer: '/asOf', message: 'expected an instant with offset, such as 2022-09-01T02:11:00Z, or expected a day that exists, as YYYY-MM-DD' }])
  })

  it('hands on that there is nothing to look for', async () => {
    const searchCases = () => Promise.reject(new FishboneError('FB_NO_SUBJECT', 'say what to look for'))
    await refused({ url: '/v1/cases/search', payload: {}, headers: bearer('reader') }, 'FB_NO_SUBJECT', { searchCases })
  })

  it('answers 503 with Retry-After while the graph is away', async () => {
    const { reply } = await refused({ payload: feedbackBody, headers: contributor }, 'FB_GRAPH_UNAVAILABLE', { acceptFeedback: graphDown })
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('tells of a fault of its own only that there was one', async () => {
    const acceptFeedback = () => Promise.reject(new Error('secret word of the inside'))
    const { problem } = await refused({ payload: feedbackBody, headers: contributor }, 'FB_INTERNAL', { acceptFeedback })
    expect(JSON.stringify(problem)).not.toContain('secret word')
    const broken = () => Promise.reject(new FishboneError('FB_GRAPH_ROW_INVALID', 'workflow/x.cypher returned a row'))
    const { problem: second } = await call({ payload: feedbackBody, headers: contributor }, { acceptFeedback: broken })
    expect(second).toMatchObject({ code: 'FB_INTERNAL', status: 500 })
    expect(JSON.stringify(second)).not.toContain('cypher')
  })

  it('limits calls by key, and the unknown by address', async () => {
    const app = await buildTestApp({}, { requestsPerMinute: 2 })
    const send = (headers: Record<string, string>) => app.inject({ method: 'POST', url: '/v1/cases/search', headers, payload: { nonsense: 1 } })
    const statuses = []
    for (let attempt = 0; attempt < 3; attempt++) statuses.push((await send(bearer('reader'))).statusCode)
    expect(statuses).toEqual([422, 422, 429])
    const over = await send(bearer('reader'))
    expect(over.json()).toMatchObject({ code: 'FB_RATE_LIMITED', status: 429 })
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0)
    expect((await send(bearer('engineer'))).statusCode).toBe(422)
    for (let attempt = 0; attempt < 2; attempt++) expect((await send({ authorization: `Bearer guess-${attempt}` })).statusCode).toBe(401)
    expect((await send({ authorization: 'Bearer guess-3' })).statusCode).toBe(429)
    expect((await app.inject('/health/live')).statusCode).toBe(200)
    await app.close()
  })
})

it('has a heading in docs/errors.md for each code, and no other', () => {
  const headings = readFileSync(join(projectRoot, 'docs/errors.md'), 'utf8').match(/^## (FB_[A-Z_0-9]+)$/gm) ?? []
  expect(headings.map(heading => heading.slice(3)).sort()).toEqual(Object.keys(errorTable).sort())
})
