import {
  gammaPoissonShrinker, informationComponent, proportionalReportingRatio, type ReportTable as FourfoldTable, type ShrinkerPrior,
} from '../disproportionality.ts'
import type { SymptomClass } from '../../domain/fleet.ts'
import type { Minute } from '../projection.ts'
import { maxSprtLlr } from '../sequential-tests.ts'
import { limitMonths, type ReportLimits } from './report-nulls.ts'
import { strongestOfNested } from './nested-streams.ts'
import { cellsOfStream, endOfMonth, monthName, type ReportCell, type ReportFactor, type ReportTable } from './report-table.ts'
import { fitShrinkerPrior, type TableCell } from './shrinker-prior.ts'
import { warningParameters } from './warning-parameters.ts'
import type { WarningStream } from './warning-streams.ts'

/**
 * Reports of a stream and a model that stand out: more than the model's share of all reports tells (a signal, for a triage list), or more of late
 * than before (a wave, an alarm). Neither names a cause. Windows are months of receipt, `2021-03`, both ends inclusive.
 */
export type ReportAlarm = {
  component: string | null
  symptom: string | null
  factor: ReportFactor
  window: { from: string; to: string }
  observed: number
  expected: number
  llr: number
  threshold: number
  firstAlarmAt: Minute
  /** Proportional reporting ratio, lower limit of the information component, shrunk ratio and its lower 5 % limit. */
  prr: number
  ic025: number
  ebgm: number
  eb05: number
  /** Reports of the stream with the factor in each of the last 24 months, oldest first. */
  monthly: number[]
  /** Streams within or around this one that alarm on the same model with less evidence. */
  nested: SymptomClass[]
}

type Judged = ReportCell & { llr: number; threshold: number }

/**
 * Signals of the monthly table of streams × models at the end of its last month, with only what was received by then. A cell is one with at least
 * three reports, evidence above the limit that controls for looking every month, the signal of the proportional reporting ratio (≥ 2, χ² ≥ 4)
 * and a lower limit of the information component above 0. The shrunk ratio is told and orders a list; as a gate it is blind on tables of a few
 * hundred reports, whose prior hardly strays from 1.
 *
 * @param scanned streams to judge; the shrinker's prior is fitted to all classes of the table.
 */
export const scanReports = (options: { table: ReportTable; scanned: readonly WarningStream[]; limits: ReportLimits }): { alarms: ReportAlarm[]; streams: number } => {
  const { table, limits } = options
  const judge = (key: string, month: number): Judged[] => judgeStream(table, limits, key, month)
  const priorOf = createPriors(table)
  const month = table.months - 1
  const scanned = options.scanned.filter(stream => (table.streams.get(stream.key)?.rows.length ?? 0) >= warningParameters.minEvents)
  const alarms = scanned.flatMap(stream =>
    oneAModel(table, judge(stream.key, month)).map(cell => {
      const model = table.factors[cell.factor]!.model
      let first = month
      while (first > 0 && judge(stream.key, first - 1).some(past => table.factors[past.factor]!.model === model)) first--
      return reportAlarmOf({ table, stream, cell, month, first, priorOf })
    }))
  return { alarms: strongestOfNested(alarms, (one, other) => one.factor.model === other.factor.model), streams: scanned.length }
}

/** Alarming cells of a stream at the end of a month, best first. */
const judgeStream = (table: ReportTable, limits: ReportLimits, key: string, month: number): Judged[] => {
  const rows = table.streams.get(key)!.rows
  const threshold = limits(rows.filter(row => row.month <= month && row.month > month - limitMonths).length, month)
  return cellsOfStream(table, key, month, warningParameters.reportWindowMonths)
    .filter(cell => cell.observed >= warningParameters.minEvents && cell.observed > cell.expected)
    .map(cell => ({ ...cell, llr: maxSprtLlr(cell.observed, cell.expected), threshold }))
    .filter(cell => cell.llr > threshold && isSignal(cell))
    .sort((a, b) => b.llr - a.llr)
}

