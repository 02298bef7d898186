import { isInt, isNode, isRelationship, types } from 'neo4j-driver'
import type { DateTime, Integer } from 'neo4j-driver'

/**
 * Plain JavaScript for a value of the driver: integers within ±2^53 as numbers and beyond as bigint (which no `z.number()` lets pass), nodes and
 * relationships as their properties, instants and days as ISO 8601 text.
 */
export function toPlain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (isInt(value)) return toSafeNumber(value)
  if (Array.isArray(value)) return toPlainList(value)
  if (isNode(value) || isRelationship(value)) return toPlainMap(value.properties)
  if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) {
    return toPlainMap(value as Record<string, unknown>)
  }
  if (isTemporal(value)) return value.toString()
  return value
}

/** Like `toPlain` for texts, numbers, lists and maps of them, but every whole number is a bigint: 1 and 1.0 stay apart. Anything else stays as the driver gave it. */
export function toExact(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (isInt(value)) return value.toBigInt()
  if (Array.isArray(value)) return value.every(item => typeof item === 'number' || typeof item === 'string') ? value : value.map(toExact)
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toExact(one)]))
}

function toPlainList(list: unknown[]): unknown[] {
  // Embeddings and lists of texts are plain already: those need no second copy.
  return list.every(item => typeof item === 'number' || typeof item === 'string') ? list : list.map(toPlain)
}

function toPlainMap(map: Record<string, unknown>): Record<string, unknown> {
  const plain: Record<string, unknown> = {}
  for (const key of Object.keys(map)) plain[key] = toPlain(map[key])
  return plain
}

function toSafeNumber(value: Integer): number | bigint {
  return value.inSafeRange() ? value.toNumber() : value.toBigInt()
}

const temporalClasses = [types.DateTime, types.Date, types.LocalDateTime, types.Time, types.LocalTime, types.Duration]

function isTemporal(value: object): value is DateTime {
  return temporalClasses.some(temporal => value instanceof temporal)
}

/**
 * Parameters as the database wants them: an absent key becomes null, because the driver drops `undefined` and the statement then fails with
 * ParameterMissing.
 */
export function toParameters(params: unknown, keys: readonly string[]): Record<string, unknown> {
  const given = (params ?? {}) as Record<string, unknown>
  const parameters: Record<string, unknown> = {}
  for (const key of new Set([...keys, ...Object.keys(given)])) parameters[key] = given[key] ?? null
  return parameters
}
