import { expect, it } from 'vitest'
import { join } from 'node:path'
import { askedIndexes, schemaDifferences } from '../../../src/graph/migration/schema-check.ts'
import type { IndexRow } from '../../../src/graph/migration/queries.ts'
import { readSchemaFiles } from '../../../src/graph/migration/schema-files.ts'
import { projectRoot } from '../../../src/project-root.ts'
import { readGraphModel } from '../../support/graph-model.ts'

const vector = "CREATE VECTOR INDEX case_embedding IF NOT EXISTS FOR (n:Case) ON (n.embedding) OPTIONS { indexConfig: { `vector.dimensions`: 384, `vector.similarity_function`: 'cosine' } }"
const text = "CREATE FULLTEXT INDEX case_text_cjk IF NOT EXISTS FOR (n:Case) ON EACH [n.matchText] OPTIONS { indexConfig: { `fulltext.analyzer`: 'cjk' } }"
const range = 'CREATE INDEX model_year_key IF NOT EXISTS FOR (n:ModelYear) ON (n.make, n.model)'
const constraint = '// who\nCREATE CONSTRAINT case_id IF NOT EXISTS FOR (n:Case) REQUIRE n.id IS UNIQUE'

const plain = { analyzer: null, dimensions: null, similarity: null, unique: false }

it('reads what each kind of statement asks for', () => {
  expect(askedIndexes([vector, text, range, constraint, 'MATCH (n) SET n.x = 1'])).toEqual([
    { ...plain, name: 'case_embedding', type: 'VECTOR', labels: ['Case'], properties: ['embedding'], dimensions: 384, similarity: 'COSINE' },
    { ...plain, name: 'case_text_cjk', type: 'FULLTEXT', labels: ['Case'], properties: ['matchText'], analyzer: 'cjk' },
    { ...plain, name: 'model_year_key', type: 'RANGE', labels: ['ModelYear'], properties: ['make', 'model'] },
    { ...plain, name: 'case_id', type: 'RANGE', labels: ['Case'], properties: ['id'], unique: true },
  ])
})

it('forgets what a later statement drops', () => {
  expect(askedIndexes([range, 'DROP INDEX model_year_key IF EXISTS'])).toEqual([])
})

const present = (change: Partial<IndexRow>): IndexRow => ({
  ...{ ...plain, name: 'case_embedding', type: 'VECTOR', labels: ['Case'], properties: ['embedding'], dimensions: 384, similarity: 'COSINE' },
  ...{ entity: 'NODE', state: 'ONLINE' },
  ...change,
})

it('finds nothing to say when the index is as asked, even while it is filled', () => {
  expect(schemaDifferences(askedIndexes([vector]), [present({ state: 'POPULATING' })])).toEqual([])
})

it.each([
  ['missing', { name: 'other' }],
  ['of another width', { dimensions: 768 }],
  ['of another measure', { similarity: 'EUCLIDEAN' }],
  ['on another property', { properties: ['vector'] }],
  ['on another label', { labels: ['Feedback'] }],
  ['of another type', { type: 'RANGE' }],
  ['failed', { state: 'FAILED' }],
])('names the index that is %s', (_, change) => {
  expect(schemaDifferences(askedIndexes([vector]), [present(change)])).toEqual([expect.stringContaining('case_embedding')])
})

it('makes every label of the graph model unique by id', () => {
  const asked = askedIndexes(readSchemaFiles(join(projectRoot, 'cypher', 'schema')).flatMap(file => file.statements))
  const unique = asked.filter(index => index.unique && index.properties?.join() === 'id').flatMap(index => index.labels)
  expect(unique.sort()).toEqual([...readGraphModel().labels.keys()].sort())
})
