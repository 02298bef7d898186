import { expect, it } from 'vitest'
import { closedLoop, quantile } from '../../src/domain/closed-loop.ts'
import type { LoopIssue, LoopRepair } from '../../src/domain/closed-loop.ts'

const issue = (given: Partial<LoopIssue>): LoopIssue => ({
  component: 'hvac', model: 'ES8', state: 'triaged', openedAt: '2023-01-01T00:00:00.000Z', firstResponseAt: null, resolutionDueAt: '2023-01-03T00:00:00.000Z', resolvedAt: null, ...given,
})
const repair = (given: Partial<LoopRepair>): LoopRepair => ({ serviceCenter: 'SC1', model: 'es8', components: ['hvac'], result: 'fixed', isRepeat: false, ...given })

it('takes quantiles linearly between two values', () => {
  // (4 - 1) × 0.9 = 2.7: 3 + 0.7 × (10 - 3)
  expect(quantile([1, 2, 3, 10], 0.9)).toBeCloseTo(7.9)
  expect(quantile([], 0.5)).toBeNull()
})

it('counts taken up, on time, repeated and nothing found, by group', () => {
  const issues = [
    issue({ firstResponseAt: '2023-01-01T02:00:00.000Z', resolvedAt: '2023-01-02T00:00:00.000Z' }),
    issue({ firstResponseAt: '2023-01-01T04:00:00.000Z', resolvedAt: '2023-01-04T00:00:00.000Z', state: 'closed' }),
    issue({ component: null }),
    issue({ state: 'rejected', firstResponseAt: '2023-01-01T06:00:00.000Z' }),
    // Not yet due: it can be neither late nor on time.
    issue({ resolutionDueAt: '2024-01-01T00:00:00.000Z' }),
  ]
  const repairs = [repair({ isRepeat: true }), repair({ result: 'no-trouble-found', components: [] }), repair({ result: null, serviceCenter: null })]
  const { total, byComponent, byModel, byServiceCenter } = closedLoop({ from: '', to: '', asOf: '2023-02-01T00:00:00.000Z' }, issues, repairs)
  expect(total).toMatchObject({
    opened: 5, initiated: 3, initiationRate: 0.6, due: 3, onTime: 1, onTimeClosure: 1 / 3, closed: 1, rejected: 1,
    firstResponseHours: { median: 4, measured: 3 }, resolutionHours: { median: 48, measured: 2 },
    repairs: 3, repeatRepairs: 1, repeatRepairShare: 1 / 3, noTroubleFound: 1, noTroubleFoundShare: 0.5,
  })
  expect(byComponent.map(one => [one.key, one.opened, one.repairs])).toEqual([['hvac', 4, 2], ['unknown', 1, 1]])
  expect(byModel.map(one => one.key)).toEqual(['es8'])
  expect(byServiceCenter.map(one => [one.key, one.opened, one.repairs, one.initiationRate])).toEqual([['SC1', 0, 2, null], ['unknown', 0, 1, null]])
})
