import { describe, expect, it } from 'vitest'
import type { FeedbackToGather, UnmappedStore } from '../../../src/graph/ports/unmapped.ts'
import type { LinkedText, Linker } from '../../../src/vocabulary/index.ts'
import { createGatherClauses, type Standing } from '../../../src/workflow/unmapped/gather-clauses.ts'

type Written = Parameters<UnmappedStore['replaceClauses']>[0]
const text = 'the fridge is broken, drinks stay warm'
const finding = (symptom: string | null, confidence: number, over: object = {}) => ({
  component: null, symptom, confidence, span: [0, 20], method: 'tfidf', negated: false, past: false, hypothetical: false, ...over,
})
const clauses = [{ span: [0, 20], components: [], hasFaultWords: true }, { span: [21, 38], components: ['console'], hasFaultWords: false }]

const gather = async (links: object, standing: Standing = 'issue'): Promise<string[]> => {
  const waiting: FeedbackToGather[] = [{ feedbackId: 'f1', text, language: 'en', receivedAt: '2023-01-01T00:00:00.000Z', vehicleId: null, textSha256: 'a' }]
  const written: Written[] = []
  const store = { listToGather: () => Promise.resolve(waiting.splice(0)), replaceClauses: (rows: Written) => Promise.resolve(void written.push(rows)) } as unknown as UnmappedStore
  const linker = { vocabularyVersion: 'v1', link: () => ({ language: 'en', findings: [], unlinkedClauses: [], ...links }) as unknown as LinkedText } as unknown as Linker
  await createGatherClauses({ store, linker, standingOf: () => standing })()
  return written.flat().flatMap(row => row.clauses.map(clause => clause.text))
}

describe('what is gathered for a term', () => {
  it('takes every clause of a text without a symptom, only those that speak of failure beside one', async () => {
    expect(await gather({ unlinkedClauses: clauses })).toEqual(['the fridge is broken', 'drinks stay warm'])
    expect(await gather({ unlinkedClauses: clauses, findings: [finding('noise', 0.9, { method: 'alias' })] })).toEqual(['the fridge is broken'])
  })

  it('takes of what merely sounds like another matter what speaks of failure, of another matter nothing', async () => {
    expect(await gather({ unlinkedClauses: clauses }, 'doubtful')).toEqual(['the fridge is broken'])
    expect(await gather({ unlinkedClauses: clauses }, 'other')).toEqual([])
  })

  it.each([
    ['another symptom by its sound', [finding('other-symptom', 0.9)], 1],
    ['one less likely than not', [finding('no-cooling', 0.49)], 1],
    ['one as likely as not', [finding('no-cooling', 0.5)], 0],
    ['one named in words', [finding('other-symptom', 0.4, { method: 'alias' })], 0],
    ['a denied one', [finding('other-symptom', 0.9, { negated: true })], 0],
    ['one of many of a story', Array.from({ length: 5 }, () => finding('other-symptom', 0.9)), 0],
  ])('counts %s as known or not', async (_what, findings, taken) => {
    expect(await gather({ findings })).toHaveLength(taken)
  })

  it('takes a clause once', async () => {
    expect(await gather({ unlinkedClauses: clauses.slice(0, 1), findings: [finding('other-symptom', 0.9)] })).toEqual(['the fridge is broken'])
  })
})
