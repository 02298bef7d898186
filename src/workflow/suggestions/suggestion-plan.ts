import type { AnalysisCandidate } from '../../domain/root-cause-analysis.ts'
import type { ActionCatalogue } from './action-catalogue.ts'
import { actionKey, scopeKey } from './action-evidence.ts'
import { causeKindOf, type CauseKind } from './cause-kind.ts'
import { rankActions, type RankedAction, type TargetCause } from './rank-actions.ts'
import { tieNats, type ShownCauses } from './shown-causes.ts'
import type { PastCause, ScopeFact, SuggestionFacts } from './suggestion-facts.ts'

/** What is going to be said, before it is put into words: causes, past causes and actions in their order. */
export type SuggestionPlan = {
  facts: SuggestionFacts
  shown: ShownCauses
  pastCauses: PastCause[]
  containment: RankedAction[]
  corrective: RankedAction[]
}

/** Most past causes shown, and least likeness from which a closed case counts as "seen before". */
const pastCausesShown = 3
export const seenLikeness = 0.5
/** Below it the search itself calls nothing like (measured: right answers hardly occur). */
const likenessFloor = 0.3
const shownOf = { containment: 5, corrective: 4 } as const

/** Weight of past-case ideas beside an unknown cause: an idea to be looked at, not to be acted on first. */
const pastIdeaWeight = 0.8

const kindsOf = (candidate: AnalysisCandidate): Pick<TargetCause, 'kind' | 'members'> => ({
  kind: causeKindOf(candidate),
  members: candidate.factors.map(one => one.dimension),
})

/** The causes that actions are fitted to: the leader and what is tied with it; without one, the unknown and the ideas of the past. */
export const targetCauses = ({ causes, isTied }: ShownCauses, pastCauses: readonly PastCause[]): TargetCause[] => {
  const [leader] = causes
  if (leader === undefined) {
    const idea = pastCauses[0]
    return [
      { candidateId: null, kind: 'untracked', members: [], weight: 1 },
      ...(idea && idea.past.score >= seenLikeness ? [{ candidateId: idea.candidate?.candidateId ?? null, kind: 'past-case' as const, members: [], weight: pastIdeaWeight * Math.min(1, idea.weight) }] : []),
    ]
  }
  const best = leader.statistics!.score
  return causes.map(candidate => {
    const behind = best - candidate.statistics!.score
    // A second cause beyond chance is acted on too, after the first; inside a tie nobody knows which is the first.
    const weight = isTied && behind < tieNats ? 1 - behind / (4 * tieNats) : candidate === leader ? 1 : 0.5
    return { candidateId: candidate.candidateId, ...kindsOf(candidate), weight }
  })
}

export const planSuggestions = (facts: SuggestionFacts, shown: ShownCauses, catalogue: ActionCatalogue): SuggestionPlan => {
  const pastCauses = facts.pastCauses.filter(one => one.past.score >= likenessFloor).toSorted((a, b) => b.weight - a.weight || a.past.caseId.localeCompare(b.past.caseId)).slice(0, pastCausesShown)
  const causes = targetCauses(shown, pastCauses)
  const rank = (kind: 'containment' | 'corrective'): RankedAction[] =>
    rankActions({ kind, catalogue, causes, outcomes: facts.outcomes, effects: facts.effects[kind], decisions: facts.decisions, severity: facts.severity })
  return { facts, shown, pastCauses, containment: rank('containment'), corrective: rank('corrective').slice(0, shownOf.corrective) }
}

/** Kinds whose cause is one factor that can be taken hold of by itself inside a combination. */
export const candidateOf = ({ shown }: Pick<SuggestionPlan, 'shown'>, { cause }: RankedAction): AnalysisCandidate | null =>
  shown.causes.find(one => one.candidateId === cause.candidateId) ?? null

/** Factors of the cars an action touches: those the type takes hold of, else all of its cause; none where no cause is known. */
export const scopeFactors = (plan: Pick<SuggestionPlan, 'shown'>, action: RankedAction, catalogue: ActionCatalogue): AnalysisCandidate['factors'] => {
  const factors = candidateOf(plan, action)?.factors ?? []
  const entry = action.kind === 'containment' ? catalogue.containment[action.actionType] : undefined
  const held = factors.filter(one => entry?.scopeOf.includes(one.dimension))
  return held.length > 0 ? held : factors
}

/** The plan with the counts of the cars; `scopes` by `scopeKey` of their factors. */
export type CountedPlan = SuggestionPlan & { scopes: ReadonlyMap<string, ScopeFact>; catalogue: ActionCatalogue }

export const scopeOfAction = (plan: CountedPlan, action: RankedAction): ScopeFact | null => plan.scopes.get(scopeKeyOf(plan, action)) ?? null

/** The plan as it is shown: a containment for which the graph finds nothing to act on stands behind those that touch something. */
export const countedPlan = (plan: SuggestionPlan, scopes: CountedPlan['scopes'], catalogue: ActionCatalogue): CountedPlan => {
  const counted: CountedPlan = { ...plan, scopes, catalogue }
  const isIdle = (action: RankedAction): boolean => {
    const scope = scopeOfAction(counted, action)?.scope
    const touches = catalogue.containment[action.actionType]!.touches
    if (scope === undefined || touches === 'parts') return false
    return scope.stock + scope.inTransit + scope.atOutlet + (touches === 'cars' ? scope.sold : 0) === 0
  }
  const containment = [...plan.containment.filter(one => !isIdle(one)), ...plan.containment.filter(isIdle)]
  return { ...counted, containment: containment.slice(0, shownOf.containment) }
}

/** Without factors the cars are those of the affected models, under the key of the unknown. */
export const scopeKeyOf = (plan: Pick<CountedPlan, 'shown' | 'catalogue'>, action: RankedAction): string => scopeKey(scopeFactors(plan, action, plan.catalogue))

export { actionKey }
export type { CauseKind }
