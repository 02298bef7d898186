import { expect, it } from 'vitest'
import { bearer, buildTestApp } from './app-double.ts'

type Schema = { $ref?: string; properties?: Record<string, Schema>; required?: string[]; anyOf?: Schema[]; items?: Schema; type?: string }
type Body = { content?: Record<string, { schema: Schema }> }
type Operation = { responses: Record<string, Body & { headers?: Record<string, unknown> }>; requestBody?: Body; parameters?: { name: string; in: string; required?: boolean }[]; security?: unknown; summary?: string }
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas?: Record<string, Schema> } }

const read = async () => {
  const app = await buildTestApp()
  const reply = await app.inject('/openapi.json')
  const page = await app.inject('/docs')
  await app.close()
  return { document: reply.json<Document>(), page, text: reply.body }
}

const refsIn = (text: string): string[] => [...text.matchAll(/"\$ref":"#([^"]+)"/g)].map(match => match[1] ?? '')

const resolves = (document: unknown, pointer: string): boolean =>
  pointer.split('/').slice(1).reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document) !== undefined

it('is OpenAPI 3.1 of every call, open to read, each operation with its answers', async () => {
  const { document, page } = await read()
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths['/v1/feedback']?.['post']?.responses ?? {}).sort()).toEqual(
    ['200', '201', '400', '401', '403', '408', '409', '413', '415', '422', '429', '500', '503'],
  )
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations)) {
      expect(operation.summary).toEqual(expect.any(String))
      if (operation.requestBody) expect(operation.responses['408'], operation.summary).toBeDefined()
    }
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-type']).toContain('text/html')
})

it('tells the headers of every call: the key of a repeat, where the job is, when to call again', async () => {
  const { document: { paths } } = await read()
  const keyed = (method: string, path: string) => (paths[path]?.[method]?.parameters ?? []).filter(one => one.in === 'header').map(one => one.name)
  expect(keyed('post', '/v1/feedback')).toEqual(['Idempotency-Key'])
  expect(keyed('get', '/v1/issues')).toEqual([])
  const headers = (method: string, path: string, status: string) => Object.keys(paths[path]?.[method]?.responses[status]?.headers ?? {})
  expect(headers('post', '/v1/root-cause-analyses', '202')).toEqual(['Location', 'Idempotency-Replayed'])
  expect(headers('post', '/v1/webhooks/{webhookId}/deliveries/{deliveryId}/replay', '202')).toEqual(['Idempotency-Replayed'])
  expect([headers('post', '/v1/feedback', '409'), headers('patch', '/v1/issues/{issueId}', '409'), headers('get', '/v1/issues', '401')]).toEqual([['Retry-After'], [], ['WWW-Authenticate']])
  expect([headers('post', '/v1/feedback', '429'), headers('get', '/v1/issues', '503'), headers('get', '/health/ready', '503')]).toEqual([['Retry-After'], ['Retry-After'], []])
})

it('describes the figures for Prometheus as they are answered', async () => {
  const { document } = await read()
  const app = await buildTestApp()
  const reply = await app.inject({ url: '/metrics', headers: bearer('reader') })
  const refused = await app.inject('/metrics')
  await app.close()
  const { responses, security } = document.paths['/metrics']!['get']!
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')])
  expect(reply.body).toContain('fishbone_http_request_seconds')
  expect([Object.keys(responses['200']!.content ?? {}), Object.keys(responses), security, refused.statusCode]).toEqual([['text/plain'], ['200', '401', '429', '500'], undefined, 401])
})

it('explains every code where the type of a problem points to', async () => {
  const app = await buildTestApp()
  const problem = (await app.inject('/v1/issues')).json<{ type: string; code: string }>()
  const page = await app.inject(problem.type.split('#')[0]!)
  await app.close()
  expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
  expect(page.body).toContain(`\n## ${problem.code}\n`)
})

it('refers to nothing that is not there', async () => {
  const { document, text } = await read()
  expect(refsIn(text).filter(pointer => !resolves(document, pointer))).toEqual([])
})

/** Names of a schema's fields, `?` behind those that may be absent. */
const fieldsOf = (schema: Schema | undefined, { components }: Document): string => {
  if (schema === undefined) return ''
  if (schema.$ref !== undefined) return fieldsOf(components.schemas?.[schema.$ref.split('/').at(-1)!], { components } as Document)
  if (schema.anyOf) return schema.anyOf.map(one => fieldsOf(one, { components } as Document)).join(' | ')
  if (schema.properties) return `{${Object.keys(schema.properties).map(name => `${name}${schema.required?.includes(name) ? '' : '?'}`).join(', ')}}`
  return schema.type ?? 'any'
}

const contentOf = (body: Body | undefined, document: Document): string =>
  Object.entries(body?.content ?? {}).map(([type, { schema }]) => `${type === 'application/json' ? '' : `${type} `}${fieldsOf(schema, document)}`).join(' or ')

/** The document in the lines a change of which a caller would notice. */
const outline = (document: Document): string =>
  Object.entries(document.paths)
    .flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => {
      const query = (operation.parameters ?? []).filter(one => one.in === 'query').map(one => `${one.name}${one.required ? '' : '?'}`)
      const statuses = Object.keys(operation.responses)
      const good = statuses.filter(status => status < '300').map(status => `  ${status} ${contentOf(operation.responses[status], document)}`.trimEnd())
      const body = contentOf(operation.requestBody, document)
      return [
        `${method.toUpperCase()} ${path}${query.length > 0 ? ` ?${query.join('&')}` : ''}`, ...(body ? [`  body ${body}`] : []), ...good,
        `  refused ${statuses.filter(status => status >= '300').join(' ')}`,
      ].join('\n')
    }))
    .join('\n')

it('is as it was', async () => {
  const { document } = await read()
  await expect(`${outline(document)}\n`).toMatchFileSnapshot('./openapi.snapshot.txt')
})
