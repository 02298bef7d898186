import type { Triage } from '../domain/triage.ts'
import { padTo, wrap } from './terminal.ts'
import type { Paint } from './terminal.ts'

export type PrintOptions = { paint: Paint; columns: number }

const labelColumns = 14
const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`

const field = (label: string, lines: readonly string[], { paint }: PrintOptions): string[] =>
  lines.map((line, at) => `  ${paint.dim(padTo(at === 0 ? label : '', labelColumns))}${line}`)

const prose = (label: string, text: string, options: PrintOptions): string[] =>
  field(label, wrap(text, Math.max(30, options.columns - labelColumns - 2)), options)

const modalityOf = ({ negated, past }: { negated: boolean; past: boolean }): string =>
  [negated && 'negated', past && 'past'].filter(Boolean).map(word => ` (${String(word)})`).join('')

const severityLine = ({ level, reasons }: NonNullable<Triage['severity']>, { paint }: PrintOptions): string => {
  const colour = level >= 9 ? paint.red : level >= 6 ? paint.yellow : paint.green
  return `${colour(`${level} of 10${level >= 9 ? ' (safety)' : ''}`)}${reasons.length > 0 ? `  ${reasons.join('; ')}` : ''}`
}

const departmentLine = ({ key, name, reason }: NonNullable<Triage['department']>, language: Triage['language']): string =>
  `${name?.[language === 'zh' || language === 'mixed' ? 'zh' : 'en'] ?? key} [${key}]  ${reason}`

const escalationLine = ({ risk, reasons }: NonNullable<Triage['escalation']>, { paint }: PrintOptions): string => {
  const colour = { high: paint.red, medium: paint.yellow, low: paint.green }[risk]
  return `${colour(risk)}${reasons.length > 0 ? `  ${reasons.join('; ')}` : ''}`
}

const facetsOf = (facets: Triage['similarCases'][number]['facets']): string =>
  (['component', 'symptom', 'dtc', 'model', 'modelYear'] as const).filter(name => facets[name] === true).join(', ')

/** A triage for a person at a terminal. */
export const printTriage = (triage: Triage, options: PrintOptions): string => {
  const { paint } = options
  const dtcLine = ({ code, failureType, confirmed, meaning }: Triage['dtcs'][number]) =>
    `${code}${failureType ? `-${failureType}` : ''}${confirmed === null ? '' : confirmed ? ' confirmed' : ' not confirmed'}${meaning ? `  ${meaning}` : '  meaning not known'}`
  return [
    `${paint.bold(triage.qualityIssue ? 'Quality issue' : 'Not a quality issue')}${triage.qualityReason ? paint.dim(`  ${triage.qualityReason}`) : ''}`,
    ...prose('text', triage.text, options),
    ...field('language', [triage.language], options),
    ...field('components', triage.components.map(({ label, key, confidence, reason }) => `${label} [${key}] ${percent(confidence)}${reason ? `  ${reason}` : ''}`), options),
    ...field('symptoms', triage.symptoms.map(one => `${one.label} [${one.key}] ${percent(one.confidence)}${modalityOf(one)}`), options),
    ...field('fault codes', triage.dtcs.map(dtcLine), options),
    ...(triage.severity ? field('severity', [severityLine(triage.severity, options)], options) : []),
    ...field('hazards', triage.hazards.map(({ key, reason, nearMiss }) => `${nearMiss ? paint.yellow(`${key} (near miss)`) : paint.red(key)}  ${reason}`), options),
    ...(triage.department ? field('department', [departmentLine(triage.department, triage.language)], options) : []),
    ...(triage.sentiment ? field('sentiment', [`${triage.sentiment.label} (${triage.sentiment.score.toFixed(2)})`], options) : []),
    ...(triage.escalation ? field('escalation', [escalationLine(triage.escalation, options)], options) : []),
    ...field('past cases', triage.similarCases.map(({ caseId, title, score, facets }) => `${paint.cyan(caseId)} ${score.toFixed(2)} ${title}${facetsOf(facets) ? paint.dim(`  same ${facetsOf(facets)}`) : ''}`), options),
    ...(triage.firstHypothesis ? prose('hypothesis', triage.firstHypothesis.statement, options) : []),
    ...field('answer by', [triage.due.firstResponseAt], options),
    ...field('contain by', [triage.due.resolutionAt], options),
  ].join('\n')
}