const fourfold = ({ observed, row, column, total }: ReportCell): FourfoldTable => [observed, column - observed, row - observed, total - row - column + observed]

/** A model that has all reports of a stream has no ratio to the others; its evidence speaks alone. */
const isSignal = (cell: ReportCell): boolean => {
  const isOnlyModel = cell.observed === cell.row || cell.column === cell.total
  return (isOnlyModel || proportionalReportingRatio(fourfold(cell)).signal) && informationComponent(cell.observed, cell.expected).ic025 > 0
}

/** Prior of the shrinker by dimension, fitted to the classes of all months: one table of a few months has too few reports to tell it. */
export const createPriors = (table: ReportTable): ((dimension: ReportFactor['dimension']) => ShrinkerPrior) => {
  const priors = new Map<string, ShrinkerPrior>()
  return dimension => {
    const prior = priors.get(dimension) ?? fitShrinkerPrior(classCells(table, dimension))
    priors.set(dimension, prior)
    return prior
  }
}

/** Every cell of the classes of a table with a factor of one dimension, the empty ones too. */
const classCells = (table: ReportTable, dimension: ReportFactor['dimension']): TableCell[] => {
  const total = table.totals[table.months]!
  const columns = table.factors.flatMap((factor, index) => (factor.dimension === dimension ? [{ index, column: table.columns[index]![table.months]! }] : []))
  return [...table.streams].filter(([, { stream }]) => stream.component !== null && stream.symptom !== null).flatMap(([key, { rows }]) => {
    const observed = new Map(cellsOfStream(table, key, table.months - 1, [Infinity]).map(cell => [cell.factor, cell.observed]))
    return columns.map(({ index, column }) => ({ observed: observed.get(index) ?? 0, expected: (rows.length * column) / total }))
  })
}

const shownMonths = 24

const monthlyCounts = (table: ReportTable, key: string, factor: number): number[] => {
  const first = Math.max(0, table.months - shownMonths)
  const counts = new Array<number>(table.months - first).fill(0)
  for (const { month, report } of table.streams.get(key)!.rows) if (month >= first && table.factorsOf[report]!.includes(factor)) counts[month - first]!++
  return counts
}

const oneAModel = (table: ReportTable, cells: readonly Judged[]): Judged[] => {
  const seen = new Set<string>()
  return cells.filter(cell => {
    const { model } = table.factors[cell.factor]!
    const isFirst = !seen.has(model)
    seen.add(model)
    return isFirst
  })
}

export const reportAlarmOf = (options: {
  table: ReportTable
  stream: WarningStream
  cell: ReportCell & { llr: number; threshold: number }
  month: number
  first: number
  priorOf: (dimension: ReportFactor['dimension']) => ShrinkerPrior
}): Omit<ReportAlarm, 'nested'> => {
  const { table, stream, cell, month, first } = options
  const shrunk = gammaPoissonShrinker(cell.observed, cell.expected, options.priorOf(table.factors[cell.factor]!.dimension))
  const from = Math.max(0, month + 1 - cell.window)
  return {
    component: stream.component,
    symptom: stream.symptom,
    factor: table.factors[cell.factor]!,
    window: { from: monthName(table.firstMonth + from), to: monthName(table.firstMonth + month) },
    observed: cell.observed,
    expected: cell.expected,
    llr: cell.llr,
    threshold: cell.threshold,
    firstAlarmAt: Math.min(endOfMonth(table.firstMonth + first), table.cutOff),
    prr: proportionalReportingRatio(fourfold(cell)).ratio,
    ic025: informationComponent(cell.observed, cell.expected).ic025,
    ebgm: shrunk.ebgm,
    eb05: shrunk.eb05,
    monthly: monthlyCounts(table, stream.key, cell.factor),
  }
}
