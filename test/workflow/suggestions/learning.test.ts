import { describe, expect, it } from 'vitest'
import type { PastDecision } from '../../../src/workflow/suggestions/learned-priors.ts'
import { countDecisions, decisionsOnCase, learnedFactor } from '../../../src/workflow/suggestions/learned-priors.ts'
import { pastCausesOf } from '../../../src/workflow/suggestions/past-causes.ts'
import { taughtCase } from '../../../src/workflow/suggestions/decide-suggestion.ts'
import { analysisOf, candidateOfKind, factsOf, pastCause, suggest } from './facts-double.ts'

const verified = (caseId: string): PastDecision => ({ kind: 'root-cause', verdict: 'verified-by-repair', actionType: null, causeKind: 'past-case', caseId, factors: '', sameClass: true })
const cases = [pastCause('8D-1', 0.8, 'seal under-cured'), pastCause('8D-2', 0.72, 'connector corroded')].map(one => one.past)
const order = (decisions: PastDecision[]): string[] => pastCausesOf(cases, analysisOf(), decisions).map(one => one.past.caseId)

describe('learning', () => {
  it('ranks a cause that a repair verified higher for the next like issue', async () => {
    expect(order([])).toEqual(['8D-1', '8D-2'])
    expect(order([verified('8D-2')])).toEqual(['8D-2', '8D-1'])
    const nothing = analysisOf({ verdict: 'no-tracked-cause', verdictCode: 'a-cause-of-half-would-show', candidates: [candidateOfKind('lot', { statistics: { ...candidateOfKind('lot').statistics!, pValue: 0.4 } })] })
    const { set } = await suggest(factsOf({ analysis: nothing, pastCauses: pastCausesOf(cases, nothing, [verified('8D-2')]) }))
    expect(set.rootCauses.map(one => one.caseId)).toEqual([null, '8D-2', '8D-1'])
    expect(set.rootCauses[1]!.mechanism.map(one => one.text).join(' ')).toContain('accepted this cause before for the class: 1')
  })

  it('is bounded: no number of decisions counts more than half as much again or half', () => {
    expect(learnedFactor([])).toBe(1)
    expect(learnedFactor(Array.from({ length: 500 }, () => verified('8D-2')))).toBeLessThan(1.5)
    expect(learnedFactor(Array.from({ length: 500 }, () => ({ ...verified('8D-2'), verdict: 'rejected' as const })))).toBeGreaterThan(0.5)
    expect(countDecisions(decisionsOnCase([verified('8D-2'), { ...verified('8D-2'), sameClass: false }], '8D-2'))).toEqual({ accepted: 1, rejected: 0, verified: 1 })
  })

  it('makes a closed case of what was verified, and none of what was not', async () => {
    const { set } = await suggest(factsOf())
    const about = { issueId: 'ISS-1', openedAt: '2023-01-01T00:00:00.000Z', model: 'ES8', at: '2023-02-02T00:00:00.000Z' }
    expect(taughtCase(set, about)).toBeNull()
    const decided = { ...set, rootCauses: set.rootCauses.map((one, i) => (i === 0 ? { ...one, status: 'verified-by-repair' as const } : one)) }
    expect(taughtCase(decided, about)).toMatchObject({
      caseId: 'LESSON-ISS-1', kind: 'lesson', component: 'traction-battery', rootCause: 'Part lot BAT-100-A/22W10 (traction battery)', affected: [{ partNo: 'BAT-100-A', lots: ['22W10'] }], corrective: [],
    })
  })
})
