import { describe, expect, it } from 'vitest'
import { alarmProbability, maxSprtLimit } from '../../../src/analysis/efficacy/recurrence-limit.ts'
import { watchRecurrence } from '../../../src/analysis/efficacy/recurrence-watch.ts'

describe('maxSprtLimit', () => {
  // Kulldorff et al. 2011, α = .05, by planned E.
  it.each([[1, 2.854, 1.774], [2, 3.047, 2.35], [5, 3.297, 2.804], [10, 3.468, 3.064], [20, 3.628, 3.288], [50, 3.82, 3.545]])(
    'is that of the published tables for %d expected',
    (planned, fromFirst, fromThird) => {
      expect(maxSprtLimit(planned)).toBeCloseTo(fromFirst, 3)
      expect(Math.abs(maxSprtLimit(planned, 3) - fromThird)).toBeLessThan(2e-3)
    },
  )

  it('alarms as often as two steps by hand say', () => {
    // Plan .1, limit 1: the first event alarms up to τ₁ with τ − 1 − ln τ = 1, τ₁ = .1586 > .1, so every event does: 1 − e^−.1.
    expect(alarmProbability(1, 0.1, 1)).toBeCloseTo(1 - Math.exp(-0.1), 10)
    // At least two events: not with 0 or 1 events in .1.
    expect(alarmProbability(1, 0.1, 2)).toBeCloseTo(1 - Math.exp(-0.1) * 1.1, 10)
  })
})

describe('watchRecurrence', () => {
  it('alarms at the third event, not before, and says at which', () => {
    // LLR(3, .2) = .2 − 3 + 3 ln 15 = 5.324; limit for a plan of 5 is 2.804.
    const watch = watchRecurrence({ expectedAtEvents: [0.05, 0.1, 0.2, 1.5], expectedNow: 1.6, plannedExpected: 5 })
    expect(watch).toMatchObject({ state: 'recurred', observed: 4, alarmAt: 2 })
    expect(watch.llr).toBeCloseTo(5.3241, 3)
    expect(watchRecurrence({ expectedAtEvents: [0.05, 0.1], expectedNow: 0.2, plannedExpected: 5 })).toMatchObject({ state: 'watching', alarmAt: null })
  })

  it('has passed when as many were expected as planned', () => {
    expect(watchRecurrence({ expectedAtEvents: [1, 2, 3.5], expectedNow: 5.1, plannedExpected: 5 })).toMatchObject({ state: 'passed', alarmAt: null })
  })

  it('does not alarm at an event after the plan', () => {
    expect(watchRecurrence({ expectedAtEvents: [...Array.from({ length: 30 }, () => 5.2)], expectedNow: 6, plannedExpected: 5 }).state).toBe('passed')
  })
})
