import { expect, it } from 'vitest'
import { planArrivals } from '../../src/graph/index.ts'
import type { GraphClient } from '../../src/graph/ports.ts'

const setUp = () => {
  const sent: { file: string; cypher: string }[] = []
  const all = (({ file, cypher, params }, given) => {
    params.parse(given)
    sent.push({ file, cypher })
    return Promise.resolve([])
  }) as GraphClient['all']
  return { sent, client: { all } }
}

it('asks for plans only: nothing that would write is run', async () => {
  const { sent, client } = setUp()
  await planArrivals(client)
  expect(sent.map(({ file }) => file)).toEqual(expect.arrayContaining(['ingest/write-feedback.cypher', 'triage/surroundings.cypher', 'workflow/raise-issues.cypher']))
  expect(sent.filter(({ cypher }) => !cypher.startsWith('EXPLAIN '))).toEqual([])
  expect(new Set(sent.map(({ file }) => file)).size).toBe(sent.length)
})

it('leaves off when it is over', async () => {
  const { sent, client } = setUp()
  await planArrivals(client, () => sent.length === 3)
  expect(sent).toHaveLength(3)
})
