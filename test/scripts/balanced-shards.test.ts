import { expect, it } from 'vitest'
import { dealt, secondsOfFile } from '../support/balanced-shards.ts'

const file = (name: string) => `/checkout/test/${name}.int.test.ts`

it('deals the longest files first, each to the pile that is least so far', () => {
  // 66 | 45; 34 → the second (79); 22 → the first (88); 16 → the second (95); 5 → the first (93); 5 → the first (98).
  const names = ['graph/a', 'ingest/ingest-writers', 'cli/serving', 'graph/b', 'retrieval/search-cases', 'cypher/every-query', 'ingest/ingest-batch']
  expect(dealt(names.map(file), 2)).toEqual([
    ['cli/serving', 'retrieval/search-cases', 'graph/a', 'graph/b'].map(file),
    ['cypher/every-query', 'ingest/ingest-batch', 'ingest/ingest-writers'].map(file),
  ])
})

it('leaves no file out and deals none twice', () => {
  const paths = Array.from({ length: 17 }, (_, at) => file(`graph/f${at}`))
  expect(dealt(paths, 3).flat().toSorted()).toEqual(paths.toSorted())
  expect(dealt([], 2)).toEqual([[], []])
  expect(secondsOfFile(file('graph/f1'))).toBe(5)
})
