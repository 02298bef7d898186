import type { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import type { FieldError } from './problem.ts'

type Issue = z.core.$ZodIssue

/** RFC 6901: `/vehicle/modelYear`; the whole body is the empty pointer. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** What a caller should send, in the words of the import contract, where the library only says what was wrong. */
const wanted: Readonly<Record<string, string>> = {
  datetime: 'expected an instant with offset, such as 2022-09-01T02:11:00Z',
  date: 'expected a day that exists, as YYYY-MM-DD',
}

const messageOf = (issue: Issue): string => {
  if (issue.code === 'invalid_union') return [...new Set(issue.errors.flat().map(messageOf))].join(', or ')
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is required'
  return (issue.code === 'invalid_format' ? wanted[issue.format] : undefined) ?? issue.message
}

const fieldErrors = (issue: Issue): FieldError[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map(key => ({ pointer: pointerOf([...issue.path, key]), message: 'is not a field of this call' }))
    : [{ pointer: pointerOf(issue.path), message: messageOf(issue) }]

/** At most this many faults are listed: a body of a megabyte can hold a hundred thousand. */
const mostErrors = 100

const partNames: Record<string, string> = { body: 'the body', querystring: 'the query', params: 'the path', headers: 'the headers' }

/** Checks each part of a request against its zod schema; a fault is FB_INVALID with a pointer for each field. */
export const validateBySchema =
  ({ schema, httpPart }: { schema: unknown; httpPart?: string }) =>
  (value: unknown): { value: unknown } | { error: FishboneError } => {
    const parsed = (schema as z.ZodType).safeParse(value)
    if (parsed.success) return { value: parsed.data }
    const part = partNames[httpPart ?? ''] ?? 'the request'
    return {
      error: new FishboneError('FB_INVALID', `${part} does not match what this call takes`, {
        details: { errors: parsed.error.issues.flatMap(fieldErrors).slice(0, mostErrors) },
      }),
    }
  }
