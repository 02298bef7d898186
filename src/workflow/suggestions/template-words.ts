import type { AnalysisCandidate } from '../../domain/root-cause-analysis.ts'
import { actionKey, scopeKey } from './action-evidence.ts'
import type { RankedAction } from './rank-actions.ts'
import { spell, spelled, spellShare } from './spelled-numbers.ts'
import { scopeKeyOf, scopeOfAction } from './suggestion-plan.ts'
import { isUnseen, mechanismOf, nextCheckOf, pastMechanismOf, untrackedMechanism, type KeyedClaim, type TemplateContext } from './template-claims.ts'

/** All sentences of a plan in the words of the template, keyed by what they are about. */
export type TemplateWords = {
  observations: KeyedClaim[]
  /** By candidate id, `case:…` for a past case, `UNTRACKED`. */
  hypotheses: { key: string; statement: string; mechanism: KeyedClaim[]; nextCheck: KeyedClaim | null }[]
  /** By `actionKey`. */
  why: Map<string, KeyedClaim>
  openQuestions: KeyedClaim[]
  abstention: { reason: string; missing: string[]; nextChecks: string[]; keys: string[] } | null
}

export const templateWords = (context: TemplateContext): TemplateWords => ({
  observations: observationsOf(context),
  hypotheses: [...statistical(context), ...untracked(context), ...past(context)],
  why: new Map([...context.plan.containment, ...context.plan.corrective].map(action => [actionKey(action), whyOf(action, context)])),
  openQuestions: openQuestionsOf(context),
  abstention: abstentionOf(context),
})

const observationsOf = ({ plan: { facts }, sentences: { say } }: TemplateContext): KeyedClaim[] => {
  const { affected, population } = facts.analysis
  const { codes, signals, snapshots } = facts
  return [
    { text: `${say('evidence', 'class', { claims: affected.claims, vehicles: affected.vehicles, population: population.vehicles, duplicates: affected.excludedDuplicates })}${say('evidence', 'stop')}`, keys: ['class'] },
    ...(facts.uncountedModel === null ? [] : [{ text: say('evidence', 'otherModels', { model: facts.uncountedModel }), keys: ['class'] }]),
    ...codes.slice(0, 1).map(({ code, reports, confirmed }) => ({ text: say('evidence', 'dtc', { code, reports, snapshots, confirmed }) + say('evidence', 'stop'), keys: [`dtc:${code}`] })),
    ...signals.slice(0, 1).map(one => ({ text: say('mechanism', 'signal', { signal: one.name, ...spelled({ outside: one.outside, snapshots: one.snapshots }) }), keys: [`signal:${one.name}`] })),
  ]
}

const statistical = (context: TemplateContext): TemplateWords['hypotheses'] =>
  context.plan.shown.causes.map(candidate => ({
    key: candidate.candidateId,
    statement: context.sentences.language === 'zh' ? candidate.statementZh : candidate.statement,
    mechanism: mechanismOf(candidate, context),
    nextCheck: nextCheckOf(candidate, context),
  }))

const untracked = (context: TemplateContext): TemplateWords['hypotheses'] => {
  const { plan, sentences: { say } } = context
  if (plan.shown.abstaining !== 'no-tracked-cause') return []
  return [{
    key: 'UNTRACKED',
    statement: say('statement', isUnseen(plan) ? 'unseen' : 'untracked'),
    mechanism: untrackedMechanism(context),
    nextCheck: { text: say('nextCheck', 'untracked'), keys: ['verdict'] },
  }]
}

const past = (context: TemplateContext): TemplateWords['hypotheses'] =>
  context.plan.pastCauses.map(one => ({
    key: `case:${one.past.caseId}`,
    statement: context.sentences.say('statement', 'pastCase', { caseId: one.past.caseId, rootCause: one.past.rootCause }),
    mechanism: pastMechanismOf(one, context),
    nextCheck: { text: context.sentences.say('nextCheck', 'pastCase', { caseId: one.past.caseId }), keys: [`case:${one.past.caseId}`] },
  }))

const whyOf = (action: RankedAction, { plan, sentences: { say, kind: kindWords } }: TemplateContext): KeyedClaim => {
  const scope = scopeOfAction(plan, action)?.scope
  const [example] = action.outcomes
  const kind = kindWords(action.cause.kind)
  const { used, held, accepted } = action.pastUse
  const counts = scope && { sold: scope.sold, unsold: scope.stock + scope.inTransit + scope.atOutlet }
  const used_ = used > 0 ? say('why', 'pastUse', { used, held }) : ''
  const taught = accepted > 0 ? say('why', 'taught', { accepted }) : ''
  const keys = [actionKey(action), scopeKeyOf(plan, action)]
  const first =
    action.kind === 'corrective' ? say('why', example ? 'correctivePast' : 'corrective', { kind, caseId: example?.caseId ?? '' })
    : action.cause.candidateId === null && counts ? say('why', 'untracked', counts)
    : counts ? say('why', example ? 'containmentPast' : 'containment', { kind, caseId: example?.caseId ?? '', ...counts })
    : say('why', 'corrective', { kind })
  return { text: first + used_ + taught, keys: action.kind === 'corrective' ? [actionKey(action)] : keys }
}

const openQuestionsOf = ({ plan: { shown, facts }, sentences: { say } }: TemplateContext): KeyedClaim[] => {
  const ask = (name: string, ...keys: string[]): KeyedClaim => ({ text: say('openQuestion', name), keys })
  const noTrouble = facts.repairs.some(one => one.result === 'no-trouble-found')
  return [
    ...(shown.isTied ? [ask('tied', ...shown.causes.map(one => `count:${one.candidateId}`))] : []),
    ...(facts.repairs.length === 0 ? [ask('noRepairs', 'class')] : []),
    ...(noTrouble ? [ask('noTrouble', 'repair')] : []),
    ...(facts.snapshots === 0 ? [ask('noSnapshots', 'class')] : []),
    ask('escape', 'class'),
    ...(shown.causes[0] ? [ask('spread', `count:${shown.causes[0].candidateId}`)] : []),
  ].slice(0, 5)
}

const abstentionOf = (context: TemplateContext): TemplateWords['abstention'] => {
  const { plan: { shown, facts: { analysis } }, sentences: { say, has } } = context
  const why = shown.abstaining ?? (shown.isTied ? 'tied' : null)
  if (why === null) return null
  const best = Math.min(1, ...analysis.candidates.flatMap(one => (one.statistics ? [one.statistics.pValue] : [])))
  const checks: string[] = shown.isTied
    ? shown.causes.slice(0, 2).map(one => nextCheckOf(one, context).text)
    : [say('nextCheck', why === 'no-tracked-cause' ? 'untracked' : 'insufficient')]
  return {
    // Some verdicts lack something else than claims, and say so.
    reason: say('abstention', has('abstention', analysis.verdictCode) ? analysis.verdictCode : why, { claims: analysis.affected.claims, p: spell(best), power: spellShare(analysis.powerShare) }),
    missing: [say('missing', has('missing', analysis.verdictCode) ? analysis.verdictCode : why)],
    nextChecks: [...new Set(checks)],
    keys: ['verdict', ...(shown.isTied ? shown.causes.slice(0, 2).flatMap(one => nextCheckOf(one, context).keys) : [])],
  }
}

/** Words of some factors, for targets of actions. */
export const factorsKey = (factors: AnalysisCandidate['factors']): string => scopeKey(factors)
