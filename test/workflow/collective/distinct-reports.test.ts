import { expect, it } from 'vitest'
import type { ClassReport } from '../../../src/domain/fleet.ts'
import type { ReportDetail } from '../../../src/graph/ports/collective.ts'
import { distinctReports } from '../../../src/workflow/collective/distinct-reports.ts'

const report = (recordId: string, at: string, vehicleId: string | null = null, linkWeight = 1): ClassReport => ({
  source: 'feedback', recordId, vehicleId, make: null, model: null, modelYear: null, component: 'brake-pad', symptom: 'noise-squeal', at: `${at}T00:00:00.000Z`,
  receivedAt: `${at}T00:00:00.000Z`, linkWeight, repairResult: null,
})
const detail = (id: string, sameAs: string[] = []): [string, ReportDetail] => [
  id, { id, channel: 'app', region: null, model: null, modelYear: null, odometerKm: null, soldOn: null, at: '', text: '', sameAs },
]

it('counts a report and what repeats it once, also over a chain', () => {
  const details = new Map([detail('a'), detail('b', ['a']), detail('c', ['b']), detail('d')])
  const { events, excludedDuplicates } = distinctReports([report('a', '2023-01-01'), report('b', '2023-01-02'), report('c', '2023-01-03'), report('d', '2023-01-04')], details)
  expect(events.map(({ report: { recordId } }) => recordId)).toEqual(['a', 'd'])
  expect(excludedDuplicates).toBe(2)
})

it('counts one car once in thirty days of the first', () => {
  const details = new Map([detail('a'), detail('b'), detail('c')])
  const { events } = distinctReports([report('c', '2023-02-10', 'veh_1'), report('a', '2023-01-01', 'veh_1'), report('b', '2023-01-31', 'veh_1')], details)
  expect(events.map(({ report: { recordId } }) => recordId)).toEqual(['a', 'c'])
})

it('leaves out what is less likely than not of the class', () => {
  expect(distinctReports([report('a', '2023-01-01', null, 0.4)], new Map([detail('a')])).events).toEqual([])
})
