import { expect, it } from 'vitest'
import { buildTestApp } from './app-double.ts'

type Operation = { responses: Record<string, unknown>; requestBody?: unknown; security?: unknown; summary?: string }
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas?: Record<string, unknown> } }

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
  expect(Object.keys(document.paths).sort()).toEqual(['/health/live', '/health/ready', '/v1/cases/search', '/v1/feedback'])
  expect(Object.keys(document.paths['/v1/feedback']?.['post']?.responses ?? {}).sort()).toEqual(
    ['200', '201', '400', '401', '403', '409', '413', '415', '422', '429', '500', '503'],
  )
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations)) expect(operation.summary).toEqual(expect.any(String))
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-type']).toContain('text/html')
})

it('refers to nothing that is not there', async () => {
  const { document, text } = await read()
  expect(refsIn(text).filter(pointer => !resolves(document, pointer))).toEqual([])
})

it('is as it was', async () => {
  const { document } = await read()
  await expect(JSON.stringify(document, null, 2)).toMatchFileSnapshot('./openapi.snapshot.json')
})
