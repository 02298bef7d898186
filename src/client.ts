import type { Problem } from './api/problem.ts'
import { createFleetCalls } from './client/fleet-calls.ts'
import { createIssueCalls } from './client/issue-calls.ts'
import { createOperationCalls } from './client/operation-calls.ts'
import { createRecordCalls } from './client/record-calls.ts'
import { createTransport } from './client/transport.ts'
import type { CallOptions, ClientOptions } from './client/transport.ts'

export { FishboneApiError } from './client/transport.ts'
export type { AlertFilter } from './client/fleet-calls.ts'
export type { IssueFilter } from './client/issue-calls.ts'
export type { SentKind } from './client/record-calls.ts'
export type { CallOptions, ClientOptions, Problem }

/**
 * A client of the HTTP API, version 1, typed by the schemas the server checks with. It needs nothing but `fetch`.
 *
 * Calls that take long wait for their job and give its result. Every call rejects with `FishboneApiError` when the server refuses it; a call that
 * may succeed later (`isRetryable`) is tried again `retries` times, after `Retry-After`.
 */
export const createClient = (options: ClientOptions) => {
  const transport = createTransport(options)
  const { call, finish, text, pages } = transport
  return {
    ...createRecordCalls(transport),
    ...createIssueCalls(transport),
    ...createFleetCalls(transport),
    ...createOperationCalls(transport),
    /** For a call of the API that has no method here; the answer's type is the caller's to say. */
    call,
    finish,
    text,
    pages,
  }
}

export type FishboneClient = ReturnType<typeof createClient>
