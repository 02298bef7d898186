import type { Claim, ContainmentSuggestion, CorrectiveSuggestion, RootCauseSuggestion, SuggestionSet } from '../domain/suggestion.ts'
import type { PrintOptions } from './print-triage.ts'
import { padTo, wrap } from './terminal.ts'

const labelColumns = 14

const labelled = (label: string, text: string, { paint, columns }: PrintOptions): string[] =>
  wrap(text, Math.max(30, columns - labelColumns - 4)).map((line, i) => `    ${paint.dim(padTo(i === 0 ? label : '', labelColumns))}${line}`)

const cited = ({ text, evidenceIds }: Claim): string => `${text} [${evidenceIds.join(', ')}]`
const idList = (ids: readonly string[]): string => ids.join(', ')

const causeLines = (cause: RootCauseSuggestion, options: PrintOptions): string[] => {
  const { rank, statement, confidence, calibrated, status, mechanism, nextCheck, against, reordered, suggestionId } = cause
  const sure = cause.basis === 'untracked' ? '' : `  confidence ${confidence.toFixed(2)}${calibrated ? '' : ', not calibrated'}`
  return [
    ...wrap(`${String(rank).padStart(3)}. ${options.paint.bold(statement)}${options.paint.dim(`${sure}${status === 'proposed' ? '' : `  ${status}`}`)}`, options.columns),
    ...mechanism.flatMap((one, i) => labelled(i === 0 ? 'because' : '', cited(one), options)),
    ...(against.length > 0 ? labelled('against', idList(against), options) : []),
    ...(reordered ? labelled('put first', cited(reordered), options) : []),
    ...(nextCheck ? labelled('next check', cited(nextCheck), options) : []),
    ...labelled('id', suggestionId, options),
  ]
}

const actionLines = (action: ContainmentSuggestion | CorrectiveSuggestion, options: PrintOptions): string[] => {
  const { rank, text, actionType, why, cost, status, pastUse, verificationPlan, suggestionId } = action
  const scope = action.kind === 'containment' ? action.scope : null
  return [
    ...wrap(`${String(rank).padStart(3)}. ${options.paint.bold(text)} ${options.paint.dim(`${actionType}, cost ${cost}${status === 'proposed' ? '' : `, ${status}`}`)}`, options.columns),
    ...labelled('why', cited(why), options),
    ...(scope ? labelled('cars', `${scope.stock} in stock, ${scope.inTransit} in transit, ${scope.atOutlet} at outlets, ${scope.sold} sold (as of ${scope.asOf})`, options) : []),
    ...(pastUse.used + pastUse.accepted + pastUse.rejected > 0
      ? labelled('before', `used ${pastUse.used}, held ${pastUse.held}, recurred ${pastUse.recurred}; accepted ${pastUse.accepted}, rejected ${pastUse.rejected}`, options)
      : []),
    ...labelled('verify', verificationPlan, options),
    ...(action.kind === 'containment' ? labelled('until', action.expiresAt.slice(0, 10), options) : []),
    ...labelled('id', suggestionId, options),
  ]
}

const section = (title: string, items: readonly string[][], { paint }: PrintOptions): string[] => (items.length === 0 ? [] : ['', paint.bold(title), ...items.flat()])

const colourOf = { 'cause-found': 'green', tied: 'yellow', 'insufficient-evidence': 'yellow', 'no-tracked-cause': 'cyan' } as const

/** Suggestions for a person at a terminal: what is known, causes, what to do now, what to do for good, and what all of it rests on. */
export const printSuggestions = (set: SuggestionSet, options: PrintOptions): string => {
  const { paint, columns } = options
  const { subject, verdict, abstention, provenance, dropped, evidence, openQuestions } = set
  const list = (items: readonly string[]): string[][] => items.map(item => wrap(item, Math.max(30, columns - 6)).map((line, i) => `  ${i === 0 ? '-' : ' '} ${line}`))
  const words = provenance.wording === 'model' ? `worded by ${provenance.modelId} (${provenance.promptId} ${provenance.promptVersion})` : `worded by template${provenance.fallback ? ` (model: ${provenance.fallback})` : ''}`
  return [
    `${paint[colourOf[verdict]](paint.bold(verdict))}  ${subject.label}`,
    ...set.observations.flatMap(one => wrap(cited(one), columns)),
    ...(abstention ? ['', ...wrap(abstention.reason, columns), ...list([...abstention.missing.map(one => `missing: ${one}`), ...abstention.nextChecks.map(one => `next: ${one}`)]).flat()] : []),
    ...section('Root causes (D4)', set.rootCauses.map(one => causeLines(one, options)), options),
    ...section('Containment (D3)', set.containment.map(one => actionLines(one, options)), options),
    ...section('Corrective action (D5)', set.corrective.map(one => actionLines(one, options)), options),
    ...section('Open questions', list(openQuestions), options),
    ...section('Evidence', evidence.map(one => wrap(`${one.id} [${one.type}] ${one.summary}`, columns - 4).map((line, i) => `${i === 0 ? '  ' : '     '}${paint.dim(line)}`)), options),
    '',
    paint.dim(`${words} · ${dropped.sentences} sentences refused by the verifier${dropped.reasons.length > 0 ? ` (${dropped.reasons.join(', ')})` : ''} · ${provenance.inputTokens + provenance.outputTokens} tokens in ${provenance.calls} ${provenance.calls === 1 ? 'call' : 'calls'} · ${set.analysisId}${provenance.recordId === null ? '' : ` · ${provenance.recordId} (fishbone llm replay)`}`),
  ].join('\n')
}
