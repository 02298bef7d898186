import { expect, it } from 'vitest'
import type { DuplicateServices } from '../../../src/workflow/duplicates/duplicate-services.ts'
import { candidatesOfArrival } from '../../../src/workflow/duplicates/compare-arrived.ts'
import type { ReadReport } from '../../../src/workflow/duplicates/read-compared.ts'

it('looks by vector only when others find the report by its own', async () => {
  const done: string[] = []
  const services = {
    store: {
      nearest: () => (done.push('nearest'), Promise.resolve([])),
      reports: () => Promise.resolve([]),
    },
    texts: { nearlyEqualTo: () => (done.push('words'), Promise.resolve([])) },
    tools: { rules: { nearestAsked: 60, cosine: { similar: 0.9 } }, read: () => null },
  } as unknown as Pick<DuplicateServices, 'store' | 'texts' | 'tools'>
  const report = { id: 'a', vehicleId: null, language: 'en', embedding: [1], embeddingModel: 'tiny' } as unknown as ReadReport
  await candidatesOfArrival(services, report, () => 0, async () => {
    await new Promise(resolve => setTimeout(resolve, 5))
    done.push('saved')
  })
  expect(done).toEqual(['words', 'saved', 'nearest'])
})
