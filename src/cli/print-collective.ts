import type { CollectiveView, Growth, Spread } from '../domain/collective-view.ts'
import type { PrintOptions } from './print-triage.ts'
import { cut, padTo } from './terminal.ts'

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

const barsOf = (counts: readonly number[]): string => {
  const most = Math.max(1, ...counts)
  return counts.map(count => (count === 0 ? '·' : bars[Math.ceil((count / most) * bars.length) - 1])).join('')
}

const limit = (value: number | null): string => (value === null ? '∞' : value.toPrecision(3).replace(/\.?0+$/, ''))

const growthLines = ({ recent, before, ratio, interval, verdict, doublingWeeks, weeks }: Growth, { paint }: PrintOptions): string[] => {
  const words = {
    growing: paint.red(`growing${doublingWeeks === null ? '' : `, doubles in ${limit(doublingWeeks)} weeks`}`),
    shrinking: paint.green('shrinking'),
    'not-told-apart': 'growth and decline cannot be told apart yet',
    'no-reports': 'no report in the last eight weeks',
  }[verdict]
  return [
    `${barsOf(weeks.map(({ reports }) => reports))}  reports a week, the last twelve`,
    `${recent} in the last four weeks, ${before} in the four before: ratio ${limit(ratio)} [${limit(interval[0])}, ${limit(interval[1])}], ${words}`,
  ]
}

const levels = (counts: CollectiveView['by']['channel']): string => counts.slice(0, 6).map(({ level, reports }) => `${level} ${reports}`).join(', ') || '—'

const spread = (given: Spread | null, unit: string): string =>
  given === null ? 'not known' : `median ${given.median} ${unit} (${given.p25}–${given.p75}, from ${given.min} to ${given.max}; known of ${given.known})`

/** A collective view for a person at a terminal. */
export const printCollectiveView = (view: CollectiveView, options: PrintOptions): string => {
  const { paint, columns } = options
  const { component, symptom, model, issueId } = view.subject
  const row = (label: string, text: string): string => `  ${paint.dim(padTo(label, 18))}${cut(text, columns - 20)}`
  const rate = view.perThousandCars
  return [
    paint.bold(`${component ?? 'any component'} / ${symptom ?? 'any symptom'}${model ? `, ${model}` : ''}${issueId ? `  ${issueId}` : ''}`),
    row('as of', view.asOf),
    row('reports', `${view.reports} of ${view.vehicles} known cars${view.withoutVehicle > 0 ? ` and ${view.withoutVehicle} without one` : ''}; ${view.excludedDuplicates} repeats left out`),
    ...(rate ? [row('per 1,000 cars', `${rate.rate} (${rate.vehiclesReporting} of ${rate.cars} sold)`)] : []),
    row('since', view.since?.slice(0, 10) ?? '—'),
    ...view.first.map(({ at, channel, recordId, text }, index) => row(index === 0 ? 'first reports' : '', `${at.slice(0, 10)} ${channel} ${recordId}: ${text.replaceAll(/\s+/g, ' ')}`)),
    ...growthLines(view.growth, options).map((line, index) => `  ${paint.dim(padTo(index === 0 ? 'growth' : '', 18))}${line}`),
    row('channels', levels(view.by.channel)),
    row('regions', levels(view.by.region)),
    row('models', levels(view.by.model)),
    row('model years', levels(view.by.modelYear)),
    row('mileage', spread(view.odometerKm, 'km')),
    row('months in service', spread(view.monthsInService, 'months')),
    ...view.shared.map(({ dimension, level, supplier, carsReporting, carsCarrying, perThousand }, index) =>
      row(index === 0 ? 'shared' : '', `${dimension} ${level}${supplier ? ` (${supplier})` : ''}: ${carsReporting} of ${carsCarrying} cars, ${perThousand} per 1,000`)),
    ...view.similarCases.map(({ caseId, title, score, rootCause }, index) => row(index === 0 ? 'past cases' : '', `${caseId} ${score.toFixed(2)} ${title}${rootCause ? `: ${rootCause}` : ''}`)),
    row('to find the cause', view.analyzeWith),
  ].join('\n')
}
