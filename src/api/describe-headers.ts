type Header = { description: string; schema: { type: 'string' | 'integer' } }
type Operation = { parameters?: unknown[]; responses?: Record<string, { headers?: Record<string, Header> }> }
type Document = { paths?: Record<string, object | undefined> }

const idempotencyKey = {
  name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  description: 'A repeat with the same key and body is given the first answer for 24 hours; with another body it is refused (409).',
}

const headersOf: Record<string, Record<string, Header>> = {
  202: { Location: { description: 'Where the job is: /v1/jobs/{jobId}', schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'Seconds after which to call again', schema: { type: 'integer' } } },
  503: { 'Retry-After': { description: 'Seconds after which to call again', schema: { type: 'integer' } } },
}

/** A replayed delivery is answered 202 too, and is no job; readiness is asked at the rhythm of who asks. */
const isHeaderOf = (status: string, path: string): boolean => (status === '202' ? !path.endsWith('/replay') : path !== '/health/ready')

const described = (method: string, path: string, operation: Operation): Operation => ({
  ...operation,
  ...(method === 'post' ? { parameters: [...(operation.parameters ?? []), idempotencyKey] } : {}),
  responses: Object.fromEntries(Object.entries(operation.responses ?? {}).map(([status, response]) =>
    [status, headersOf[status] && isHeaderOf(status, path) ? { ...response, headers: { ...response.headers, ...headersOf[status] } } : response])),
})

/** The OpenAPI document with the headers that hold for every call alike, which no route says of itself: `Idempotency-Key`, `Location`, `Retry-After`. */
export const describeHeaders = <T extends Document>(document: T): T => ({
  ...document,
  paths: Object.fromEntries(Object.entries(document.paths ?? {}).map(([path, operations]) =>
    [path, Object.fromEntries(Object.entries(operations ?? {}).map(([method, operation]) => [method, described(method, path, operation as Operation)]))])),
})
