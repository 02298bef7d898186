import fc from 'fast-check'

/** A JSON schema as the OpenAPI document holds it. */
export type JsonSchema = {
  $ref?: string
  type?: string
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  required?: string[]
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

const strings: Record<string, fc.Arbitrary<unknown>> = {
  'date-time': fc.constantFrom('2023-01-09T06:12:44Z', '2022-09-01T02:11:00+08:00', '2023-02-30T00:00:00Z'),
  date: fc.constantFrom('2022-03-14', '2024-02-29', '2023-13-01'),
}

/** Values a schema allows, or nearly: patterns are not followed, a few dates are none. `root` resolves references. */
export const fromSchema = (schema: JsonSchema, root: { components?: { schemas?: Record<string, JsonSchema> } }, depth = 0): fc.Arbitrary<unknown> => {
  const inner = (one: JsonSchema) => fromSchema(one, root, depth + 1)
  if (schema.$ref !== undefined) return inner(root.components?.schemas?.[schema.$ref.split('/').at(-1)!] ?? {})
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map(inner))
  if (schema.type === 'object' || schema.properties !== undefined) return objectOf(schema, inner, depth)
  if (schema.type === 'array') return fc.array(inner(schema.items ?? schema.prefixItems?.[0] ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.max(schema.minItems ?? 0, 3) })
  if (schema.type === 'integer') return fc.integer({ min: Math.max(schema.minimum ?? -1e6, -1e9), max: Math.min(schema.maximum ?? 1e6, 1e9) })
  if (schema.type === 'number') return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true })
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'string') return strings[schema.format ?? ''] ?? fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.max(schema.minLength ?? 0, Math.min(schema.maxLength ?? 20, 20)) })
  return fc.jsonValue({ maxDepth: 2 })
}

const objectOf = ({ properties = {}, required = [], additionalProperties }: JsonSchema, inner: (schema: JsonSchema) => fc.Arbitrary<unknown>, depth: number): fc.Arbitrary<unknown> => {
  if (Object.keys(properties).length === 0 && typeof additionalProperties === 'object') return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), inner(additionalProperties), { maxKeys: 3 })
  // Deep below only what must be there: schemas may hold themselves.
  const names = Object.entries(properties).filter(([name]) => depth < 4 || required.includes(name))
  return fc.record(Object.fromEntries(names.map(([name, schema]) => [name, inner(schema)])), { requiredKeys: required.filter(name => names.some(([known]) => known === name)) })
}

const nested = (levels: number, open: string, close: string) => JSON.parse(`${open.repeat(levels)}0${close.repeat(levels)}`) as unknown

/** What no schema foresees. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null, true, 0, -0, -1, 1e308, -1e308, 2 ** 53, 0.1, '', ' ', '\0', '\uD800', 'A\u0000B', '../../etc/passwd', "'; MATCH (n) DETACH DELETE n //", '${jndi:ldap://x}',
    '{{constructor}}', '<script>alert(1)</script>', '2023-13-45', '9999-99-99T99:99:99Z', '\u202Eabc', '👩‍👩‍👧‍👦'.repeat(50), 'x'.repeat(30_000), [], {}, [[]], [null], { constructor: 1 }, { toString: null },
    { then: 1 }, { length: -1 }, { '': '' }, { $ne: null }, { items: [] }, { items: [[]] },
  ),
  fc.constantFrom(nested(60, '[', ']'), nested(60, '{"a":', '}')),
  fc.jsonValue({ maxDepth: 3 }),
)

/** A value with one of its parts, somewhere, exchanged for a hostile one, dropped, or given a field nobody knows. */
export const mutated = (value: unknown): fc.Arbitrary<unknown> => {
  const paths = pathsOf(value)
  return fc.tuple(fc.constantFrom(...paths), hostileValue, fc.constantFrom('replace', 'replace', 'add')).map(([path, hostile, how]) => change(structuredClone(value), path, hostile, how))
}

const pathsOf = (value: unknown, at: string[] = []): string[][] =>
  typeof value !== 'object' || value === null ? [at] : [at, ...Object.entries(value).slice(0, 30).flatMap(([key, part]) => pathsOf(part, [...at, key]))]

const change = (value: unknown, [key, ...rest]: string[], hostile: unknown, how: string): unknown => {
  if (key === undefined) return how === 'add' && typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, nobodyKnows: hostile } : hostile
  const holder = value as Record<string, unknown>
  holder[key] = change(holder[key], rest, hostile, how)
  return value
}
