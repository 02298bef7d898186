import { describe, expect, it } from 'vitest'
import { judgeTransition, lifecycle, milestonesAfter, nextStates } from '../../src/domain/issue-lifecycle.ts'
import { addWorkingHours, BusinessCalendar } from '../../src/domain/business-calendar.ts'
import { clockEvents, clocksAreOver, readClock } from '../../src/domain/issue-clock.ts'
import { countReports } from '../../src/domain/issue-counts.ts'

describe('judgeTransition', () => {
  it('goes one step forward without a note and never two', () => {
    lifecycle.slice(1).forEach((to, at) => expect(judgeTransition({ from: lifecycle[at]!, to, note: null, before: null })).toMatchObject({ ok: true, kind: 'forward' }))
    expect(judgeTransition({ from: 'new', to: 'contained', note: 'in a hurry', before: null })).toMatchObject({ ok: false, reason: 'impossible' })
  })
  it('goes back any number of steps, with a note only', () => {
    expect(judgeTransition({ from: 'closed', to: 'triaged', note: 'came back', before: null })).toMatchObject({ ok: true, kind: 'back' })
    expect(judgeTransition({ from: 'closed', to: 'triaged', note: null, before: null })).toMatchObject({ ok: false, reason: 'note-needed' })
  })
  it('brings a rejected issue back to where it was, not further', () => {
    expect(judgeTransition({ from: 'rejected', to: 'contained', note: 'was real', before: 'contained' })).toMatchObject({ ok: true, kind: 'reopened' })
    expect(judgeTransition({ from: 'rejected', to: 'closed', note: 'no', before: 'contained' })).toMatchObject({ ok: false, reason: 'impossible' })
  })
  it('leaves merging to merge', () => {
    expect(judgeTransition({ from: 'new', to: 'merged', note: 'x', before: null }).ok).toBe(false)
    expect(nextStates('merged', 'new')).toEqual([])
    expect(nextStates('triaged', null)).toEqual([{ to: 'new', needsNote: true }, { to: 'contained', needsNote: false }, { to: 'rejected', needsNote: true }])
  })
  it('takes the resolution back with the state it stands for, and keeps the first response', () => {
    const met = { firstResponseAt: 't1', resolvedAt: 't2', closedAt: null }
    expect(milestonesAfter(met, { to: 'triaged', at: 't9' })).toEqual({ firstResponseAt: 't1', resolvedAt: null, closedAt: null })
    expect(milestonesAfter({ ...met, resolvedAt: null }, { to: 'contained', at: 't9' })).toMatchObject({ resolvedAt: 't9' })
  })
})

describe('addWorkingHours', () => {
  const working = ['09:00', '18:00'] as [string, string]
  const calendar = BusinessCalendar.parse({
    offset: '+08:00', holidays: ['2023-01-24'], workdays: ['2023-01-28'],
    hours: { monday: working, tuesday: working, wednesday: working, thursday: working, friday: working, saturday: null, sunday: null },
  })
  it('counts every hour without a calendar', () => expect(addWorkingHours('2023-01-20T06:00:00.000Z', 24, null)).toBe('2023-01-21T06:00:00.000Z'))
  it('counts working hours over a weekend and a holiday', () => {
    // Friday 20 January 14:00 in China: 4 h that day, Monday 9 h, Tuesday is a holiday, so the 24 h end on Thursday: 4 + 9 + 9 = 22 on Wednesday, 2 more on Thursday 11:00.
    expect(addWorkingHours('2023-01-20T06:00:00.000Z', 24, calendar)).toBe('2023-01-26T03:00:00.000Z')
  })
  it('works a Saturday that makes up for a holiday', () => {
    // Friday 27 January 17:00: one hour, then Saturday from 9.
    expect(addWorkingHours('2023-01-27T09:00:00.000Z', 2, calendar)).toBe('2023-01-28T02:00:00.000Z')
  })
  it('refuses a week without work', () => {
    expect(BusinessCalendar.safeParse({ offset: '+08:00', holidays: [], workdays: [], hours: { monday: null, tuesday: null, wednesday: null, thursday: null, friday: null, saturday: null, sunday: null } }).success).toBe(false)
  })
})

describe('clocks', () => {
  const clock = (dueAt: string, metAt: string | null = null) => ({ dueAt, metAt })
  const at = { now: '2023-01-10T00:00:00.000Z', riskFrom: { 'first-response': '2023-01-10T06:00:00.000Z', resolution: '2023-01-10T12:00:00.000Z' } }
  it('is met late, breached, at risk or running', () => {
    const read = (dueAt: string, metAt: string | null) => readClock({ dueAt, metAt, issueState: 'triaged', now: at.now, riskFrom: at.riskFrom.resolution }).state
    expect([read('2023-01-09', '2023-01-09T01'), read('2023-01-09', null), read('2023-01-10T10', null), read('2023-01-11', null)]).toEqual(['met-late', 'breached', 'at-risk', 'running'])
  })
  it('raises each event once, and no risk after a breach', () => {
    const clocks = { 'first-response': clock('2023-01-09T23:00:00.000Z'), resolution: clock('2023-01-10T11:00:00.000Z') }
    expect(clockEvents({ state: 'new', raised: [], clocks }, at)).toEqual([{ clock: 'first-response', event: 'breached' }, { clock: 'resolution', event: 'at-risk' }])
    expect(clockEvents({ state: 'new', raised: ['first-response:breached', 'resolution:at-risk'], clocks }, at)).toEqual([])
    expect(clockEvents({ state: 'rejected', raised: [], clocks }, at)).toEqual([])
  })
  it('is over when both clocks are met or told', () => {
    const clocks = { 'first-response': clock('d', 'm'), resolution: clock('d') }
    expect(clocksAreOver({ state: 'triaged', raised: [], clocks })).toBe(false)
    expect(clocksAreOver({ state: 'triaged', raised: ['resolution:breached'], clocks })).toBe(true)
  })
})

it('counts reports told again once, also in a chain', () => {
  expect(countReports(['a', 'b', 'c', 'd'], [['b', 'a'], ['c', 'b'], ['c', 'a'], ['d', 'elsewhere']])).toBe(2)
})
