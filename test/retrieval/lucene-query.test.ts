import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cjkQuery, englishQuery } from '../../src/retrieval/lucene-query.ts'

it('quotes every word, so that none is read as an operator', () => {
  expect(englishQuery('brake AND (soft -pedal*', [])).toBe('"brake" OR "and" OR "soft" OR "pedal"')
})

it('adds the words of the other language as phrases', () => {
  expect(englishQuery('充电', ['charging stops'])).toBe('"充电" OR "charging stops"')
  expect(cjkQuery('充电中断', [])).toBe('"充电" OR "电中" OR "中断"')
})

it('is empty where there is nothing to look for', () => {
  expect([englishQuery('+-!', []), cjkQuery('🔋', [])]).toEqual(['', ''])
})

it('holds nothing but quoted words, whatever is written', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), units => {
      const text = String.fromCharCode(...units)
      for (const query of [englishQuery(text, []), cjkQuery(text, [])]) expect(query).toMatch(/^("[^"\\]+"( OR "[^"\\]+")*)?$/)
    }),
    { seed: 7 },
  )
})
