import { describe, expect, it } from 'vitest'
import { gammaPoissonShrinker } from '../../../src/analysis/disproportionality.ts'
import { scanReportWaves } from '../../../src/analysis/early-warning/wave-scan.ts'
import { createReportLimits } from '../../../src/analysis/early-warning/report-nulls.ts'
import { scanReports } from '../../../src/analysis/early-warning/report-scan.ts'
import { cellsOfStream, createReportTable, endOfMonth, monthName, monthNumber } from '../../../src/analysis/early-warning/report-table.ts'
import { fitShrinkerPrior, priorLoss } from '../../../src/analysis/early-warning/shrinker-prior.ts'
import { createWarningStreams } from '../../../src/analysis/early-warning/warning-streams.ts'
import { drawGamma, drawPoisson } from '../../../src/analysis/early-warning/draws.ts'
import { createRandom } from '../../../src/analysis/random.ts'
import type { ClassReport } from '../../../src/domain/fleet.ts'

const month = (year: number, of: number): number => year * 12 + of - 1

/** A complaint of an unknown car, filed on the 10th of a month. */
const complaint = (id: string, at: number, model: string, symptom: string, component: string | null = null): ClassReport => {
  const filed = `${monthName(at)}-10T00:00:00.000Z`
  return { source: 'feedback', recordId: id, vehicleId: null, make: 'Synthetic', model, modelYear: 2020, component, symptom, at: filed, receivedAt: filed, linkWeight: 1, repairResult: null }
}

/** Twelve months of two older models with two symptoms; from month 8 on, four reports of lost drive a month of a new model. */
const reports = Array.from({ length: 24 }, (_, m) => {
  const at = month(2020, 1) + m
  const old = Array.from({ length: 8 }, (_, i) => complaint(`${m}-${i}`, at, i < 4 ? 'Older' : 'Oldest', i % 4 < 3 ? 'noise' : 'loss-of-drive'))
  const fresh = m < 15 ? [] : Array.from({ length: 4 }, (_, i) => complaint(`new-${m}-${i}`, at, 'Newest', 'loss-of-drive'))
  return [...old, ...fresh]
}).flat()
const streams = createWarningStreams(reports, () => -1)
const tableTo = (at: number) => createReportTable(streams.values(), endOfMonth(at))

describe('monthly table', () => {
  it('holds what was filed by its cut-off, with row × column / N', () => {
    const table = tableTo(month(2021, 5))
    expect([table.months, table.totals[table.months]]).toEqual([17, 17 * 8 + 2 * 4])
    const cell = cellsOfStream(table, '*/loss-of-drive', 16, [12]).find(one => table.factors[one.factor]!.level === 'Newest')!
    // Twelve months: 2 of 8 old reports a month speak of lost drive, and all 8 of the new model.
    expect(cell).toMatchObject({ observed: 8, row: 32, column: 8, total: 104 })
    expect(cell.expected).toBeCloseTo((32 * 8) / 104, 12)
  })

  it('counts a report of two classes once in the totals', () => {
    const two = createWarningStreams([complaint('A', month(2020, 1), 'Older', 'noise'), complaint('A', month(2020, 1), 'Older', 'smoke')], () => -1)
    const table = createReportTable(two.values(), endOfMonth(month(2020, 1)))
    expect([...table.totals]).toEqual([0, 1])
  })

  it('numbers months', () => {
    expect(monthNumber(Date.UTC(2021, 4, 31) / 60_000)).toBe(month(2021, 5))
    expect(monthName(month(2021, 5))).toBe('2021-05')
    expect(new Date(endOfMonth(month(2021, 12)) * 60_000).toISOString()).toBe('2022-01-01T00:00:00.000Z')
  })
})

