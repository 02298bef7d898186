import type { ActionEfficacy, ActionRecurrence, ActionTypeRecord, EfficacySide } from '../domain/action-efficacy.ts'
import type { PrintOptions } from './print-triage.ts'
import { padTo, wrap } from './terminal.ts'

const reasonWords: Record<NonNullable<ActionEfficacy['reason']>, string> = {
  'no-effective-date': 'the case does not say from which day the action took effect',
  'not-yet-effective': 'the action takes effect after the last report',
  'no-class': 'the case names neither a component nor a symptom',
  'unknown-treatment': 'the type of the action does not tell which cars it treats',
  'no-software-named': 'the case names no affected software version',
  'no-affected-cars': 'no car of the fleet is affected',
  'nobody-treated': 'no affected car was treated since the action, or none has been at risk since',
  'no-events': 'nobody reports this component and symptom',
  'nothing-before': 'no time at risk before the action',
  'nothing-after': 'no time at risk after the action',
}

const noteWords: Record<ActionEfficacy['notes'][number], string> = {
  'few-expected': 'Fewer than 3 events were expected after the action.',
  'no-recurrence-proves-little': 'No recurrence proves little here: up to {limit} times the fleet’s rate would still agree with none.',
  'regression-to-the-mean': 'The time before holds the events that led to the action: some of the fall would have come without it. Judge by the rate after.',
  'thin-baseline': 'The baseline rests on few events and is itself uncertain.',
  'no-comparison-fleet': 'Almost all cars are the action’s: a change of season or of reporting would look the same.',
  'early-returns': 'Reports within 30 days of the event that led to the treatment are counted with that event, not as recurrences.',
}

const ruleWords: Record<NonNullable<ActionEfficacy['treatment']>, string> = {
  'part-removed': 'affected part taken out',
  'version-replaced': 'affected version replaced',
  'built-since': 'built since, against built before',
  'from-day': 'all affected cars from the day on',
}

const number = (value: number | null): string => (value === null ? '∞' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))
const interval = ([low, high]: readonly [number, number | null]): string => `${number(low)}–${number(high)}`

const verdictOf = ({ verdict, reason, recurrence }: ActionEfficacy, { paint }: PrintOptions): string => {
  if (reason !== null) return paint.dim('no numbers')
  if (recurrence?.state === 'recurred') return paint.red(`${verdict}, recurred`)
  return verdict === 'effective' ? paint.green(verdict) : verdict === 'worse' ? paint.red(verdict) : paint.yellow(verdict ?? '')
}

const chartColumns = 36

/** A rate as a point with its interval on a common scale from 0; `┆` is the fleet's rate. */
const chartLine = (side: EfficacySide, most: number): string => {
  const at = (value: number | null): number => Math.min(chartColumns - 1, Math.round(((value ?? most) / most) * (chartColumns - 1)))
  const cells = Array.from({ length: chartColumns }, () => ' ')
  cells[at(1)] = '┆'
  for (let i = at(side.smrInterval[0]); i <= at(side.smrInterval[1]); i++) cells[i] = '─'
  cells[at(side.smr)] = '●'
  return cells.join('').trimEnd()
}

const events = (count: number): string => `${count} event${count === 1 ? '' : 's'}`

const sideLines = (label: string, side: EfficacySide, most: number): string =>
  `     ${padTo(label, 8)}${events(side.observed)}, ${number(side.expected)} expected, ${side.vehicles} cars, ${number(side.rate)} (${interval(side.rateInterval)}) per 1,000 car-months\n` +
  `     ${padTo('', 8)}${padTo(`${number(side.smr)} (${interval(side.smrInterval)}) times the fleet`, 34)}${chartLine(side, most)}`

const recurrenceLine = ({ recurrence }: ActionEfficacy): string => {
  if (recurrence === null) return ''
  const { state, observed, expected, llr, threshold, alarmAt } = recurrence
  const words = { watching: 'none so far', passed: 'none within the planned watch', recurred: `since ${alarmAt?.slice(0, 10)}` }[state]
  return `${words}; ${events(observed)} after treatment, ${number(expected)} expected, evidence ${llr.toFixed(2)} of ${threshold.toFixed(2)} nats`
}

const detail = (one: ActionEfficacy, options: PrintOptions): string[] => {
  if (one.reason !== null || one.before === null || one.after === null) return [`     ${reasonWords[one.reason ?? 'no-events']}`]
  const most = Math.min(20, Math.max(2, one.before.smrInterval[1] ?? 0, one.after.smrInterval[1] ?? 0))
  const room = Math.max(40, options.columns - 6)
  const limit = one.after.expected > 0 ? number(3 / one.after.expected) : '∞'
  return [
    sideLines('before', one.before, most),
    sideLines('after', one.after, most),
    `     ${padTo('change', 8)}${number(one.rateRatio)} (${one.rateRatioInterval ? interval(one.rateRatioInterval) : ''}) times the rate before${one.weeksToEffect === null ? '' : `, shown after ${one.weeksToEffect} weeks`}`,
    ...wrap(`recurrence: ${recurrenceLine(one)}`, room).map(line => `     ${line}`),
    ...one.notes.flatMap(note => wrap(noteWords[note].replace('{limit}', limit), room - 2).map(line => options.paint.dim(`     ${line}`))),
  ]
}

/** Actions with their verdicts for a person at a terminal. */
export const printEfficacies = (actions: readonly ActionEfficacy[], options: PrintOptions): string => {
  if (actions.length === 0) return 'No past case has such an action.'
  return actions.map(one => [
    `${options.paint.cyan(one.actionId)}  ${verdictOf(one, options)}  ${options.paint.bold(one.actionType)}${one.effectiveFrom ? ` from ${one.effectiveFrom}` : ''}`,
    ...wrap([one.caseId, one.kind === 'ICA' ? 'containment' : 'corrective', one.treatment && ruleWords[one.treatment], one.text].filter(Boolean).join(' · '), Math.max(40, options.columns - 6)).map(line => `     ${line}`),
    ...detail(one, options),
  ].join('\n')).join('\n\n')
}

/** How types of actions have fared, as a table. */
export const printTypeRecords = (records: readonly ActionTypeRecord[], { paint }: PrintOptions): string => {
  const heads = ['action type', 'used', 'judged', 'held', 'recurred', 'rate after/before (95 %)', 'weeks to effect']
  const rows = records.map(one => [
    one.actionType, String(one.used), String(one.judged), String(one.held), String(one.recurred),
    one.rateRatioInterval === null ? '' : `${number(one.rateRatio)} (${interval(one.rateRatioInterval)})`,
    one.medianWeeksToEffect === null ? '' : String(one.medianWeeksToEffect),
  ])
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map(row => row[i]!.length)))
  const line = (cells: readonly string[]): string => cells.map((cell, i) => (i === 0 ? padTo(cell, widths[i]!) : cell.padStart(widths[i]!))).join('  ').trimEnd()
  return [paint.dim(line(heads)), ...rows.map(line)].join('\n')
}

/** What the recurrence watch found new. */
export const printRecurrences = (found: readonly ActionRecurrence[], { paint }: PrintOptions): string =>
  found.length === 0
    ? 'No action has recurred that was not known.'
    : found.map(one => `${paint.red('recurred')}  ${paint.cyan(one.actionId)}  ${one.actionType} of ${one.caseId}: ${events(one.observed)} after treatment, ${number(one.expected)} expected, since ${one.alarmAt.slice(0, 10)}`).join('\n')
