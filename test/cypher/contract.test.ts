import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { listStatementFiles, readBoundQueries } from '../support/bound-queries.ts'
import type { BoundQuery } from '../support/bound-queries.ts'
import { mapKeysOf, parametersOf, patternElements, propertyUses, returnedNames } from '../support/cypher-shape.ts'
import { propertyKeysOf, readGraphModel } from '../support/graph-model.ts'

const queries = await readBoundQueries()
const model = readGraphModel()

// That a statement parses, types and names what is there is said by the database itself: every-query.int.test.ts runs each one.

it('binds every statement file once', () => {
  expect(queries.map(query => query.file)).toEqual(listStatementFiles())
})

describe.each(queries.map(query => [query.file, query] as const))('%s', (_, query) => {
  it('uses only labels, types and properties of the graph model', () => {
    expect(strangeNames(query)).toEqual([])
  })

  it('takes exactly the parameters of its schema', () => {
    expect(query.params).toBeInstanceOf(z.ZodObject)
    expect(parametersOf(query.cypher)).toEqual(Object.keys((query.params as z.ZodObject).shape).sort())
    expect(query.params.safeParse(query.sample)).toMatchObject({ success: true })
  })

  it('returns exactly the columns of its row', () => {
    expect(query.row).toBeInstanceOf(z.ZodObject)
    const keys = Object.keys((query.row as z.ZodObject).shape).sort()
    const returned = returnedNames(query.cypher)
    for (const names of returned.length > 0 ? returned : [[]]) expect(names).toEqual(keys)
  })

  it('says on top what it is for, takes and returns', () => {
    expect(query.cypher).toMatch(/^\/\/ \S/)
    expect(query.cypher).toMatch(/^\/\/ Params {3}\S/m)
    expect(query.cypher).toMatch(/^\/\/ Returns {2}\S/m)
  })

  it('is one statement', () => {
    expect(query.cypher.trimEnd().endsWith(';')).toBe(false)
  })
})

/** Labels, types and keys that the model does not have, or not at that label or type. */
function strangeNames(query: BoundQuery): string[] {
  const elements = patternElements(query.cypher)
  const keysOf = (name: string) => model.labels.get(name) ?? model.types.get(name)
  const inPatterns = elements.flatMap(({ names, keys }) => [
    ...names.filter(name => !keysOf(name)),
    ...keys.filter(key => !names.some(name => keysOf(name)?.has(key))).map(key => `{${key}} of ${names.join('|')}`),
  ])
  const anyKey = new Set([...propertyKeysOf(model), ...keysInside(query.params), ...mapKeysOf(query.cypher), ...dateParts])
  const uses = propertyUses(query.cypher).filter(({ variable, key }) => {
    const names = elements.filter(element => element.variable === variable).flatMap(element => element.names)
    return names.length > 0 ? !names.some(name => keysOf(name)?.has(key)) : !anyKey.has(key)
  })
  return [...inPatterns, ...uses.map(({ variable, key }) => `${variable}.${key}`)]
}

/** Components of durations and instants, which read like properties. */
const dateParts = ['epochSeconds', 'microsecond', 'days', 'hours', 'minutes', 'seconds', 'milliseconds', 'epochMillis', 'year', 'month', 'day']

/** Keys of the objects that a parameter holds: `row.partNo` reads a map, not a node. */
function keysInside(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape).flatMap(([key, value]) => [key, ...keysInside(value)])
  if (schema instanceof z.ZodArray) return keysInside(schema.element)
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly) return keysInside(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(keysInside)
  return []
}
