import { z } from 'zod'
import type { RecordError } from './source-item.ts'

/** Longest piece of a wrong value that is repeated in a message. */
const shownLength = 40

const unwrap = (schema: unknown): unknown => {
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap()
  return inner
}

const schemaAt = (schema: unknown, path: readonly PropertyKey[]): unknown => {
  const inner = unwrap(schema)
  const [key, ...rest] = path
  if (key === undefined) return inner
  if (inner instanceof z.ZodObject) return schemaAt((inner.shape as Record<PropertyKey, unknown>)[key], rest)
  if (inner instanceof z.ZodArray) return schemaAt(inner.element, rest)
  return inner instanceof z.ZodRecord ? schemaAt(inner.valueType, rest) : undefined
}

const joinWords = (words: string[]): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`)

/** What a person would call the values a schema takes. */
function wordsFor(schema: unknown): string {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodNumber) return inner.format ? 'a whole number' : 'a number'
  if (inner instanceof z.ZodBoolean) return 'true or false'
  if (inner instanceof z.ZodEnum) return `one of ${joinWords(inner.options.map(String))}`
  if (inner instanceof z.ZodISODate) return 'a day that exists, as YYYY-MM-DD'
  if (inner instanceof z.ZodISODateTime) return 'an instant with offset, such as 2022-09-01T02:11:00Z'
  if (inner instanceof z.ZodString) return 'a text'
  if (inner instanceof z.ZodArray) return 'a list'
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) return 'an object'
  return inner instanceof z.ZodUnion ? joinWords(inner.options.map(wordsFor)) : 'another value'
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined), value)

const show = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text
}

const limitWords = (origin: string, limit: number | bigint): string => {
  if (origin === 'string') return `${limit} character${limit === 1 ? '' : 's'}`
  return origin === 'array' ? `${limit} entr${limit === 1 ? 'y' : 'ies'}` : String(limit)
}

const sizeOf = (value: unknown): string => {
  if (typeof value === 'string') return String(value.length)
  return Array.isArray(value) ? String(value.length) : show(value)
}

const messageOf = (issue: z.core.$ZodIssue, schema: unknown, value: unknown): string => {
  const found = valueAt(value, issue.path)
  if (found === undefined || found === null) return issue.code === 'custom' ? issue.message : 'is required'
  if (issue.code === 'too_small' && found === '') return 'must not be empty'
  if (issue.code === 'too_small') return `expected at least ${limitWords(issue.origin, issue.minimum)}, got ${sizeOf(found)}`
  if (issue.code === 'too_big') return `expected at most ${limitWords(issue.origin, issue.maximum)}, got ${sizeOf(found)}`
  if (issue.code === 'custom') return issue.message
  if (issue.code === 'invalid_format' && issue.format === 'regex') {
    // zod's own wording would show the pattern, which helps nobody at a plant.
    const written = issue.message.startsWith('Invalid') ? 'another form' : issue.message
    return `expected ${written}, got ${show(found)}`
  }
  return `expected ${wordsFor(schemaAt(schema, issue.path))}, got ${show(found)}`
}

/** `parts[3].lot`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`)).join('')

/** Faults of a value in the words of those who write the files, one for each field. */
export function recordErrors(schema: unknown, error: z.ZodError, value: unknown): RecordError[] {
  const errors = error.issues.map(issue => ({ path: pathText(issue.path), message: messageOf(issue, schema, value) }))
  return errors.filter((one, index) => errors.findIndex(other => other.path === one.path) === index)
}
