import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { FishboneError } from '../../src/domain/error.ts'
import type { IdempotencyStore, IdempotentAnswer } from '../../src/graph/ports/workflow.ts'
import { auditInto, bearer, buildTestApp, createMemoryIdempotencyStore, feedbackBody } from './app-double.ts'
import { createEmptyServices } from './hostile-services.ts'
import { holdHeaders } from './hold-headers.ts'
import { fromSchema } from './schema-arbitrary.ts'
import type { JsonSchema } from './schema-arbitrary.ts'

// On every operation: an answer has the headers the document promises for its status, and none to act on that it does not tell of.

type Media = Record<string, { schema?: JsonSchema }>
type Response = { headers?: Record<string, { required?: boolean }>; content?: Media }
type Operation = { security?: unknown[]; parameters?: { name: string; in: string; required?: boolean; schema: JsonSchema }[]; requestBody?: { content: Media }; responses: Record<string, Response> }
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, JsonSchema> } }
type App = Awaited<ReturnType<typeof buildTestApp>>
type Call = { url: string; payload?: string; type: string }

/** Bodies made by the schema are mostly right, not always: patterns are not followed. */
const tries = 25

const empty = createEmptyServices()
const opened: App[] = []
afterAll(async () => {
  for (const app of opened) await app.close()
  await empty.close()
})
const open = async (...given: Parameters<typeof buildTestApp>) => {
  const app = await buildTestApp({ ...empty.services, ...given[0] }, { requestsPerMinute: 10_000_000, ...given[1] })
  opened.push(app)
  return app
}
const document = await (async () => (await (await open()).inject('/openapi.json')).json<Document>())()
const targets = Object.entries(document.paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })))
const guarded = targets.filter(({ path }) => path.startsWith('/v1'))
const posts = guarded.filter(({ method }) => method === 'POST')

/** Calls that an operation should mostly take. */
const callsOf = ({ path, operation }: (typeof targets)[number]): Call[] => {
  const needed = (operation.parameters ?? []).filter(one => one.in === 'query' && one.required).map(one => `${one.name}=${String(fc.sample(fromSchema(one.schema, document), { numRuns: 1, seed: 3 })[0])}`)
  const url = `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'webhookId' ? 'WHK-hostile' : name === 'file' ? '0' : 'x'))}${needed.length > 0 ? `?${needed.join('&')}` : ''}`
  if (path === '/v1/feedback') return [{ url, payload: JSON.stringify(feedbackBody), type: 'application/json' }]
  if (path === '/v1/imports') return [{ url: '/v1/imports?kind=vehicles', payload: '{}', type: 'application/x-ndjson' }]
  const schema = operation.requestBody?.content['application/json']?.schema
  if (schema === undefined) return [{ url, type: 'application/json' }]
  return fc.sample(fromSchema(schema, document), { numRuns: tries, seed: 5 }).map(body => ({ url, payload: JSON.stringify(body), type: 'application/json' }))
}

const send = async (app: App, target: (typeof targets)[number], { url, payload, type }: Call, headers: Record<string, string>) => {
  const answer = await app.inject({ method: target.method as 'POST', url, headers: { ...(payload !== undefined && { 'content-type': type }), ...headers }, ...(payload !== undefined && { payload }) })
  const seen = `${target.method} ${url} → ${answer.statusCode} ${answer.body.slice(0, 300)}`
  const known = target.operation.responses[String(answer.statusCode)]
  expect(known, `the document does not know this answer: ${seen}`).toBeDefined()
  holdHeaders(known!, answer, seen)
  return answer.statusCode
}

/** Operations on which none of the calls was answered so; each is asked until one is. */
const without = async (status: number, app: App, asked: typeof targets, headers = { ...bearer('admin') } as Record<string, string>) => {
  const missed: string[] = []
  for (const target of asked) {
    const statuses: number[] = []
    for (const call of callsOf(target)) if (!statuses.includes(status)) statuses.push(await send(app, target, call, headers))
    if (!statuses.includes(status)) missed.push(`${target.method} ${target.path}: ${[...new Set(statuses)].join(' ')}`)
  }
  return missed
}

it('says how to send a key where there is none', async () => {
  expect(await without(401, await open(), guarded, {})).toEqual([])
})

it('says when to call again where there were too many calls', async () => {
  const app = await open({}, { requestsPerMinute: 1 })
  await app.inject({ url: '/v1/issues', headers: bearer('admin') })
  expect(await without(429, app, guarded)).toEqual([])
})

const answering = (claim: Awaited<ReturnType<IdempotencyStore['claim']>>): IdempotencyStore => ({ ...createMemoryIdempotencyStore(), claim: () => Promise.resolve(claim) })
const keyed = { ...bearer('admin'), 'idempotency-key': 'one' }

it('says when to call again while the first call of a key runs, and knows the refusal of another body', async () => {
  expect(await without(409, await open({ idempotencyStore: answering({ state: 'running', lockedUntil: '2023-01-09T06:13:04Z' }) }), posts, keyed)).toEqual([])
  expect(await without(409, await open({ idempotencyStore: answering({ state: 'mismatch' }) }), posts, keyed)).toEqual([])
})

/** Their answers are kept under a seal. */
const sealedPaths = ['/v1/webhooks', '/v1/actions/{actionId}/scope']

it('marks an answer that is given again', async () => {
  let answer: IdempotentAnswer = { status: 200, body: '{}', location: null }
  const app = await open({ idempotencyStore: { ...createMemoryIdempotencyStore(), claim: () => Promise.resolve({ state: 'done', answer }) } })
  for (const target of posts) {
    const [status, told] = Object.entries(target.operation.responses).find(([one]) => one.startsWith('2'))!
    const sealed = Buffer.from(JSON.stringify({ type: 'application/json', body: '{}' })).toString('base64url')
    answer = { status: Number(status), body: sealedPaths.includes(target.path) ? sealed : '{}', location: told.headers?.['Location'] ? '/v1/somewhere' : null }
    expect(await without(answer.status, app, [target], keyed)).toEqual([])
  }
})

/** All that needs the graph fails; what only makes a name does not. */
const allAway = <T>(services: T): T => {
  const away = () => Promise.reject(new FishboneError('FB_GRAPH_UNAVAILABLE', 'Neo4j does not answer'))
  const part = (value: unknown, name: string): unknown => {
    if (['newId', 'nextId', 'ofPerson', 'ofVehicle'].includes(name)) return value
    if (typeof value === 'function') return away
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, part(one, inner)])) : value
  }
  return part(services, '') as T
}

it('says when to call again while the graph is away', async () => {
  const app = await open(allAway({ ...empty.services, idempotencyStore: createMemoryIdempotencyStore(), followUp: () => Promise.resolve([]), audit: auditInto([]) }))
  expect(await without(503, app, guarded)).toEqual([])
})
