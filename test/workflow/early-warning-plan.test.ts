import { describe, expect, it } from 'vitest'
import { alertIdOf, type Alarm, type Alert, type AlertRecord } from '../../src/domain/alert.ts'
import { planAlerts } from '../../src/workflow/early-warning-plan.ts'
import { summarisePerformance } from '../../src/workflow/early-warning-performance.ts'

const alarm: Alarm = {
  component: 'traction-battery', symptom: 'charging-stops', cell: { dimension: 'supplier', level: 'traction-battery/S-1' }, window: { from: '2022-W10', to: '2022-W13' },
  observed: 8, expected: 0.9, llr: 10.4, threshold: 8.9, firstAlarmAt: '2022-09-04T00:00:00.000Z', vehiclesAtRisk: 412, method: 'cohort-scan', model: null,
  series: { unit: 'week', counts: [0, 1, 7] }, nested: [],
}
const [first, later] = ['2022-09-10T23:59:59.999Z', '2022-10-10T23:59:59.999Z']
const plan = (alarms: Alarm[], stored: Alert[], asOf: string, isScanned = () => true) => planAlerts({ alarms, stored, asOf, engineVersion: '0.1.0', isScanned })
const stored = (given: Partial<Alert> = {}): Alert => ({ ...plan([alarm], [], first).raise[0]!.alert, issueId: 'ISS-1', ...given })

describe('holding a scan against what is stored', () => {
  it('raises a new alert with the class of its issue', () => {
    const { raise, update } = plan([alarm], [], first)
    expect(update).toEqual([])
    expect(raise[0]!.alert).toMatchObject({ alertId: alertIdOf(alarm), state: 'open', outcome: 'open', raisedAt: first, observed: 8 })
    expect(raise[0]!.issueClass).toMatchObject({ component: 'traction-battery', symptom: 'charging-stops', model: null })
  })

  it('changes nothing when the same scan is made again', () => {
    expect(plan([alarm], [stored()], first)).toEqual({ raise: [], update: [] })
  })

  it('keeps an alert whose window has grown, with its first alarm', () => {
    const grown = { ...alarm, window: { from: '2022-W10', to: '2022-W17' }, cell: { dimension: 'plant' as const, level: 'HF1' }, observed: 12, firstAlarmAt: '2022-09-18T00:00:00.000Z' }
    const { raise, update } = plan([grown], [stored()], later)
    expect(raise).toEqual([])
    expect(update).toEqual([stored({ window: grown.window, cell: grown.cell, observed: 12, assessedAt: later })])
  })

  it('closes what no longer holds, and leaves alone what was not looked at', () => {
    expect(plan([], [stored()], later).update).toEqual([stored({ state: 'closed', assessedAt: later, closedAt: later, closedReason: 'no-longer-above-threshold' })])
    expect(plan([], [stored()], later, () => false).update).toEqual([])
  })

  it('does not raise again what a person rejected while it stands, but does after it had gone', () => {
    const rejected = stored({ state: 'closed', outcome: 'rejected', closedReason: 'rejected-by-a-person', closedAt: first })
    expect(plan([alarm], [rejected], later)).toEqual({ raise: [], update: [{ ...rejected, assessedAt: later }] })
    expect(plan([{ ...alarm, firstAlarmAt: '2022-10-09T00:00:00.000Z' }], [rejected], later).raise).toHaveLength(1)
  })

  it('opens an alert again whose run of alarms was not broken after all', () => {
    const closed = stored({ state: 'closed', closedAt: first, closedReason: 'no-longer-above-threshold' })
    expect(plan([alarm], [closed], later)).toEqual({ raise: [], update: [stored({ assessedAt: later })] })
  })

  it('takes an alarm on other build weeks for another problem', () => {
    const other = { ...alarm, window: { from: '2022-W30', to: '2022-W31' } }
    expect(plan([alarm, other], [stored()], later).raise).toHaveLength(1)
  })
})

describe('performance', () => {
  const record = (outcome: Alert['outcome'], firstCaseAt: string | null): AlertRecord => ({ ...stored({ outcome }), firstCaseAt, firstIssueAt: null })

  it('counts outcomes, precision with its interval, lead time and false alarms', () => {
    const log = summarisePerformance([
      record('confirmed', '2022-10-04T08:00:00.000Z'), record('confirmed', '2022-09-14T00:00:00.000Z'), record('confirmed', null), record('rejected', null), record('open', null),
    ], 20)
    expect(log).toMatchObject({ confirmed: 3, rejected: 1, open: 1, precision: 0.75, falseAlarmsPerStreamYear: 0.05, medianLeadDays: 20 })
    expect(log.alerts.map(alert => alert.leadDays)).toEqual([30, 10, null, null, null])
    // Exact limits of 3 in 4.
    expect(log.precisionInterval!.map(limit => Number(limit.toFixed(3)))).toEqual([0.194, 0.994])
    expect(log.monthly).toEqual([{ month: '2022-09', confirmed: 3, rejected: 1, open: 1, precision: 0.75 }])
  })

  it('claims nothing where nothing was decided', () => {
    expect(summarisePerformance([], 0)).toMatchObject({ precision: null, precisionInterval: null, falseAlarmsPerStreamYear: null, medianLeadDays: null })
  })
})
