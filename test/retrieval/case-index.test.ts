import { describe, expect, it } from 'vitest'
import type { SearchableCase } from '../../src/graph/ports/case-store.ts'
import { isVisible } from '../../src/retrieval/candidates.ts'
import { createCaseIndex } from '../../src/retrieval/case-index.ts'
import { comparableProse } from '../../src/retrieval/case-prose.ts'
import { keywordScores } from '../../src/retrieval/bm25.ts'

const record = (said: Partial<SearchableCase>): SearchableCase => ({
  caseId: '8D-2021-044', contentSha256: 'a', kind: '8d', title: 'Charging stops in damp weather', openedAt: '2021-05-02', closedAt: '2021-08-30',
  receivedAt: '2021-08-30T23:59:59.999Z', text: '', symptom: 'charging stops', failureMode: null, failureEffect: null, rootCause: null,
  components: [], mentionedComponents: [], symptoms: [], dtcs: [], affected: [], parts: [], lots: [], releases: [], causes: [], failureModes: [], confirmed: [], embeddingModel: 'm', embedding: [3, 4], ...said,
})
const indexOf = (...records: Partial<SearchableCase>[]) => {
  const index = createCaseIndex({ dimensions: 2 })
  for (const one of records) index.put(record(one), 'm')
  return index
}

describe('what asOf hides', () => {
  const visible = (said: Partial<SearchableCase>, asOf: string) => isVisible(indexOf(said).get('8D-2021-044')!, { asOf, kinds: null })
  it.each([
    ['closed that day', {}, '2021-08-30T23:59:59.999Z', true],
    ['closed at the end of a day that is not over', {}, '2021-08-30T12:00:00.000Z', false],
    ['closed before, received later', { receivedAt: '2022-01-01T00:00:00.000Z' }, '2021-12-31T23:59:59.999Z', false],
    ['received before, closed later', { closedAt: '2022-01-01', receivedAt: '2021-01-01T00:00:00.000Z' }, '2021-12-31T23:59:59.999Z', false],
    ['never closed: known since its receipt', { closedAt: null }, '2021-09-01T00:00:00.000Z', true],
    ['neither closed nor received: known since it was opened', { closedAt: null, receivedAt: null }, '2021-05-01T23:59:59.999Z', false],
    ['without any date', { openedAt: null, closedAt: null, receivedAt: null }, '2030-01-01T00:00:00.000Z', false],
  ])('%s', (_, said, asOf, expected) => {
    expect(visible(said, asOf)).toBe(expected)
  })
})

describe('createCaseIndex', () => {
  it('replaces a case, and forgets one', () => {
    const index = indexOf({}, { title: 'Wiper stands still', symptom: null })
    expect(index.size).toBe(1)
    expect(index.withdrawn).toBe(1)
    const { document } = index.get('8D-2021-044')!
    expect(keywordScores(index.corpus, new Map([['wiper', 1]]), index.capacity)[document]).toBeGreaterThan(0)
    index.remove('8D-2021-044')
    expect([...index.all()]).toEqual([])
  })

  it('takes vectors of the model in use only, and none of zeros or another length', () => {
    const has = (said: Partial<SearchableCase>) => {
      const index = indexOf(said)
      return index.vectors.has(index.get('8D-2021-044')!.document)
    }
    expect([has({}), has({ embeddingModel: 'other' }), has({ embedding: [0, 0] }), has({ embedding: [1] }), has({ embedding: null })])
      .toEqual([true, false, false, false, false])
  })

  it('normalises vectors', () => {
    const index = indexOf({})
    expect(index.vectors.cosine(0, Float32Array.of(1, 0))).toBeCloseTo(0.6, 6)
  })

  it('grows beyond its first room', () => {
    const index = createCaseIndex({ dimensions: 2 })
    for (let at = 0; at < 200; at++) index.put(record({ caseId: `c${at}`, embedding: [at, 1] }), 'm')
    expect(index.vectors.cosine(150, Float32Array.of(0, 1))).toBeCloseTo(1 / Math.hypot(150, 1), 6)
    expect(index.size).toBe(200)
  })
})

describe('comparableProse', () => {
  it('leaves out remedies, and the heading of a recall', () => {
    const recall = record({ kind: 'recall', title: 'SERVICE BRAKES', symptom: null, rootCause: 'hose cracks', failureEffect: 'fluid leaks', text: 'all of it' })
    expect(comparableProse(recall)).toBe('fluid leaks\nhose cracks')
    expect(comparableProse(record({ rootCause: 'seal under-cured' }))).toBe('Charging stops in damp weather\ncharging stops\nseal under-cured')
  })

  it('takes all there is where nothing else is', () => {
    expect(comparableProse(record({ kind: 'recall', symptom: null, text: 'a note' }))).toBe('a note')
  })
})
