import type { AnalysisCandidate, AnalysisEvidence, RootCauseAnalysis } from '../domain/root-cause-analysis.ts'
import type { PrintOptions } from './print-triage.ts'
import { cut, displayWidth, padTo, wrap } from './terminal.ts'

const barColumns = 12
/** Candidates whose evidence is spelled out; the rest stands in the table. */
const spelledOut = 3

const number = (value: number | null): string => {
  if (value === null) return '∞'
  if (Number.isInteger(value)) return String(value)
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 0.1 ? value.toFixed(1) : value.toPrecision(1)
}

const bar = (value: number, most: number): string => '█'.repeat(most <= 0 ? 0 : Math.max(value > 0 ? 1 : 0, Math.round((value / most) * barColumns)))

/** Columns of the table beside the statement, as text aligned to the right. */
const figuresOf = ({ statistics }: AnalysisCandidate): string[] => {
  if (statistics === null) return ['', '', '', '', '']
  const { observed, expected, rateRatio, rateRatioInterval: [low, high], score, pValue } = statistics
  return [number(observed), number(expected), `${number(rateRatio)} (${number(low)}–${number(high)})`, score.toFixed(1), pValue.toFixed(3)]
}

const heads = ['O', 'E', 'rate ratio (95 %)', 'S', 'p']

const tableOf = (candidates: readonly AnalysisCandidate[], { paint, columns }: PrintOptions): string[] => {
  const rows = candidates.map(candidate => ({ candidate, figures: figuresOf(candidate) }))
  const widths = heads.map((head, i) => Math.max(displayWidth(head), ...rows.map(row => displayWidth(row.figures[i]!))))
  const room = Math.max(20, columns - 5 - widths.reduce((sum, width) => sum + width + 2, 0) - barColumns - 8)
  const most = Math.max(0, ...candidates.map(one => one.statistics?.evidenceNats ?? 0))
  const line = (rank: string, statement: string, figures: readonly string[], chart: string): string =>
    `${rank.padStart(3)}  ${padTo(cut(statement, room), room)}${figures.map((text, i) => `  ${' '.repeat(widths[i]! - displayWidth(text))}${text}`).join('')}  ${chart}`.trimEnd()
  return [
    paint.dim(line('#', 'candidate', heads, 'evidence, nats')),
    ...rows.map(({ candidate, figures }) => {
      const { statistics, pastCase } = candidate
      const chart = statistics ? `${bar(statistics.evidenceNats, most)} ${number(statistics.evidenceNats)}` : `likeness ${pastCase?.similarity.toFixed(2) ?? ''}`
      return line(String(candidate.rank), candidate.statement, figures, chart)
    }),
  ]
}

const labelColumns = 12

const labelled = (label: string, text: string, { paint, columns }: PrintOptions): string[] =>
  wrap(text, Math.max(30, columns - labelColumns - 4)).map((line, i) => `    ${paint.dim(padTo(i === 0 ? label : '', labelColumns))}${line}`)

const evidenceLines = (label: string, list: readonly AnalysisEvidence[], options: PrintOptions): string[] =>
  list.flatMap((one, i) => labelled(i === 0 ? label : '', `${one.id} ${one.summary}`, options))

const detailsOf = (candidate: AnalysisCandidate, options: PrintOptions): string[] => {
  const { paint } = options
  const same = candidate.equivalents.map(one => `${one.statement} (${Math.round(one.overlap * 100)} % the same cars)`).join('; ')
  const isBroken = candidate.path !== null && !candidate.path.verified
  return [
    `${String(candidate.rank).padStart(3)}. ${paint.bold(candidate.statement)}  ${paint.dim(`confidence ${candidate.confidence.toFixed(2)}, not calibrated`)}`,
    ...evidenceLines('for', candidate.evidence, options),
    ...evidenceLines('against', candidate.counterEvidence, options),
    ...(same === '' ? [] : labelled('same cars', same, options)),
    ...(isBroken ? labelled('path', 'not found in the graph as it is now', options) : []),
  ]
}

const subjectLine = ({ subject, asOf, affected, population }: RootCauseAnalysis): string => {
  const classes = [subject.component ?? 'any component', subject.symptom ?? 'any symptom'].join(' / ')
  const left = [
    affected.excludedDuplicates > 0 ? `${affected.excludedDuplicates} duplicates left out` : '',
    affected.withoutExposure > 0 ? `${affected.withoutExposure} of unknown or unsold cars` : '',
  ].filter(Boolean).join(', ')
  const claims = `${affected.claims} claims on ${affected.vehicles} cars${left ? ` (${left})` : ''}`
  return `${classes} · as of ${asOf} · ${claims} of ${population.vehicles} cars, ${population.vehicleMonths} car-months`
}

const colourOf = { 'cause-found': 'green', tied: 'yellow', 'insufficient-evidence': 'yellow', 'no-tracked-cause': 'cyan' } as const

/** An analysis for a person at a terminal: verdict and reason first, then the candidates, what speaks for and against the first, what to do next. */
export const printAnalysis = (analysis: RootCauseAnalysis, options: PrintOptions): string => {
  const { paint, columns } = options
  const { verdict, verdictReason, candidates, abstention, provenance, analysisId } = analysis
  const checks = [...new Set([...(abstention?.nextChecks ?? []), ...(abstention ? [] : (candidates[0]?.discriminatingTests ?? []))])]
  const list = (title: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : ['', paint.bold(title), ...items.flatMap(item => wrap(item, Math.max(30, columns - 6)).map((line, i) => `  ${i === 0 ? '-' : ' '} ${line}`))]
  return [
    paint[colourOf[verdict]](paint.bold(verdict)),
    ...wrap(verdictReason, columns),
    '',
    ...wrap(subjectLine(analysis), columns).map(paint.dim),
    ...(candidates.length === 0 ? [] : ['', ...tableOf(candidates, options)]),
    ...candidates.slice(0, spelledOut).flatMap(candidate => ['', ...detailsOf(candidate, options)]),
    ...list('Missing', abstention?.missing ?? []),
    ...list('Next checks', checks),
    '',
    paint.dim(`${analysisId} · engine ${provenance.engineVersion} · seed ${provenance.seed}, ${provenance.replicates} draws · ${provenance.milliseconds} ms`),
  ].join('\n')
}
