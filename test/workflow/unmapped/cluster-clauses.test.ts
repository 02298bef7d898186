import { describe, expect, it } from 'vitest'
import type { QueuedClause } from '../../../src/graph/ports/unmapped.ts'
import { cosineOf, createTermWeights } from '../../../src/workflow/unmapped/clause-vectors.ts'
import { clusterClauses } from '../../../src/workflow/unmapped/cluster-clauses.ts'
import { proposeForm } from '../../../src/workflow/unmapped/propose-form.ts'

const clause = (clauseId: string, text: string, receivedAt = '2023-01-01T00:00:00.000Z'): QueuedClause => ({
  clauseId, feedbackId: clauseId, vehicleId: null, text, language: 'zh', components: [], receivedAt,
})
const clauses = [
  clause('c1', '座椅按摩气囊漏气'), clause('c2', '按摩气囊老是漏气', '2023-01-02T00:00:00.000Z'), clause('c3', '右边座椅按摩气囊又漏气了', '2023-01-03T00:00:00.000Z'),
  clause('c4', 'the frunk pinch seal peels off'), clause('c5', 'frunk seal is peeling', '2023-01-05T00:00:00.000Z'),
  clause('c6', '今天天气真不错'),
]
const weights = createTermWeights(clauses.map(({ text }) => text))
const groups = (given: readonly QueuedClause[], meanings: ReadonlyMap<string, Float32Array> = new Map()) =>
  clusterClauses(given, ({ clauseId, text }) => ({ language: /\p{Script=Han}/u.test(text) ? 'zh' : 'en', words: weights.vectorOf(text), meaning: meanings.get(clauseId) })).map(cluster => cluster.clauses.map(one => one.clauseId))

it('groups clauses that say alike, oldest first, in either language', () => {
  expect(groups(clauses)).toEqual(expect.arrayContaining([['c1', 'c2', 'c3'], ['c4', 'c5'], ['c6']]))
})

describe('with the meaning of clauses', () => {
  // Right angles apart: 0 is below any limit. c1 and c4 say one thing in two languages, c6 has no vector.
  const [massage, seal] = [Float32Array.of(1, 0), Float32Array.of(0, 1)]
  it('groups what shares no word, and goes by words where a clause has no vector', () => {
    expect(groups([clauses[0]!, clauses[1]!, clauses[3]!, clauses[5]!], new Map([['c1', massage], ['c4', massage]]))).toEqual([['c1', 'c4', 'c2'], ['c6']])
  })

  it('keeps apart what means another thing', () => {
    expect(groups([clauses[0]!, clauses[3]!], new Map([['c1', massage], ['c4', seal]]))).toEqual([['c1'], ['c4']])
  })

  it('joins from a cosine of .36 on', () => {
    const near = (cosine: number) => Float32Array.of(cosine, Math.sqrt(1 - cosine * cosine))
    expect(groups([clauses[0]!, clauses[3]!], new Map([['c1', massage], ['c4', near(0.37)]]))).toEqual([['c1', 'c4']])
    expect(groups([clauses[0]!, clauses[3]!], new Map([['c1', massage], ['c4', near(0.35)]]))).toEqual([['c1'], ['c4']])
  })
})

it('gives the same groups whatever the order', () => {
  expect(groups(clauses.toReversed())).toEqual(groups(clauses))
})

it('leaves out a text without a term', () => {
  expect(groups([clause('c0', '!!!')])).toEqual([])
})

it('weighs what is said seldom more', () => {
  // 漏气 and 气囊 stand in three clauses, 天气 in one: a clause of its own stays apart though it shares no pair with them.
  const [massage, weather] = [weights.vectorOf('按摩气囊漏气'), weights.vectorOf('今天天气真不错')]
  expect(cosineOf(massage, weights.vectorOf('座椅按摩气囊漏气'))).toBeGreaterThan(0.7)
  expect(cosineOf(massage, weather)).toBe(0)
})

it('proposes the longest words that the clauses share and others do not', () => {
  const others = (form: string) => Number('座椅加热'.includes(form))
  expect(proposeForm(['座椅按摩气囊漏气', '按摩气囊老是漏气', '右边按摩气囊又漏气了'], others, 10)).toBe('按摩气囊')
  expect(proposeForm(['the frunk seal peels', 'my frunk seal is loose'], () => 0, 10)).toBe('frunk seal')
  expect(proposeForm(['甲乙丙丁', '戊己庚辛', '子丑寅卯'], () => 0, 10)).toBeNull()
})
