import { expect, test } from 'vitest'
import { FishboneError } from '../../../src/domain/error.ts'
import { similarCasesTo } from '../../../src/workflow/triage/similar-cases.ts'
import { read } from './reading.ts'

test('the search is given the links that the report was read with', async () => {
  const report = read('充不上电，仪表报电池故障', { recordedDtcs: [{ code: 'P0AA6', failureType: null, status: 0x08 }] })
  const asked: unknown[] = []
  const found = await similarCasesTo((request, options) => {
    asked.push({ text: request.text, dtcs: request.dtcs, links: options?.links })
    return Promise.resolve({ items: [], timings: {} } as never)
  }, report)
  expect(found).toEqual([])
  expect(asked).toEqual([{ text: '充不上电，仪表报电池故障', dtcs: ['P0AA6'], links: report.links }])
})

test('a text of which nothing can be searched for has no similar cases; other errors pass through', async () => {
  const failing = (code: 'FB_NO_SUBJECT' | 'FB_GRAPH_UNAVAILABLE') => () => Promise.reject(new FishboneError(code, 'test'))
  expect(await similarCasesTo(failing('FB_NO_SUBJECT'), read('…'))).toEqual([])
  await expect(similarCasesTo(failing('FB_GRAPH_UNAVAILABLE'), read('…'))).rejects.toMatchObject({ code: 'FB_GRAPH_UNAVAILABLE' })
})

test('a case that no channel found is none', async () => {
  const items = [{ caseId: 'A', facets: { channels: ['vector'] } }, { caseId: 'B', facets: { channels: [] } }]
  const found = await similarCasesTo(() => Promise.resolve({ items, timings: {} } as never), read('充不上电'))
  expect(found.map(({ caseId }) => caseId)).toEqual(['A'])
})
