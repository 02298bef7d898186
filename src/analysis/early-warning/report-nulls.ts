import { createRandom, type Random } from '../random.ts'
import { maxSprtLlr } from '../sequential-tests.ts'
import { drawGamma, drawPoisson, seedOf, upperQuantile } from './draws.ts'
import type { ReportTable } from './report-table.ts'
import { warningParameters } from './warning-parameters.ts'

/** Limit in nats for a stream of a number of reports, at the end of a month. */
export type ReportLimits = (reports: number, month: number) => number

/** Months that a limit looks back on: the horizon, and the longest window before it. */
export const limitMonths = warningParameters.scanHorizonMonths + Math.max(...warningParameters.reportWindowMonths)

/**
 * Limits by simulation for looking at every model every month: null streams whose reports are drawn from all reports of their month, whatever
 * these speak of. Renewed each quarter; kept by quarter and by the stream's reports in powers of two from 16: by the limits of smaller streams any
 * three reports of one model would alarm.
 */
export const createReportLimits = (options: { table: ReportTable; seed: number; nulls?: number | undefined }): ReportLimits => {
  const { table, seed, nulls = warningParameters.scanNulls } = options
  const known = new Map<string, number>()
  return (reports, month) => {
    const end = Math.max(0, month - ((table.firstMonth + month) % 3) - 1)
    const octave = Math.min(10, Math.max(4, Math.round(Math.log2(Math.max(reports, 1)))))
    const key = `${table.firstMonth + end}/${octave}`
    const limit = known.get(key) ?? simulate({ table, end, level: 2 ** octave, random: createRandom(seedOf(seed, `reports/${key}`)), nulls })
    known.set(key, limit)
    return limit
  }
}

const simulate = (options: { table: ReportTable; end: number; level: number; random: Random; nulls: number }): number => {
  const { table, end, level, random, nulls } = options
  const from = Math.max(0, end + 1 - limitMonths)
  const judgedFrom = Math.max(0, end + 1 - warningParameters.scanHorizonMonths)
  const all = table.totals[end + 1]! - table.totals[from]!
  const maxima = Array.from({ length: nulls }, () => {
    const drawn: number[][] = []
    let most = 0
    for (let month = from; month <= end; month++) {
      const reports = table.byMonth[month]!
      const mean = (level * reports.length) / all
      const count = mean > 0 ? drawPoisson(random, mean * drawGamma(random, warningParameters.weekShape)) : 0
      drawn.push(Array.from({ length: count }, () => reports[Math.floor(random() * reports.length)]!))
      if (month >= judgedFrom && count > 0) most = Math.max(most, greatest(table, drawn, from, month))
    }
    return most
  })
  const share = (warningParameters.falseAlarmShare * (end + 1 - judgedFrom)) / warningParameters.scanHorizonMonths
  return upperQuantile(maxima, 1 - share)
}

const greatest = (table: ReportTable, drawn: readonly (readonly number[])[], from: number, month: number): number => {
  let most = 0
  for (const window of warningParameters.reportWindowMonths) {
    const first = Math.max(from, month + 1 - window)
    const reports = drawn.slice(first - from).flat()
    const observed = new Map<number, number>()
    for (const report of reports) for (const factor of table.factorsOf[report]!) observed.set(factor, (observed.get(factor) ?? 0) + 1)
    const total = table.totals[month + 1]! - table.totals[first]!
    for (const [factor, count] of observed) {
      if (count < warningParameters.minEvents) continue
      const expected = (reports.length * (table.columns[factor]![month + 1]! - table.columns[factor]![first]!)) / total
      if (count > expected) most = Math.max(most, maxSprtLlr(count, expected))
    }
  }
  return most
}
