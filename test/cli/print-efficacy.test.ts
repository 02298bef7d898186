import { expect, it } from 'vitest'
import { printEfficacies, printTypeRecords } from '../../src/cli/print-efficacy.ts'
import { createPaint } from '../../src/cli/terminal.ts'
import { ActionEfficacy } from '../../src/domain/action-efficacy.ts'

const options = { paint: createPaint(false), columns: 110 }
// The method note's example 26: 24 events where 6 were expected, then 3 where 5 were.
const replaced = ActionEfficacy.parse({
  actionId: 'h_1', caseId: '8D-7', kind: 'PCA', actionType: 'replacement', text: 'replace packs of lot 22W10', effectiveFrom: '2023-06-01', asOf: '2024-06-01',
  components: ['traction-battery'], symptoms: ['charging-stops'], reason: null, treatment: 'part-removed', verdict: 'effective',
  before: { observed: 24, expected: 6, vehicles: 412, vehicleMonths: 3_000, rate: 8, rateInterval: [5.13, 11.9], smr: 4, smrInterval: [2.563, 5.952] },
  after: { observed: 3, expected: 5, vehicles: 398, vehicleMonths: 2_500, rate: 1.2, rateInterval: [0.25, 3.51], smr: 0.6, smrInterval: [0.124, 1.753] },
  rateRatio: 0.15, rateRatioInterval: [0.0289, 0.4939], recurrence: { state: 'watching', observed: 3, expected: 5, llr: 0, threshold: 2.804, plannedExpected: 5, alarmAt: null },
  recurrences: [], weeksToEffect: 9, baseline: { kind: 'outside', events: 120 }, notes: ['regression-to-the-mean'],
})

it('shows rates, change, recurrence and what to know, with the fleet’s rate in the chart', () => {
  const lines = printEfficacies([replaced], options).split('\n')
  expect(lines[0]).toBe('h_1  effective  replacement from 2023-06-01')
  expect(lines.join('\n')).toContain('24 events, 6.00 expected, 412 cars, 8.00 (5.13–11.9) per 1,000 car-months')
  expect(lines.join('\n')).toContain('0.15 (0.03–0.49) times the rate before, shown after 9 weeks')
  const charts = lines.filter(line => line.includes('●'))
  expect(charts).toHaveLength(2)
  // Both on one scale: the fleet's rate lies left of the time before and within the interval of the time after.
  expect(charts[0]!.indexOf('┆')).toBeLessThan(charts[0]!.indexOf('●'))
  expect(charts[0]!.indexOf('●')).toBeGreaterThan(charts[1]!.indexOf('●'))
  expect(lines.join('\n')).toContain('Judge by the rate after')
})

it('gives the reason instead of numbers', () => {
  const nothing = { ...replaced, reason: 'no-effective-date' as const, verdict: null, before: null, after: null, recurrence: null, effectiveFrom: null }
  expect(printEfficacies([nothing], options)).toContain('the case does not say from which day the action took effect')
  expect(printEfficacies([], options)).toBe('No past case has such an action.')
})

it('lines up the record of types', () => {
  const record = { actionType: 'replacement' as const, used: 4, judged: 3, held: 2, recurred: 1, rateRatio: 0.15, rateRatioInterval: [0.03, 0.49] as [number, number], medianWeeksToEffect: 9.5 }
  const [head, row] = printTypeRecords([record], options).split('\n')
  expect(row).toMatch(/^replacement +4 +3 +2 +1 +0\.15 \(0\.03–0\.49\) +9\.5$/)
  expect(row!.indexOf('4')).toBe(head!.indexOf('used') + 3)
})
