import { STATUS_CODES } from 'node:http'
import { errorTable, FishboneError } from '../domain/error.ts'
import type { ErrorCode } from '../domain/error.ts'
import { problemOf } from './problem.ts'

const reasons: Record<string, { code: ErrorCode; detail: string }> = {
  HPE_HEADER_OVERFLOW: { code: 'FB_HEADERS_TOO_LARGE', detail: 'the headers are larger than 16 KiB' },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'FB_TIMEOUT', detail: 'the request was not sent in time' },
}

/** The answer to what never became a request: headers too large, too slow, or no HTTP at all. Written straight to the socket. */
export const refusalOfConnection = (reason: string | undefined, requestId: string): string => {
  const { code, detail } = reasons[reason ?? ''] ?? { code: 'FB_BAD_JSON', detail: 'this is no HTTP request' }
  const body = JSON.stringify(problemOf(new FishboneError(code, detail), { path: '/', requestId }))
  const { status } = errorTable[code]
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
