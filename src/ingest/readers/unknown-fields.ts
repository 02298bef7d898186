import { z } from 'zod'

type Known = { fields: Map<string, Known | null> }

const knownOf = (schema: unknown): Known | null => {
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap()
  if (inner instanceof z.ZodArray) return knownOf(inner.element)
  if (!(inner instanceof z.ZodObject)) return null
  return { fields: new Map(Object.entries(inner.shape as Record<string, unknown>).map(([name, field]) => [name, knownOf(field)])) }
}

const collect = (known: Known, value: unknown, prefix: string, found: Set<string>): void => {
  if (Array.isArray(value)) {
    for (const entry of value) collect(known, entry, prefix, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      const inner = known.fields.get(name)
      if (inner === undefined) found.add(prefix + name)
      else if (inner) collect(inner, (value as Record<string, unknown>)[name], `${prefix}${name}.`, found)
    }
  }
}

/** Finds names a schema does not know, at any depth: `colour`, `parts.colour`. Keys of free maps, such as signals, are values, not names. */
export function createUnknownFields(schema: unknown): (value: unknown, found: Set<string>) => void {
  const known = knownOf(schema)
  return (value, found) => {
    if (known) collect(known, value, '', found)
  }
}
