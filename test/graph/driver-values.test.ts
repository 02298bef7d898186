import neo4j from 'neo4j-driver'
import { expect, it } from 'vitest'
import { toParameters, toPlain } from '../../src/graph/driver-values.ts'

const { Node, DateTime } = neo4j.types

it.each([
  ['a small integer', neo4j.int(42), 42],
  ['the largest safe integer', neo4j.int('9007199254740991'), 9007199254740991],
  ['an integer beyond it, which must not be rounded', neo4j.int('9007199254740993'), 9007199254740993n],
  ['a negative one beyond it', neo4j.int('-9007199254740993'), -9007199254740993n],
  ['a float', 1.5, 1.5],
  ['null', null, null],
  ['a list of integers', [neo4j.int(1), neo4j.int(2)], [1, 2]],
  ['a list that begins with a float', [0.5, neo4j.int(2)], [0.5, 2]],
  ['a nested map', { a: [{ b: neo4j.int(1) }] }, { a: [{ b: 1 }] }],
  ['a node', new Node(neo4j.int(1), ['Case'], { id: 'C-1', n: neo4j.int(3) }), { id: 'C-1', n: 3 }],
  ['an instant', DateTime.fromStandardDate(new Date('2022-09-01T02:11:00.000Z')), expect.stringContaining('2022-09-01T')],
])('makes %s plain', (_, value, plain) => {
  expect(toPlain(value)).toEqual(plain)
})

it('sends null for an absent key, because the driver drops undefined', () => {
  expect(toParameters({ a: 1, b: undefined }, ['a', 'b', 'c'])).toEqual({ a: 1, b: null, c: null })
})

it('keeps false, zero and the empty text', () => {
  expect(toParameters({ a: false, b: 0, c: '' }, [])).toEqual({ a: false, b: 0, c: '' })
})
