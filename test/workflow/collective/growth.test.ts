import { expect, it } from 'vitest'
import { growthOf } from '../../../src/workflow/collective/growth.ts'

const asOf = '2023-03-01T00:00:00.000Z'
const daysAgo = (days: number): string => new Date(Date.parse(asOf) - days * 86_400_000).toISOString()
const times = (count: number, days: number): string[] => Array.from({ length: count }, () => daysAgo(days))

it('grows where the exact interval of the ratio excludes one', () => {
  // 16 of 20 in the later window: Clopper–Pearson [0.563, 0.943], odds [1.29, 16.5]; 4 weeks · ln 2 / ln 4 = 2 weeks
  const growth = growthOf([...times(16, 3), ...times(4, 40)], asOf)
  expect(growth).toMatchObject({ recent: 16, before: 4, ratio: 4, verdict: 'growing', doublingWeeks: 2 })
  expect(growth.interval[0]).toBeCloseTo(1.29, 2)
  expect(growth.interval[1]).toBeCloseTo(16.4, 0)
})

it('does not call three against one growth', () => {
  // 3 of 4: Clopper–Pearson [0.194, 0.994]
  expect(growthOf([...times(3, 1), daysAgo(30)], asOf)).toMatchObject({ ratio: 3, verdict: 'not-told-apart', doublingWeeks: null })
})

it('has no upper limit where nothing came before, and no ratio where nothing came at all', () => {
  // 5 of 5: lower limit 0.025^(1/5) = 0.478, odds 0.916
  expect(growthOf(times(5, 1), asOf)).toMatchObject({ recent: 5, before: 0, ratio: null, interval: [0.916, null], verdict: 'not-told-apart' })
  // 7 of 7: 0.025^(1/7) = 0.590, odds 1.44; 4 · ln 2 / ln 1.44 = 7.6
  const growth = growthOf(times(7, 1), asOf)
  expect(growth).toMatchObject({ interval: [1.44, null], verdict: 'growing' })
  expect(growth.doublingWeeks).toBeCloseTo(7.6, 1)
  expect(growthOf([], asOf)).toMatchObject({ ratio: null, verdict: 'no-reports' })
})

it('counts weeks back from the day of the question', () => {
  const { weeks } = growthOf([daysAgo(0), daysAgo(6.9), daysAgo(7), daysAgo(90)], asOf)
  expect(weeks).toHaveLength(12)
  expect(weeks.slice(-2).map(({ reports }) => reports)).toEqual([1, 2])
  expect(weeks.reduce((sum, { reports }) => sum + reports, 0)).toBe(3)
})
