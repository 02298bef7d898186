import fc from 'fast-check'
import { expect, it } from 'vitest'
import { browserLink, cypherLiteral } from '../../../src/graph/browser/browser-link.ts'

const connection = { browserUrl: 'http://127.0.0.1:7475/browser/', uri: 'bolt://127.0.0.1:7688', user: 'neo4j' }

it('opens the Browser of the store with the record written into the statement', () => {
  const link = new URL(browserLink({ label: 'Case', id: '20V630000' }, connection))
  expect(link.origin + link.pathname).toBe('http://127.0.0.1:7475/browser')
  expect(Object.fromEntries(link.searchParams)).toMatchObject({ dbms: 'neo4j://neo4j@127.0.0.1:7688', db: 'neo4j', cmd: 'edit' })
  expect(link.searchParams.get('arg')).toMatch(/^MATCH \(record:Case \{id: '20V630000'\}\)\n/)
})

it('lets no id out of its literal', () => {
  const { searchParams } = new URL(browserLink({ label: 'Feedback', id: "x'}) DETACH DELETE record //" }, connection))
  expect(searchParams.get('arg')).toContain("{id: 'x\\'}) DETACH DELETE record //'}")
})

/** Reads a literal back by the rules of Cypher. */
const read = (literal: string) => literal.slice(1, -1).replace(/\\(u[0-9a-f]{4}|.)/g, (_, escape: string) => (escape.length === 5 ? String.fromCharCode(parseInt(escape.slice(1), 16)) : escape))

it('writes any text as a literal that reads back the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(read(cypherLiteral(text))).toBe(text)
      expect(cypherLiteral(text)).toMatch(/^'(?:[^'\\]|\\.)*'$/su)
    }),
    { seed: 8, numRuns: 500 },
  )
})
