import type { SearchCasesReply, SimilarCase } from '../domain/case-search.ts'
import { padTo, wrap } from './terminal.ts'
import type { PrintOptions } from './print-triage.ts'

const labelColumns = 14

const paragraph = (label: string, text: string | null, { paint, columns }: PrintOptions): string[] =>
  text === null || text.trim() === ''
    ? []
    : wrap(text, Math.max(30, columns - labelColumns - 5)).map((line, at) => `     ${paint.dim(padTo(at === 0 ? label : '', labelColumns))}${line}`)

const actions = (label: string, list: SimilarCase['containment'], options: PrintOptions): string[] =>
  list.flatMap(({ actionType, text, effectiveFrom }) =>
    paragraph(label, `${actionType}${effectiveFrom ? ` from ${effectiveFrom}` : ''}${text ? `: ${text}` : ''}`, options),
  )

const facetWords = { component: 'component', symptom: 'symptom', dtc: 'fault code', model: 'model', modelYear: 'model year', part: 'part', lot: 'lot', version: 'software version' } as const

/** By which channels a case was found and what it shares with the question; `text` is what words and meaning alone would give. */
const agreements = ({ facets, matchedComplaint }: SimilarCase): string => {
  const shared = (Object.keys(facetWords) as (keyof typeof facetWords)[]).filter(name => facets[name] === true).map(name => facetWords[name])
  return [
    `found by ${facets.channels.join(', ') || 'nothing in particular'} (text ${facets.text.toFixed(2)})`,
    ...(shared.length > 0 ? [`same ${shared.join(', ')}`] : []),
    ...(matchedComplaint ? [`closest by confirmed complaint ${matchedComplaint}`] : []),
  ].join('; ')
}

const printCase = (past: SimilarCase, options: PrintOptions): string[] => [
  `${String(past.rank).padStart(3)}. ${options.paint.cyan(past.caseId)}  ${past.score.toFixed(2)}  ${options.paint.bold(past.title)}`,
  ...paragraph('', [past.kind, past.dates.openedAt?.slice(0, 10), past.dates.closedAt && `closed ${past.dates.closedAt.slice(0, 10)}`, agreements(past)].filter(Boolean).join(' · '), options),
  ...paragraph('cause', past.rootCause ?? 'not known', options),
  ...actions('containment', past.containment, options),
  ...actions('remedy', past.corrective, options),
]

/** Similar past cases for a person at a terminal. */
export const printCases = ({ items, timings }: SearchCasesReply, options: PrintOptions): string => {
  const total = timings['total']
  const took = total === undefined ? '' : options.paint.dim(`\n${items.length} cases in ${Math.round(total)} ms`)
  return items.length === 0 ? 'No past case is similar.' : items.map(past => printCase(past, options).join('\n')).join('\n\n') + took
}
