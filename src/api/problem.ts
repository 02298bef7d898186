import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { errorTable, FishboneError } from '../domain/error.ts'
import type { ErrorCode } from '../domain/error.ts'

export const FieldError = z.object({ pointer: z.string(), message: z.string() })
export type FieldError = z.infer<typeof FieldError>

/** An error answer, `application/problem+json` (RFC 9457). `code` is stable and listed in docs/errors.md. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(FieldError).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

/** Seconds after which a call that failed for the time being is worth repeating. */
export const retryAfterSeconds: Partial<Record<ErrorCode, number>> = {
  FB_GRAPH_UNAVAILABLE: 5,
  FB_QUEUE_UNAVAILABLE: 5,
  FB_EMBEDDER_UNAVAILABLE: 5,
}

const frameworkCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'FB_BAD_JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'FB_BAD_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'FB_BAD_JSON',
  FST_ERR_CTP_BODY_TOO_LARGE: 'FB_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'FB_UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_BAD_URL: 'FB_NOT_FOUND',
  FST_ERR_MAX_PARAM_LENGTH: 'FB_NOT_FOUND',
  FST_REQ_FILE_TOO_LARGE: 'FB_TOO_LARGE',
  FST_FILES_LIMIT: 'FB_TOO_LARGE',
  FST_PARTS_LIMIT: 'FB_TOO_LARGE',
  FST_FIELDS_LIMIT: 'FB_TOO_LARGE',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'FB_UNSUPPORTED_MEDIA_TYPE',
  FST_PROTO_VIOLATION: 'FB_BAD_JSON',
  FST_ERR_CTP_INVALID_TYPE: 'FB_UNSUPPORTED_MEDIA_TYPE',
}

const details: Partial<Record<ErrorCode, string>> = {
  FB_BAD_JSON: 'the body is not JSON',
  FB_TOO_LARGE: 'the body is larger than this call takes',
  FB_UNSUPPORTED_MEDIA_TYPE: 'send the body as application/json',
  FB_TIMEOUT: 'the answer took too long; the same call may be repeated',
  FB_NOT_FOUND: 'there is no such address',
}

/** An error of the framework in the project's words; anything unforeseen is FB_INTERNAL and keeps its cause for the log alone. */
export const asFishboneError = (error: unknown): FishboneError => {
  if (error instanceof FishboneError) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  const known = code === undefined ? undefined : frameworkCodes[code]
  // secure-json-parse refuses `__proto__` and what is no JSON with a SyntaxError of status 400.
  const ours = known ?? (statusCode === 400 && error instanceof SyntaxError ? 'FB_BAD_JSON' : 'FB_INTERNAL')
  return new FishboneError(ours, details[ours] ?? 'something went wrong here; the request id finds it in the log', { cause: error })
}

const fieldErrorsOf = (error: FishboneError): FieldError[] | undefined => {
  const parsed = z.array(FieldError).safeParse(error.details['errors'])
  return parsed.success && parsed.data.length > 0 ? parsed.data : undefined
}

/** What of an error a caller is told: of a fault of ours (5xx, save the retryable ones) only that there was one. */
export const problemOf = (error: FishboneError, request: { path: string; requestId: string }): Problem => {
  const { status, retryable } = errorTable[error.code]
  const isOurs = status >= 500 && !retryable
  const code = isOurs ? 'FB_INTERNAL' : error.code
  return {
    type: `/docs/errors#${code.toLowerCase()}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: isOurs ? 'something went wrong here; the request id finds it in the log' : error.message,
    instance: request.path,
    code,
    requestId: request.requestId,
    ...(fieldErrorsOf(error) && { errors: fieldErrorsOf(error) }),
  }
}
