import { modelYearKey } from '../../domain/identifiers.ts'
import { minutesPerDay } from '../parameters.ts'
import type { Minute } from '../projection.ts'
import type { StreamEvent, WarningStream } from './warning-streams.ts'

/** A factor of reports without exposure: a model, or a model of one year. `model` tells which factors are of one car line, `name` is its name. */
export type ReportFactor = { dimension: 'model' | 'model-year'; level: string; model: string; name: string }

/**
 * Reports without exposure by calendar month of receipt. Months are counted from the first; a report may be of several streams and counts
 * once in the totals.
 */
export type ReportTable = {
  readonly cutOff: Minute
  readonly firstMonth: number
  readonly months: number
  readonly factors: readonly ReportFactor[]
  /** Factors of each report, and the reports of each month. */
  readonly factorsOf: readonly (readonly number[])[]
  readonly byMonth: readonly (readonly number[])[]
  /** Reports received before month m, `totals[m]`, and those of them with a factor, `columns[factor][m]`. */
  readonly totals: Float64Array
  readonly columns: readonly Float64Array[]
  /** Month and report of each event of a stream, in order of months. */
  readonly streams: ReadonlyMap<string, { stream: WarningStream; rows: readonly { month: number; report: number }[] }>
}

/** Running number of the calendar month of an instant. */
export const monthNumber = (at: Minute): number => {
  const date = new Date(at * 60_000)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

export const monthName = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`

/** First instant after a month. */
export const endOfMonth = (month: number): Minute => Date.UTC(Math.floor(month / 12), (month % 12) + 1, 1) / 60_000

const keyOf = ({ report }: StreamEvent): string => `${report.source}:${report.recordId}`

/** Lays reports out by month. @param cutOff reports received later are left out; its month may be unfinished. */
export const createReportTable = (streams: Iterable<WarningStream>, cutOff: Minute): ReportTable => {
  const known = [...streams].map(stream => ({ stream, events: stream.events.filter(event => event.receivedAt < cutOff) })).filter(one => one.events.length > 0)
  const numbers = known.flatMap(({ events }) => events.map(event => monthNumber(event.receivedAt)))
  const firstMonth = numbers.reduce((least, month) => Math.min(least, month), monthNumber(cutOff - minutesPerDay))
  const months = monthNumber(cutOff - 1) - firstMonth + 1
  const index = new Map<string, number>()
  const factorIndex = new Map<string, number>()
  const factors: ReportFactor[] = []
  const factorsOf: number[][] = []
  const byMonth = Array.from({ length: months }, (): number[] => [])
  const add = (event: StreamEvent): number => {
    const seen = index.get(keyOf(event))
    if (seen !== undefined) return seen
    const report = factorsOf.push(factorsOfReport(event).map(factor => internFactor(factor, factorIndex, factors))) - 1
    index.set(keyOf(event), report)
    byMonth[monthNumber(event.receivedAt) - firstMonth]!.push(report)
    return report
  }
  const rows = new Map(known.map(({ stream, events }) => [stream.key, {
    stream, rows: events.map(event => ({ month: monthNumber(event.receivedAt) - firstMonth, report: add(event) })).sort((a, b) => a.month - b.month),
  }]))
  return { cutOff, firstMonth, months, factors, factorsOf, byMonth, ...marginsOf(byMonth, factorsOf, factors.length), streams: rows }
}

const factorsOfReport = ({ report: { make, model, modelYear } }: StreamEvent): ReportFactor[] => {
  if (model === null) return []
  const line = modelYearKey(make, model, null)
  return [
    { dimension: 'model', level: model, model: line, name: model },
    ...(modelYear === null ? [] : [{ dimension: 'model-year' as const, level: modelYearKey(make, model, modelYear), model: line, name: model }]),
  ]
}

const internFactor = (factor: ReportFactor, indexes: Map<string, number>, factors: ReportFactor[]): number => {
  const key = factor.dimension === 'model' ? factor.model : factor.level
  const known = indexes.get(key)
  if (known !== undefined) return known
  indexes.set(key, factors.length)
  return factors.push(factor) - 1
}

const marginsOf = (byMonth: readonly (readonly number[])[], factorsOf: readonly (readonly number[])[], factors: number) => {
  const totals = new Float64Array(byMonth.length + 1)
  const columns = Array.from({ length: factors }, () => new Float64Array(byMonth.length + 1))
  byMonth.forEach((reports, month) => {
    totals[month + 1] = totals[month]! + reports.length
    for (const column of columns) column[month + 1] = column[month]!
    for (const report of reports) for (const factor of factorsOf[report]!) columns[factor]![month + 1]!++
  })
  return { totals, columns }
}

/** One cell of the table at the end of a month: reports of a stream with a factor in trailing months, and row × column / N. */
export type ReportCell = { factor: number; window: number; observed: number; expected: number; row: number; column: number; total: number }

/** Cells with a report of a stream at the end of a month, in each trailing window. */
export const cellsOfStream = (table: ReportTable, key: string, month: number, windows: readonly number[]): ReportCell[] => {
  const rows = table.streams.get(key)?.rows ?? []
  return windows.flatMap(window => {
    const from = Math.max(0, month + 1 - window)
    const inWindow = rows.filter(row => row.month >= from && row.month <= month)
    const observed = new Map<number, number>()
    for (const { report } of inWindow) for (const factor of table.factorsOf[report]!) observed.set(factor, (observed.get(factor) ?? 0) + 1)
    const total = table.totals[month + 1]! - table.totals[from]!
    return [...observed].map(([factor, count]) => {
      const column = table.columns[factor]![month + 1]! - table.columns[factor]![from]!
      return { factor, window, observed: count, expected: (inWindow.length * column) / total, row: inWindow.length, column, total }
    })
  })
}
