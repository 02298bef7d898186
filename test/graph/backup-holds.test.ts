import { expect, it } from 'vitest'
import { backupQueries } from '../../src/graph/backup/backup-queries.ts'
import { readGraphModel } from '../support/graph-model.ts'

const model = readGraphModel()
const namesIn = (cypher: string) => cypher.match(/FOR [^[]*?[([][nr]:([\w\s|]+)[)\]]/)?.[1]?.split('|').map(name => name.trim()).sort()

it('a backup holds the writes of every label and type of the graph model', () => {
  expect(namesIn(backupQueries.holdNodeWrites.cypher)).toEqual([...model.labels.keys()].filter(label => label !== 'Migration').sort())
  expect(namesIn(backupQueries.holdRelationshipWrites.cypher)).toEqual([...model.types.keys()].sort())
})
