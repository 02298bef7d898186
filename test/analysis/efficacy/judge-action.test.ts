import { describe, expect, it } from 'vitest'
import { judgeAction } from '../../../src/analysis/efficacy/judge-action.ts'
import { toMinute } from '../../../src/analysis/projection.ts'
import { carOf, partOf, populationOf } from './fleet-double.ts'

// All cars are sold on 1 January and seen for 27 days: one bin of age, one of the calendar, one model, so that the baseline is events over time.
const outside = Array.from({ length: 100 }, (_, i) => carOf(`o-${String(i).padStart(2, '0')}`, { parts: [partOf('22W11')] }))
const cohort = [
  ...['a', 'b', 'c', 'd'].map(id => carOf(id, { parts: [partOf('22W10', '2023-01-10T00:00:00Z')] })),
  carOf('early', { parts: [partOf('22W10', '2023-01-06T00:00:00Z')] }),
  ...['p', 'q', 'r', 's', 't'].map(id => carOf(id, { parts: [partOf('22W10')] })),
]
const { population, report } = populationOf([...outside, ...cohort], '2023-01-28')
const baselineReports = outside.slice(0, 20).map(({ id }) => report(id, '2023-01-15'))
const scope = { models: [], lots: ['CP-1/22W10'], partNumbers: [], software: [], components: [] }
const judge = (reports: ReturnType<typeof report>[], effectiveFrom = '2023-01-10') => {
  const judged = judgeAction({ population, reports: [...baselineReports, ...reports], scope, rule: 'part-removed', effectiveFrom: toMinute(effectiveFrom, 0) })
  if ('reason' in judged) throw new Error(judged.reason)
  return judged
}

describe('judgeAction', () => {
  it('expects what cars outside the action had in the same time', () => {
    // 20 events in 100 · 27 car-days. Untreated: 4 cars · 9 days, one of 5 (its part went before the action), 5 of 27: 176. Treated: 4 · 18 = 72.
    const { count } = judge([])
    expect(count.baseline).toEqual({ kind: 'outside', events: 20 })
    expect(count.before.expected).toBeCloseTo((176 * 20) / 2700, 9)
    expect(count.after.expected).toBeCloseTo((72 * 20) / 2700, 9)
    expect(count.before).toMatchObject({ observed: 0, vehicles: 10 })
    expect(count.after).toMatchObject({ observed: 0, vehicles: 4 })
    expect(count.after.vehicleMonths).toBeCloseTo(72 / 30.4375, 9)
  })

  it('counts each event on its side and tells what was expected by then', () => {
    const { count, watch, rateRatio } = judge([report('p', '2023-01-03'), report('early', '2023-01-04'), report('early', '2023-01-20'), report('a', '2023-01-19')])
    // The second report of `early` lies within thirty days of its first.
    expect(count.before.observed).toBe(2)
    expect(count.recurrences).toHaveLength(1)
    // Nine days after the action four cars had 36 car-days.
    expect(count.recurrences[0]!.expected).toBeCloseTo((36 * 20) / 2700, 9)
    expect(rateRatio).toBeCloseTo((1 / 72) / (2 / 176), 9)
    expect(watch).toMatchObject({ state: 'watching', observed: 1, alarmAt: null })
  })

  it('does not take a report that follows the treated event for a recurrence, nor its thirty days for time at risk', () => {
    const { count, notes } = judge([report('a', '2023-01-08'), report('a', '2023-01-16')])
    expect(count.before.observed).toBe(1)
    expect(count.after.observed).toBe(0)
    expect(count.returns).toBe(1)
    expect(count.after.expected).toBeCloseTo((54 * 20) / 2700, 9)
    expect(notes).toEqual(['few-expected', 'no-recurrence-proves-little', 'thin-baseline', 'early-returns'])
  })

  it('calls an action effective, says since when, and that the time before held the alarm', () => {
    const waiting = Array.from({ length: 40 }, (_, i) => carOf(`w-${i}`, { parts: [partOf('22W10')] }))
    const treated = Array.from({ length: 40 }, (_, i) => carOf(`t-${i}`, { parts: [partOf('22W10', '2023-01-10T00:00:00Z')] }))
    const fleet = populationOf([...outside, ...waiting, ...treated], '2023-01-28')
    const reports = [...outside.slice(0, 20).map(({ id }) => fleet.report(id, '2023-01-15')), ...waiting.map(({ id }) => fleet.report(id, '2023-01-02'))]
    // Untreated 40 · 27 + 40 · 9 = 1440 car-days with 40 events, treated 720 with none. Upper p = 1 − .025^(1/40) = .0881: ψ < .0966 · 2.
    // After a week 280 car-days: ψ < .0966 · 1440/280 = .497.
    const judged = judgeAction({ population: fleet.population, reports, scope, rule: 'part-removed', effectiveFrom: toMinute('2023-01-10', 0) })
    expect(judged).toMatchObject({ verdict: 'effective', weeksToEffect: 1, rateRatio: 0 })
    if ('reason' in judged) throw new Error(judged.reason)
    expect(judged.rateRatioInterval[1]).toBeCloseTo(0.1932, 3)
    expect(judged.notes).toEqual(['regression-to-the-mean', 'thin-baseline'])
  })

  it.each([
    ['not-yet-effective', scope, '2023-02-01'],
    ['no-affected-cars', { ...scope, lots: ['CP-1/99W99'] }, '2023-01-10'],
    ['nobody-treated', scope, '2023-01-11'],
  ] as const)('gives a reason instead of numbers: %s', (reason, asked, day) => {
    expect(judgeAction({ population, reports: baselineReports, scope: asked, rule: 'part-removed', effectiveFrom: toMinute(day, 0) })).toEqual({ reason })
  })

  it('has nothing to say of a class that nobody reports', () => {
    expect(judgeAction({ population, reports: [], scope, rule: 'part-removed', effectiveFrom: toMinute('2023-01-10', 0) })).toEqual({ reason: 'no-events' })
  })

  it('takes untreated time for a baseline where all cars are the action’s, and says so', () => {
    const judged = judgeAction({ population, reports: [report('a', '2023-01-05'), report('o-01', '2023-01-25'), ...baselineReports], scope: { ...scope, lots: [] }, rule: 'from-day', effectiveFrom: toMinute('2023-01-14', 0) })
    // Before the 14th one event in 110 · 13 car-days; after it the 20 of the 15th (o-01's second report is its first), in 14 days of all cars but a.
    expect(judged).toMatchObject({ count: { baseline: { kind: 'untreated', events: 1 }, before: { observed: 1 }, after: { observed: 20 } }, verdict: 'worse' })
    if ('reason' in judged) throw new Error(judged.reason)
    expect(judged.count.before.expected).toBeCloseTo(1, 9)
    expect(judged.count.after.expected).toBeCloseTo((109 * 14) / (110 * 13), 9)
    expect(judged.watch).toMatchObject({ state: 'recurred' })
    expect(judged.notes).toContain('no-comparison-fleet')
  })
})
