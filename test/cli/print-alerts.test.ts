import { describe, expect, it } from 'vitest'
import { printScan, sparkline } from '../../src/cli/print-alerts.ts'
import { createPaint, displayWidth } from '../../src/cli/terminal.ts'
import type { EarlyWarningScan } from '../../src/workflow/early-warning.ts'

const print = { paint: createPaint(false), columns: 100 }
const scan = (given: Partial<EarlyWarningScan> = {}): EarlyWarningScan => ({
  asOf: '2022-12-01T23:59:59.999Z', closed: [], signals: [], streams: 12, tookMs: 840, recorded: true, seed: 42,
  alerts: [{
    alertId: 'ALT-1', component: 'traction-battery', symptom: 'charging-stops', cell: { dimension: 'supplier', level: 'traction-battery/宁德一厂' },
    window: { from: '2022-W10', to: '2022-W13' }, observed: 8, expected: 0.87, llr: 10.4, threshold: 8.9, firstAlarmAt: '2022-09-04T00:00:00.000Z', vehiclesAtRisk: 412,
    state: 'open', method: 'cohort-scan', model: null, raisedAt: '2022-12-01T23:59:59.999Z', assessedAt: '2022-12-01T23:59:59.999Z', closedAt: null, closedReason: null,
    outcome: 'open', outcomeReason: null, decidedAt: null, engineVersion: '0.1.0', issueId: 'ISS-9', series: { unit: 'week', counts: [0, 1, 0, 2, 8] }, nested: [{ component: 'traction-battery', symptom: null }],
  }],
  ...given,
})

describe('alerts in the terminal', () => {
  it('draws counts as blocks, the last ones where room is short', () => {
    expect(sparkline([0, 1, 4, 8], 10)).toBe('·▁▄█')
    expect(sparkline([9, 0, 0], 2)).toBe('··')
  })

  it('says what, where, how many, since when, and stays within the width', () => {
    const text = printScan(scan(), print)
    const words = text.replace(/\s+/g, ' ')
    expect(text).toContain('1 alert stands as of 2022-12-01; 12 streams in 0.8 s')
    expect(words).toContain('supplier traction-battery/宁德一厂, built 2022-W10 – 2022-W13: 8 reports where 0.9 are expected; 412 cars at risk')
    expect(text).toContain('also told by traction-battery · any symptom')
    expect(text).toContain('first alarm 2022-09-04; issue ISS-9')
    expect(text).toContain('·▁·▂█')
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(print.columns)
  })

  it('says when nothing was stored, and what was closed', () => {
    expect(printScan(scan({ recorded: false, alerts: [] }), print)).toContain('A look back')
    const [alert] = scan().alerts
    expect(printScan(scan({ alerts: [], closed: [{ ...alert!, state: 'closed' }] }), print)).toContain('Closed: traction-battery · charging-stops')
  })
})
