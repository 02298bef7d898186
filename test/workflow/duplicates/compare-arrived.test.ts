import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../../src/project-root.ts'
import { readWording } from '../../../src/vocabulary-files.ts'
import type { DuplicateServices } from '../../../src/workflow/duplicates/duplicate-services.ts'
import { parseDuplicateRules } from '../../../src/workflow/duplicates/duplicate-rules.ts'
import { candidatesOfArrival } from '../../../src/workflow/duplicates/compare-arrived.ts'
import { cosineOf, createReadCompared, type ReadReport } from '../../../src/workflow/duplicates/read-compared.ts'

it('looks by vector only when others find the report by its own', async () => {
  const done: string[] = []
  const services = {
    store: {
      nearest: () => (done.push('nearest'), Promise.resolve([])),
      candidates: () => Promise.resolve([]),
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

it('takes the likeness a candidate was read with for that of the vectors', () => {
  const report = { id: 'a', embedding: [1, 0], embeddingModel: 'tiny' } as unknown as ReadReport
  const candidate = { id: 'b', embedding: null, embeddingModel: 'tiny', towards: { id: 'a', cosine: 0.6 } } as unknown as ReadReport
  const third = { id: 'c', embedding: [0.8, 0.6], embeddingModel: 'tiny' } as unknown as ReadReport
  expect([cosineOf(report, candidate), cosineOf(candidate, report), cosineOf(candidate, third)]).toEqual([0.6, 0.6, null])
  expect(cosineOf(report, third)).toBeCloseTo(0.8, 12)
})

it('reads a text for what it is asked for only', () => {
  let heard = 0
  const read = createReadCompared(parseDuplicateRules(readWording('duplicates', join(projectRoot, 'vocabulary'))), () => ((heard += 1), [1]))
  const report = read({ id: 'a', text: 'left front door', findings: [], dtcs: [], occurredAt: '2026-01-01T00:00:00.000Z' } as never)
  expect(heard).toBe(0)
  expect(report.near).toBe(report.near)
  expect([...report.sound() as number[], heard]).toEqual([1, 1])
})
