import type { Alert } from '../domain/alert.ts'
import type { EarlyWarningPerformance } from '../workflow/early-warning-performance.ts'
import type { EarlyWarningScan } from '../workflow/early-warning.ts'
import type { PrintOptions } from './print-triage.ts'
import { cut, displayWidth, padTo, wrap } from './terminal.ts'

const blocks = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** Counts as a row of blocks, one column each; a dot is none. Only the last `columns` are shown. */
export const sparkline = (counts: readonly number[], columns: number): string => {
  const shown = counts.slice(-columns)
  const most = Math.max(1, ...shown)
  return shown.map(count => (count === 0 ? blocks[0] : blocks[Math.max(1, Math.round((count / most) * 8))])).join('')
}

const number = (value: number): string => (value >= 10 || Number.isInteger(value) ? value.toFixed(0) : value >= 0.1 ? value.toFixed(1) : value.toPrecision(1))

const classOf = ({ component, symptom }: Pick<Alert, 'component' | 'symptom'>): string => `${component ?? 'any component'} · ${symptom ?? 'any symptom'}`

const cellOf = ({ cell, method }: Pick<Alert, 'cell' | 'method'>): string => {
  if (method === 'companion-cusum') return 'the whole fleet'
  return cell.dimension === 'all' ? 'all cars' : `${cell.dimension} ${cell.level}`
}

const windowOf = ({ window, method }: Pick<Alert, 'window' | 'method'>): string => {
  const span = window.from === window.to ? window.from : `${window.from} – ${window.to}`
  if (method === 'companion-cusum') return 'weekly reports of all build weeks'
  return method === 'report-wave' ? `reported ${span}` : `built ${span}`
}

/** Rows of texts as columns; a row never runs over the width: the first column gives way. */
const tableOf = (heads: readonly string[], rows: readonly (readonly string[])[], { paint, columns }: PrintOptions): string[] => {
  const widths = heads.map((head, i) => Math.max(displayWidth(head), ...rows.map(row => displayWidth(row[i]!))))
  const over = widths.reduce((sum, width) => sum + width + 2, -2) - columns
  widths[0] = Math.max(16, widths[0]! - Math.max(0, over))
  const line = (cells: readonly string[]): string => cells.map((cell, i) => padTo(i === 0 ? cut(cell, widths[0]!) : cell, widths[i]!)).join('  ').trimEnd()
  return [paint.dim(line(heads)), ...rows.map(line)]
}

const printAlert = (alert: EarlyWarningScan['alerts'][number], options: PrintOptions): string[] => {
  const { paint, columns } = options
  const room = Math.max(20, columns - 24)
  const cars = alert.vehiclesAtRisk === null ? 'cars not known' : `${alert.vehiclesAtRisk} cars at risk`
  const chart = alert.series === null ? [] : [`    ${paint.dim(padTo(`reports a ${alert.series.unit}`, 16))}${paint.cyan(sparkline(alert.series.counts, room))} ${Math.max(...alert.series.counts)} at most`]
  const indented = (text: string, colour: (line: string) => string): string[] => wrap(text, Math.max(30, columns - 4)).map(line => `    ${colour(line)}`)
  const record = [alert.issueId && `issue ${alert.issueId}`, alert.outcome === 'open' ? null : alert.outcome].filter(Boolean).map(text => `; ${text}`).join('')
  return [
    `${paint.bold(classOf(alert))}  ${paint.dim(alert.alertId)}`,
    ...indented(`${cellOf(alert)}, ${windowOf(alert)}: ${number(alert.observed)} reports where ${number(alert.expected)} are expected; ${cars}`, paint.yellow),
    ...(alert.nested.length > 0 ? indented(`also told by ${alert.nested.map(classOf).join('; ')}`, paint.dim) : []),
    ...indented(`evidence ${alert.llr.toFixed(1)} over ${alert.threshold.toFixed(1)} nats; first alarm ${alert.firstAlarmAt.slice(0, 10)}${record}`, paint.dim),
    ...chart,
  ]
}

/** A scan for a person at a terminal. */
export const printScan = (scan: EarlyWarningScan, options: PrintOptions): string => {
  const { paint } = options
  const heading = `${scan.alerts.length} ${scan.alerts.length === 1 ? 'alert stands' : 'alerts stand'} as of ${scan.asOf.slice(0, 10)}; ${scan.streams} streams in ${(scan.tookMs / 1000).toFixed(1)} s`
  const closed = scan.closed.map(alert => `Closed: ${classOf(alert)}, ${cellOf(alert)}, ${windowOf(alert)}: no longer above the threshold.`)
  const lookBack = scan.recorded ? [] : [paint.dim('A look back: later scans were made before, so nothing was stored.')]
  const alerts = scan.alerts.flatMap(alert => ['', ...printAlert(alert, options)])
  return [paint.bold(heading), ...lookBack, ...alerts, ...(closed.length > 0 ? ['', ...closed] : []), ...printSignals(scan.signals, options)].join('\n')
}

const shownSignals = 5

const printSignals = (signals: EarlyWarningScan['signals'], options: PrintOptions): string[] => {
  if (signals.length === 0) return []
  const rows = signals.slice(0, shownSignals).map(signal => [
    classOf(signal), `${signal.cell.dimension} ${signal.cell.level}`, `${number(signal.observed)}/${number(signal.expected)}`, signal.prr === null ? '–' : signal.prr.toFixed(1), signal.eb05.toFixed(1),
  ])
  const more = signals.length > shownSignals ? [options.paint.dim(`and ${signals.length - shownSignals} more (--json)`)] : []
  return ['', options.paint.bold('Reports of unknown cars that stand out among the models: a list for triage, no alerts'), ...tableOf(['class', 'model', 'O/E', 'PRR', 'EB05'], rows, options), ...more]
}

const share = (value: number | null): string => (value === null ? '–' : value.toFixed(2))

/** The performance log for a person at a terminal. */
export const printPerformance = (log: EarlyWarningPerformance, options: PrintOptions): string => {
  const { paint } = options
  const interval = log.precisionInterval ? ` (${log.precisionInterval.map(share).join('–')})` : ''
  const rate = log.falseAlarmsPerStreamYear === null ? 'not yet known' : `${log.falseAlarmsPerStreamYear.toFixed(3)} a stream-year over ${log.streamYears.toFixed(1)} stream-years`
  const lines = [
    paint.bold(`${log.alerts.length} alerts: ${log.confirmed} confirmed, ${log.rejected} rejected, ${log.open} open`),
    `precision ${share(log.precision)}${interval}; false alarms ${rate}; median lead ${log.medianLeadDays === null ? 'not yet known' : `${log.medianLeadDays} days`}`,
  ]
  if (log.alerts.length === 0) return lines.join('\n')
  const rows = log.alerts.map(alert => [
    classOf(alert), alert.alertId, alert.firstAlarmAt.slice(0, 10), `${number(alert.observed)}/${number(alert.expected)}`, alert.state, alert.outcome,
    alert.leadDays === null ? '–' : `${alert.leadDays} d`,
  ])
  return [...lines, '', ...tableOf(['class', 'alert', 'first alarm', 'O/E', 'state', 'outcome', 'lead'], rows, options)].join('\n')
}

/** One decided alert in a line. */
export const printDecision = (alert: Alert): string =>
  `${alert.alertId} ${alert.outcome}: ${classOf(alert)}, ${cellOf(alert)}, ${windowOf(alert)}${alert.state === 'closed' ? '; closed' : ''}`
