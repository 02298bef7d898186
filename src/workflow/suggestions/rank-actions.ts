import type { ActionTypeRecord } from '../../domain/action-efficacy.ts'
import type { CaseAction } from '../../domain/case.ts'
import type { PastUse } from '../../domain/suggestion.ts'
import { applicabilityOf, type ActionCatalogue } from './action-catalogue.ts'
import type { CauseKind } from './cause-kind.ts'
import { countDecisions, decisionsOnAction, learnedFactor, type PastDecision } from './learned-priors.ts'

export type ActionKind = 'containment' | 'corrective'
type ActionType = CaseAction['actionType']

/** A cause that actions are wanted against; `weight` in (0, 1] says how much it counts beside its rivals. */
export type TargetCause = { candidateId: string | null; kind: CauseKind; members: readonly CauseKind[]; weight: number }

/** An action of a closed case of the class, and how it turned out. */
export type ActionOutcome = { actionId: string; caseId: string; kind: ActionKind; actionType: ActionType; similarity: number; outcome: 'held' | 'recurred' | 'open'; text: string | null }

export type RankedAction = {
  kind: ActionKind
  actionType: ActionType
  cause: TargetCause
  score: number
  applicability: number
  /** Of the most similar past case that used it; the floor where none did. */
  similarity: number
  pastUse: PastUse
  /** Most similar case first. */
  outcomes: ActionOutcome[]
}

/** Likeness of an action that no similar case used: it is known from the catalogue alone. */
export const catalogueSimilarity = 0.5

/**
 * Actions of one kind for some causes, best first: similarity × applicability × (held + 1) / (judged + 2) × weight of the cause × safety × what
 * decisions taught; judged are the uses that held or recurred, as a use nobody looked at again speaks neither way. A type that fits no cause is left out; one that fits several answers the one it fits best.
 *
 * @param options.severity 1–10 of the issue; from 9 on safety weights count.
 */
export const rankActions = (options: {
  kind: ActionKind
  catalogue: ActionCatalogue
  causes: readonly TargetCause[]
  outcomes: readonly ActionOutcome[]
  effects: readonly ActionTypeRecord[]
  decisions: readonly PastDecision[]
  severity: number | null
}): RankedAction[] => {
  const { kind, catalogue, causes } = options
  const types = Object.keys(catalogue[kind]) as ActionType[]
  return types
    .flatMap(actionType => {
      const fitted = causes.map(cause => rankOne(options, actionType, cause)).filter(one => one.applicability > 0)
      return fitted.toSorted((a, b) => b.score - a.score).slice(0, 1)
    })
    .toSorted((a, b) => b.score - a.score || a.actionType.localeCompare(b.actionType))
}

const rankOne = (options: Parameters<typeof rankActions>[0], actionType: ActionType, cause: TargetCause): RankedAction => {
  const { kind, catalogue, decisions, severity } = options
  const entry = catalogue[kind][actionType]!
  const outcomes = options.outcomes.filter(one => one.kind === kind && one.actionType === actionType).toSorted((a, b) => b.similarity - a.similarity || a.actionId.localeCompare(b.actionId))
  const taught = decisionsOnAction(decisions, { kind, actionType, causeKind: cause.kind })
  const pastUse = pastUseOf(outcomes, options.effects.find(one => one.actionType === actionType), taught)
  const applicability = applicabilityOf(entry.applicability, cause.kind, cause.members)
  const similarity = Math.max(catalogueSimilarity, ...outcomes.map(one => one.similarity))
  const safety = 'safety' in entry && severity !== null && severity >= 9 ? entry.safety : 1
  const score = similarity * applicability * ((pastUse.held + 1) / (pastUse.held + pastUse.recurred + 2)) * cause.weight * safety * learnedFactor(taught)
  return { kind, actionType, cause, score, applicability, similarity, pastUse, outcomes }
}

/** Outcomes of closed cases; the rates of the fleet where an action could be judged by them. */
const pastUseOf = (outcomes: readonly ActionOutcome[], effect: ActionTypeRecord | undefined, taught: readonly PastDecision[]): PastUse => {
  const { accepted, rejected } = countDecisions(taught)
  return {
    used: outcomes.length,
    held: outcomes.filter(one => one.outcome === 'held').length,
    recurred: outcomes.filter(one => one.outcome === 'recurred').length,
    rateRatio: effect?.rateRatio ?? null,
    rateRatioInterval: effect?.rateRatioInterval ?? null,
    medianWeeksToEffect: effect?.medianWeeksToEffect ?? null,
    accepted, rejected,
  }
}
