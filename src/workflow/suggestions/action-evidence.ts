import type { ActionCatalogue } from './action-catalogue.ts'
import { draft, valuesOf, type EvidenceDraft } from './evidence-draft.ts'
import type { RankedAction } from './rank-actions.ts'
import { spelled } from './spelled-numbers.ts'
import type { ScopeFact, Statement } from './suggestion-facts.ts'
import type { Sentences } from './suggestion-wording.ts'

export const actionKey = ({ kind, actionType }: Pick<RankedAction, 'kind' | 'actionType'>): string => `action:${kind}:${actionType}`
export const scopeKey = (factors: readonly { dimension: string; level: string }[]): string =>
  `scope:${factors.map(one => `${one.dimension}:${one.level}`).sort().join(' + ')}`

/** How an action of this type did before, for this class and kind of cause. */
export const actionEvidence = (action: RankedAction, catalogue: ActionCatalogue, statement: Statement | undefined, { say, language }: Sentences): EvidenceDraft => {
  const { kind, actionType, pastUse, outcomes } = action
  const { used, held, recurred, rateRatio, rateRatioInterval, medianWeeksToEffect, accepted, rejected } = pastUse
  const label = catalogue[kind][actionType]!.label
  const ratios = { rateRatio, rateRatioLow: rateRatioInterval?.[0] ?? null, rateRatioHigh: rateRatioInterval?.[1] ?? null }
  const summary = [
    say('evidence', 'action', { label: label[language], used, held, recurred }),
    rateRatio === null ? '' : say('evidence', 'actionEffect', spelled(ratios)),
    medianWeeksToEffect === null ? '' : say('evidence', 'actionWeeks', spelled({ weeks: medianWeeksToEffect })),
    accepted + rejected === 0 ? '' : say('evidence', 'actionDecided', { accepted, rejected }),
  ].join('')
  return draft(actionKey(action), 'action', 'action', summary, {
    values: { ...valuesOf('uses', { used, held, recurred }), ...valuesOf('ratio', ratios), ...valuesOf('weeks', { weeks: medianWeeksToEffect }), ...valuesOf('decisions', { accepted, rejected }) },
    names: [label.en, label.zh, actionType, ...outcomes.slice(0, 3).map(one => one.caseId)], nodeIds: outcomes.slice(0, 25).map(one => one.actionId), cypher: statement?.cypher ?? null, params: statement?.params ?? {},
  })
}

/** Where the cars are that an action touches, counted by the graph. */
export const scopeEvidence = ({ factors, target, scope, nodeIds, cypher, params }: ScopeFact, names: readonly string[], { say }: Sentences): EvidenceDraft => {
  const { stock, inTransit, atOutlet, sold } = scope
  const asOf = scope.asOf.slice(0, 10)
  return draft(scopeKey(factors), 'action', 'statistic', say('evidence', 'scope', { target, asOf, stock, inTransit, atOutlet, sold }), {
    values: valuesOf('cars', { stock, inTransit, atOutlet, sold, unsold: stock + inTransit + atOutlet }), names: [...names, target, asOf], nodeIds, cypher, params,
  })
}
