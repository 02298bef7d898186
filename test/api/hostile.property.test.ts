import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Problem } from '../../src/api/problem.ts'
import { bearer, buildTestApp } from './app-double.ts'
import { createEmptyServices } from './hostile-services.ts'
import { holdHeaders } from './hold-headers.ts'
import { fromSchema, hostileValue, mutated } from './schema-arbitrary.ts'
import type { JsonSchema } from './schema-arbitrary.ts'

// Whatever is sent to whichever route: no fault of ours, an answer the OpenAPI document knows, and every refusal a problem.

type Media = Record<string, { schema?: JsonSchema }>
type Operation = { parameters?: { name: string; in: string; schema: JsonSchema }[]; requestBody?: { content: Media }; responses: Record<string, { content?: Media; headers?: Record<string, { required?: boolean }> }> }
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, JsonSchema> } }
type Target = { method: string; path: string; operation: Operation }

const bodiesPerOperation = 60
const callsPerOperation = 20

let app: Awaited<ReturnType<typeof buildTestApp>>
let document: Document
let targets: Target[]
let close: () => Promise<unknown>
const ajv = new Ajv2020({ strict: false, validateFormats: false })
let sent = 0

beforeAll(async () => {
  const empty = createEmptyServices()
  close = empty.close
  app = await buildTestApp(empty.services, { requestsPerMinute: 10_000_000 })
  document = (await app.inject('/openapi.json')).json()
  ajv.addSchema(document, 'openapi')
  targets = Object.entries(document.paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })))
})
afterAll(async () => {
  await app.close()
  await close()
})

const pointerTo = ({ method, path }: Target, status: string, type: string): string =>
  `openapi#/paths/${encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))}/${method.toLowerCase()}/responses/${status}/content/${encodeURIComponent(type.replaceAll('/', '~1'))}/schema`

/** Sends one call and holds the answer against the document. */
const send = async (target: Target, call: { url: string; payload?: string | Buffer; headers?: Record<string, string> }) => {
  sent++
  const reply = await app.inject({ method: target.method as 'POST', url: call.url, headers: { ...bearer('admin'), ...call.headers }, ...(call.payload !== undefined && { payload: call.payload }) })
  const seen = `${target.method} ${call.url.slice(0, 200)} ${call.payload?.toString().slice(0, 500) ?? ''} → ${reply.statusCode} ${reply.body.slice(0, 500)}`
  if (reply.statusCode === 404 && reply.json<{ detail: string }>().detail.startsWith('there is nothing at')) return
  expect(reply.statusCode, seen).toBeLessThan(500)
  const known = target.operation.responses[String(reply.statusCode)]
  expect(known, `the document does not know this answer: ${seen}`).toBeDefined()
  holdHeaders(known!, reply, seen)
  if (reply.statusCode === 204) return
  const type = String(reply.headers['content-type']).split(';')[0]!
  if (reply.statusCode >= 400) {
    expect(type, seen).toBe('application/problem+json')
    expect(Problem.safeParse(reply.json()).success, seen).toBe(true)
    expect(reply.json<Problem>().status, seen).toBe(reply.statusCode)
  }
  if (type.endsWith('json')) {
    const validate = ajv.getSchema(pointerTo(target, String(reply.statusCode), type))
    expect(validate, `no schema for ${type}: ${seen}`).toBeDefined()
    expect(validate!(reply.json()), `${JSON.stringify(validate!.errors)}: ${seen}`).toBe(true)
  }
}

