import type { ActionScope, TreatmentRule } from '../analysis/efficacy/treated-cohort.ts'
import type { CaseAction } from '../domain/case.ts'
import type { ActionRecord } from '../graph/ports/actions.ts'

type ActionType = CaseAction['actionType']

/** How a car comes to be treated, by the type of the action; null where the type does not say. */
const ruleOfType: Record<ActionType, TreatmentRule | null> = {
  replacement: 'part-removed',
  rework: 'part-removed',
  inspection: 'part-removed',
  'software-update': 'version-replaced',
  'software-rollback': 'version-replaced',
  'quarantine-lot': 'built-since',
  'stop-shipment': 'built-since',
  'process-change': 'built-since',
  'design-change': 'built-since',
  'supplier-8d': 'built-since',
  'control-plan': 'built-since',
  'customer-notice': 'from-day',
  'feature-restriction': 'from-day',
  other: null,
}

export type TreatmentPlan = { rule: TreatmentRule; scope: ActionScope }

/**
 * Which cars an action is about and when they are treated.
 *
 * @param components of the case with all they contain.
 * @returns the reason where that cannot be told.
 */
export const planTreatment = (action: ActionRecord, components: readonly string[]): TreatmentPlan | { reason: 'unknown-treatment' | 'no-software-named' | 'no-affected-cars' } => {
  const rule = ruleOfType[action.actionType]
  if (rule === null) return { reason: 'unknown-treatment' }
  const { models, lots, partNumbers, software } = action
  if (rule === 'version-replaced' && software.length === 0) return { reason: 'no-software-named' }
  const isAnyCar = models.length + lots.length + partNumbers.length + software.length === 0
  if (isAnyCar && !(rule === 'part-removed' && components.length > 0)) return { reason: 'no-affected-cars' }
  // What is built after a change is of later model years too.
  const scoped = rule === 'built-since' ? models.map(model => ({ ...model, modelYear: null })) : models
  return { rule, scope: { models: scoped, lots, partNumbers, software, components } }
}
