import { z } from 'zod'
import type { FieldError } from './problem.ts'
import { pointerOf } from './schema-errors.ts'

const unwrap = (schema: unknown): unknown => {
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap()
  return inner
}

/** At most this many unknown fields are named. */
const mostWarnings = 100

/**
 * Fields of a record that its schema does not know and that are therefore not stored, as a pointer each. Keys of free maps (signals,
 * software) are values, not fields.
 */
export const unknownFields = (schema: unknown, value: unknown, path: readonly PropertyKey[] = []): FieldError[] => {
  const known = unwrap(schema)
  if (known instanceof z.ZodArray && Array.isArray(value))
    return value.flatMap((entry, index) => unknownFields(known.element, entry, [...path, index])).slice(0, mostWarnings)
  if (!(known instanceof z.ZodObject) || typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const shape = known.shape as Record<string, unknown>
  return Object.entries(value)
    .flatMap(([name, field]) =>
      Object.hasOwn(shape, name)
        ? unknownFields(shape[name], field, [...path, name])
        : [{ pointer: pointerOf([...path, name]), message: 'unknown field, not stored' }],
    )
    .slice(0, mostWarnings)
}
