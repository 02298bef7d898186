type Header = { description: string; required?: true; schema: { type: 'string' | 'integer' } }
type Operation = { parameters?: unknown[]; responses?: Record<string, { headers?: Record<string, Header> }> }
type Document = { paths?: Record<string, object | undefined> }
type Call = { method: string; path: string }

const idempotencyKey = {
  name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  description: 'A repeat with the same key, body and query is given the first answer for 24 hours, whatever its `wait`; with another body or query it is refused (409).',
}

const location = (what: string): Record<string, Header> => ({ Location: { description: what, required: true, schema: { type: 'string' } } })
const replayed: Record<string, Header> = { 'Idempotency-Replayed': { description: '`true` where this is the first answer of its Idempotency-Key once more', schema: { type: 'string' } } }
const retryAfter: Record<string, Header> = { 'Retry-After': { description: 'Seconds after which to call again', required: true, schema: { type: 'integer' } } }
const whileRunning: Record<string, Header> = {
  'Retry-After': { description: 'Only where the first call with this Idempotency-Key still runs: seconds after which to call again', schema: { type: 'integer' } },
}
const authenticate: Record<string, Header> = { 'WWW-Authenticate': { description: 'How to send a key', required: true, schema: { type: 'string' } } }

/** Calls whose 201 has an address of its own. */
const makers: readonly string[] = ['/v1/webhooks', '/v1/issues/{issueId}/split']

/** What holds for every call alike, by the status of its answer. A delivery sent again is answered 202 too, and is no job. */
const headersOf = (status: string, { method, path }: Call): Record<string, Header> => {
  // Readiness is asked at the rhythm of who asks.
  if (path.startsWith('/health/')) return {}
  const isPost = method === 'post'
  if (status === '401') return authenticate
  if (status === '429' || status === '503') return retryAfter
  if (status === '409') return isPost ? whileRunning : {}
  if (!status.startsWith('2') || !isPost) return {}
  if (status === '202' && !path.endsWith('/replay')) return { ...location('Where the job is: /v1/jobs/{jobId}'), ...replayed }
  return status === '201' && makers.includes(path) ? { ...location('Where it is'), ...replayed } : replayed
}

const described = (call: Call, operation: Operation): Operation => ({
  ...operation,
  ...(call.method === 'post' ? { parameters: [...(operation.parameters ?? []), idempotencyKey] } : {}),
  responses: Object.fromEntries(Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const headers = { ...response.headers, ...headersOf(status, call) }
    return [status, Object.keys(headers).length > 0 ? { ...response, headers } : response]
  })),
})

/**
 * The OpenAPI document with the headers that hold for every call alike, which no route says of itself. `required` marks those that every answer of
 * the status has.
 */
export const describeHeaders = <T extends Document>(document: T): T => ({
  ...document,
  paths: Object.fromEntries(Object.entries(document.paths ?? {}).map(([path, operations]) =>
    [path, Object.fromEntries(Object.entries(operations ?? {}).map(([method, operation]) => [method, described({ method, path }, operation as Operation)]))])),
})