/** Every parameter filled by what its schema allows, or by something hostile. */
const addressOf = ({ path, operation }: Target): fc.Arbitrary<string> => {
  const parameters = operation.parameters ?? []
  const value = (schema: JsonSchema) => fc.oneof({ weight: 3, arbitrary: fromSchema(schema, document) }, { weight: 1, arbitrary: hostileValue }).map(one => (typeof one === 'string' ? one : (JSON.stringify(one) ?? '')).slice(0, 2_000)).map(one => Buffer.from(one).toString())
  const inPath = fc.record(Object.fromEntries(parameters.filter(one => one.in === 'path').map(one => [one.name, value(one.schema)])))
  const inQuery = fc.record(Object.fromEntries(parameters.filter(one => one.in === 'query' && one.name !== 'wait').map(one => [one.name, value(one.schema)])), { requiredKeys: [] })
  return fc.tuple(inPath, inQuery, fc.option(fc.constantFrom('asof=2020', 'wait=0', 'limit=', '__proto__=1', '%FF=%FF', 'cursor=eyJ9'), { freq: 4 })).map(([names, query, extra]) => {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? 'x') || 'x')
    const words = Object.entries(query).flatMap(([name, one]) => (one === undefined ? [] : [`${name}=${encodeURIComponent(one)}`]))
    return `${filled}?${[...words, ...(extra === null ? [] : [extra])].join('&')}`
  })
}

const rawBody = fc.constantFrom('', '{', '[', 'null', '"text"', '\u0000', '{"a":1,}', '{"__proto__":{"x":1}}', '{"constructor":{"prototype":{}}}', '\uFEFF{}', 'NaN', '['.repeat(20_000), `${'['.repeat(5_000)}${']'.repeat(5_000)}`, '1e999', '{"a":"\\ud800"}')

/** A body near what the schema wants, one with a hostile part, or none that is JSON. */
const bodyOf = (schema: JsonSchema): fc.Arbitrary<string> => {
  const near = fromSchema(schema, document)
  return fc.oneof(
    { weight: 2, arbitrary: near.map(value => JSON.stringify(value)) },
    { weight: 5, arbitrary: near.chain(mutated).map(value => JSON.stringify(value)) },
    { weight: 1, arbitrary: hostileValue.map(value => JSON.stringify(value)) },
    { weight: 1, arbitrary: rawBody },
  )
}

it('answers hostile bodies on every route that takes one', { timeout: 120_000 }, async () => {
  for (const target of targets) {
    const schema = target.operation.requestBody?.content['application/json']?.schema
    if (schema === undefined) continue
    const url = target.path.replaceAll(/\{\w+\}/g, 'x')
    await fc.assert(
      fc.asyncProperty(bodyOf(schema), fc.constantFrom('application/json', 'application/json', 'application/json', 'application/json; charset=utf-8', 'text/plain'), (payload, type) =>
        send(target, { url, payload, headers: { 'content-type': type } })),
      { numRuns: bodiesPerOperation, seed: 7, endOnFailure: true },
    )
  }
})

it('answers hostile addresses and queries on every route', { timeout: 120_000 }, async () => {
  for (const target of targets)
    await fc.assert(
      fc.asyncProperty(addressOf(target), url => send(target, { url, ...(target.operation.requestBody && { payload: '{}', headers: { 'content-type': 'application/json' } }) })),
      { numRuns: callsPerOperation, seed: 11, endOnFailure: true },
    )
})

it('answers uploads that are none', { timeout: 60_000 }, async () => {
  const target = targets.find(one => one.path === '/v1/imports')!
  const part = fc.constantFrom('--b\r\n', '--b--\r\n', 'content-disposition: form-data; name="file"; filename="vehicles.ndjson"\r\n\r\n', 'content-disposition: form-data; name="kind"\r\n\r\nvehicles\r\n', '{}', '\r\n', '\0', 'content-disposition: form-data; name="__proto__"\r\n\r\n1\r\n')
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.constantFrom('multipart/form-data; boundary=b', 'multipart/form-data', 'application/x-ndjson', 'application/gzip', 'image/png'), (parts, type) =>
      send(target, { url: '/v1/imports?kind=vehicles', payload: parts.join(''), headers: { 'content-type': type } })),
    { numRuns: 200, seed: 13, endOnFailure: true },
  )
})

it('was asked at least two thousand times', () => {
  expect(sent).toBeGreaterThanOrEqual(2_000)
})
