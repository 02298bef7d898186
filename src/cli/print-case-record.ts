import type { CaseRecord, ConfirmedComplaint } from '../domain/case-record.ts'
import { padTo, wrap } from './terminal.ts'
import type { PrintOptions } from './print-triage.ts'

const labelColumns = 14

const paragraph = (label: string, text: string | null, { paint, columns }: PrintOptions): string[] =>
  text === null || text.trim() === ''
    ? []
    : wrap(text, Math.max(30, columns - labelColumns - 1)).map((line, at) => `${paint.dim(padTo(at === 0 ? label : '', labelColumns))} ${line}`)

const actions = (label: string, list: CaseRecord['containment'], options: PrintOptions): string[] =>
  list.flatMap(({ actionType, text, effectiveFrom }) =>
    paragraph(label, `${actionType}${effectiveFrom ? ` from ${effectiveFrom}` : ''}${text ? `: ${text}` : ''}`, options),
  )

const complaint = (one: ConfirmedComplaint, options: PrintOptions): string[] => {
  const car = [one.make, one.model, one.modelYear].filter(side => side !== null).join(' ')
  const confirmed = `confirmed ${one.confirmedAt.slice(0, 10)}${one.confirmedBy === null ? '' : ` by ${one.confirmedBy}`}`
  return paragraph('complaint', `${options.paint.cyan(one.feedbackId)} ${[car, confirmed].filter(Boolean).join(' · ')}\n${one.text}`, options)
}

/** One case for a person at a terminal. */
export const printCaseRecord = (record: CaseRecord, options: PrintOptions): string => {
  const { dates } = record
  const heading = [record.kind, dates.openedAt && `opened ${dates.openedAt.slice(0, 10)}`, dates.closedAt && `closed ${dates.closedAt.slice(0, 10)}`]
  return [
    `${options.paint.cyan(record.caseId)}  ${options.paint.bold(record.title)}`,
    ...paragraph('', heading.filter(Boolean).join(' · '), options),
    ...paragraph('symptom', record.symptom, options),
    ...paragraph('failure mode', record.failureMode, options),
    ...paragraph('effect', record.failureEffect, options),
    ...paragraph('cause', record.rootCause ?? 'not known', options),
    ...paragraph('escape point', record.escapePoint, options),
    ...actions('containment', record.containment, options),
    ...actions('remedy', record.corrective, options),
    ...paragraph('about', [...record.components, ...record.symptoms, ...record.dtcs].join(', '), options),
    ...record.confirmed.flatMap(one => complaint(one, options)),
  ].join('\n')
}