describe('scan of reports without exposure', () => {
  const scan = (at: number) => {
    const table = tableTo(at)
    return scanReports({ table, scanned: [...streams.values()], limits: createReportLimits({ table, seed: 1, nulls: 60 }) }).alarms
  }

  it('raises nothing before the new model has its wave, and its first alarm when the wave shows', () => {
    expect(scan(month(2021, 3))).toEqual([])
    const [alarm, ...others] = scan(month(2021, 12))
    expect(others).toEqual([])
    expect(alarm).toMatchObject({ component: null, symptom: 'loss-of-drive', factor: { dimension: 'model', level: 'Newest' }, observed: 36 })
    expect(alarm!.llr).toBeGreaterThan(alarm!.threshold)
    expect(alarm!.prr).toBeGreaterThan(2)
    const first = alarm!.firstAlarmAt
    expect(scan(monthNumber(first - 1))[0]).toMatchObject({ firstAlarmAt: first })
    expect(scan(monthNumber(first - 1) - 1)).toEqual([])
  })
})

describe('waves of reports', () => {
  /** Two years of ten reports a month of one usual trouble of two models; in the last two months, six more of the one. */
  const usual = Array.from({ length: 24 }, (_, m) => Array.from({ length: 10 }, (_, i) => complaint(`u${m}-${i}`, month(2020, 1) + m, i < 5 ? 'Older' : 'Newest', i % 5 < 2 ? 'loss-of-drive' : 'noise'))).flat()
  const wave = [22, 23].flatMap(m => Array.from({ length: 6 }, (_, i) => complaint(`w${m}-${i}`, month(2020, 1) + m, 'Newest', 'loss-of-drive')))
  const at = (reports: readonly ClassReport[], end: number) => {
    const own = createWarningStreams(reports, () => -1)
    return scanReportWaves({ table: createReportTable(own.values(), endOfMonth(end)), scanned: [...own.values()], seed: 7 })
  }

  it('raises a trouble that is usual for the model when it comes faster than all reports do', () => {
    const [alarm, ...others] = at([...usual, ...wave], month(2021, 12))
    expect(others).toEqual([])
    // 24 months × 2 and 12 more, 60 in all, of which 16 in two months that hold 32 of 252 reports: 60 × 32 / 252 = 7.62 expected.
    expect(alarm).toMatchObject({ symptom: 'loss-of-drive', factor: { model: expect.stringContaining('newest') as string }, window: { from: '2021-11', to: '2021-12' }, observed: 16 })
    expect(alarm!.expected).toBeCloseTo((60 * 32) / 252, 10)
  })

  it('takes a month in which everything is reported twice for no wave', () => {
    const doubled = usual.filter(report => report.at >= '2021-12').map(report => ({ ...report, recordId: `again-${report.recordId}` }))
    expect(at([...usual, ...doubled], month(2021, 12))).toEqual([])
  })

  it('does not know what came later', () => {
    expect(at([...usual, ...wave], month(2021, 10))).toEqual([])
  })
})

describe('prior of the shrinker', () => {
  it('comes back from a table drawn from it: it is no worse than the truth', () => {
    const random = createRandom(11)
    const cells = Array.from({ length: 1_500 }, (_, i) => {
      const expected = 0.2 + (i % 10)
      // Nine cells in ten run at 1 (shape 8), one in ten at 4.
      const ratio = drawGamma(random, 8) * (random() < 0.1 ? 4 : 1)
      return { observed: drawPoisson(random, expected * ratio), expected }
    })
    const prior = fitShrinkerPrior(cells)
    expect(priorLoss(cells, prior)).toBeLessThanOrEqual(priorLoss(cells, { a1: 8, b1: 2, a2: 8, b2: 8, p: 0.1 }) + 1)
    const mean = prior.p * (prior.a1 / prior.b1) + (1 - prior.p) * (prior.a2 / prior.b2)
    expect(mean).toBeGreaterThan(1.1)
    expect(mean).toBeLessThan(1.5)
    const { ebgm, eb05 } = gammaPoissonShrinker(3, 0.2, prior)
    expect(ebgm).toBeLessThan(3 / 0.2)
    expect(eb05).toBeLessThan(ebgm)
  })
})
