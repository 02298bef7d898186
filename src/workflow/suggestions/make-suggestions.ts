import { endOfAsOf } from '../../domain/instant.ts'
import { FishboneError } from '../../domain/error.ts'
import type { AnalysisPopulation, RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import type { SuggestionSet } from '../../domain/suggestion.ts'
import type { SuggestionRow, SuggestionStore } from '../../graph/ports/suggestions.ts'
import type { VerifyExplanation } from '../../verification/index.ts'
import type { AnalyzeControl, AnalyzeRootCauses } from '../root-causes/analyze-root-causes.ts'
import { actionKey } from './action-evidence.ts'
import { causeKindOf } from './cause-kind.ts'
import { scopeQuestion } from './count-scopes.ts'
import { gatherFacts, type GatherDependencies } from './gather-facts.ts'
import { citedBy } from './cited-evidence.ts'
import { readSet } from './read-suggestions.ts'
import type { RankedAction } from './rank-actions.ts'
import { suggestFromFacts, type SuggestedSet, type SuggestingParts } from './suggest-from-facts.ts'
import { scopeFactors } from './suggestion-plan.ts'
import type { Language } from './suggestion-wording.ts'

export type SuggestRequest = {
  subject: { issueId: string } | { component?: string | undefined; symptom?: string | undefined }
  population?: AnalysisPopulation | undefined
  asOf?: string | undefined
  language?: Language | undefined
  wording?: 'template' | 'model' | undefined
}

export type MakeSuggestionsDependencies = Omit<SuggestingParts, 'reader' | 'verify'> & Omit<GatherDependencies, 'reader'> & {
  store: SuggestionStore
  /** The verifier that knows the names of the fleet as it is now. */
  verifierOf: (fleetNames: readonly string[]) => VerifyExplanation
  analyzeRootCauses: AnalyzeRootCauses
  now: () => Date
  newId: () => string
}

export type MakeSuggestions = (request: SuggestRequest, control?: AnalyzeControl) => Promise<SuggestionSet>

/** What suggestions are kept under: the issue, or the class where there is none. */
export const subjectKeyOf = ({ issueId, component, symptom }: RootCauseAnalysis['subject']): string => issueId ?? `class:${component ?? '*'}/${symptom ?? '*'}`

/**
 * Makes the suggestions of an issue or a class anew: analyses, gathers what they rest on, ranks, words, verifies and stores. What a person decided
 * before stays decided.
 *
 * @throws what the analysis throws: FB_NO_SUBJECT, FB_NOT_FOUND, FB_INVALID; the signal's reason on abort, and then no suggestion is kept.
 */
export const createMakeSuggestions = (dependencies: MakeSuggestionsDependencies): MakeSuggestions => {
  const { store, analyzeRootCauses, verifierOf, words, now, newId } = dependencies
  return async ({ subject, population, asOf, language = 'en', wording = 'template' }, control = {}) => {
    const startedAt = now().getTime()
    const issue = 'issueId' in subject ? await store.issue(subject.issueId) : null
    if ('issueId' in subject && issue === null) throw new FishboneError('FB_NOT_FOUND', `there is no issue ${subject.issueId}`, { details: { issueId: subject.issueId } })
    const analysis = await analyzeRootCauses({ subject, ...(population && { population }), ...(asOf !== undefined && { asOf }) }, control)
    control.signal?.throwIfAborted()
    control.onProgress?.({ done: 0, total: 1, message: 'gathering what suggestions rest on' })
    const knownUntil = asOf === undefined ? now().toISOString() : endOfAsOf(asOf)
    const known = (await store.models({ analysisId: analysis.analysisId, issueId: issue?.issueId ?? null })).map(one => one.model)
    const { models, uncountedModel } = modelsTouched(issue?.model ?? null, known)
    const model = issue?.model ?? (known.length === 1 ? known[0]! : null)
    const facts = await gatherFacts({ analysis, issue, model, uncountedModel, label: labelOf(analysis, words.labelOf, language), knownUntil, asOf, signal: control.signal }, { ...dependencies, reader: store })
    const verify = verifierOf(await store.fleetNames())
    control.onProgress?.({ done: 0, total: 1, message: 'ranking and wording' })
    const subjectKey = subjectKeyOf(analysis.subject)
    const suggested = await suggestFromFacts({ facts, subjectKey, language, wording, models, now, startedAt, signal: control.signal }, { ...dependencies, verify, reader: store })
    control.signal?.throwIfAborted()
    await store.save({ setId: `SUS-${newId()}`, subjectKey, content: suggested.set, rows: rowsOf(suggested, models) })
    return (await readSet(store, subjectKey)) ?? suggested.set
  }
}

/**
 * Models an action is for while no cause is known: those of the reporting cars, and the issue's own before them where its reports name no known car.
 */
export const modelsTouched = (ofIssue: string | null, known: readonly string[]): { models: string[]; uncountedModel: string | null } => {
  const isKnown = ofIssue === null || known.some(one => one.toLowerCase() === ofIssue.toLowerCase())
  return isKnown ? { models: [...known], uncountedModel: null } : { models: [ofIssue, ...known], uncountedModel: ofIssue }
}

const labelOf = ({ subject: { component, symptom } }: RootCauseAnalysis, label: (key: string, language?: Language) => string, language: Language): string =>
  [component, symptom].filter(key => key !== null).map(key => label(key, language)).join(language === 'zh' ? '：' : ': ')

/** What the graph keeps of each suggestion, so that later rankings can ask what was decided. */
const rowsOf = ({ set, plan }: SuggestedSet, models: readonly string[]): SuggestionRow[] => {
  const candidateOf = (id: string | null) => plan.shown.causes.find(one => one.candidateId === id) ?? null
  const spelled = (factors: readonly { dimension: string; level: string }[]): string[] => factors.map(one => `${one.dimension}:${one.level}`).sort()
  const causes = set.rootCauses.map((suggestion): SuggestionRow => {
    const candidate = suggestion.basis === 'statistics' ? candidateOf(suggestion.candidateId) : null
    return {
      suggestion, evidence: citedBy(suggestion, set.evidence), caseId: suggestion.caseId, actionIds: [], scope: null, factors: spelled(candidate?.factors ?? []),
      causeKind: candidate ? causeKindOf(candidate) : suggestion.basis === 'past-case' ? 'past-case' : 'untracked',
    }
  })
  const actions = [...set.containment, ...set.corrective].map((suggestion): SuggestionRow => {
    const action = [...plan.containment, ...plan.corrective].find(one => actionKey(one) === actionKey(suggestion))!
    return { suggestion, evidence: citedBy(suggestion, set.evidence), caseId: null, causeKind: action.cause.kind, actionIds: pastActionIds(action), factors: spelled(candidateOf(action.cause.candidateId)?.factors ?? []), scope: conditionsOfAction(plan, action, models, set.asOf) }
  })
  return [...causes, ...actions]
}

const pastActionIds = ({ outcomes }: RankedAction): string[] => outcomes.slice(0, 25).map(one => one.actionId)

const conditionsOfAction = (plan: SuggestedSet['plan'], action: RankedAction, models: readonly string[], asOf: string): SuggestionRow['scope'] => {
  const { factors, models: ofModels } = scopeQuestion(scopeFactors(plan, action, plan.catalogue), models, asOf)
  return { factors, models: ofModels }
}
