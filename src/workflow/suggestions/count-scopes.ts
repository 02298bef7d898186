import type { AnalysisFactor } from '../../domain/root-cause-analysis.ts'
import { endOfAsOf } from '../../domain/instant.ts'
import type { ScopeQuestion, ScopeReader } from '../../graph/ports/suggestions.ts'
import { conditionsOf } from '../root-causes/factor-conditions.ts'
import type { ActionCatalogue } from './action-catalogue.ts'
import { scopeKey } from './action-evidence.ts'
import type { ScopeFact } from './suggestion-facts.ts'
import { scopeFactors, type SuggestionPlan } from './suggestion-plan.ts'
import type { Sentences } from './suggestion-wording.ts'

export type ScopeContext = {
  reader: Pick<ScopeReader, 'countScope'>
  catalogue: ActionCatalogue
  sentences: Sentences
  /** Factors as inside a sentence. */
  phraseFactors: (factors: AnalysisFactor[]) => string
  /** Models of the reporting cars: whom an action is for while no cause is known. */
  models: readonly string[]
}

/** What the cars of some factors are, as the graph is asked. */
export const scopeQuestion = (factors: readonly AnalysisFactor[], models: readonly string[], asOf: string): ScopeQuestion => ({
  cutOff: endOfAsOf(asOf),
  factors: conditionsOf(factors),
  models: factors.length > 0 || models.length === 0 ? null : [...models],
})

/** Counts the cars of every set of factors that the actions of a plan touch, each once, in the graph. @returns scopes by `scopeKey`. */
export const countScopes = async (plan: SuggestionPlan, context: ScopeContext): Promise<Map<string, ScopeFact>> => {
  const { reader, catalogue, models } = context
  const { asOf } = plan.facts.analysis
  const sets = new Map([...plan.containment, ...plan.corrective].map(action => {
    const factors = scopeFactors(plan, action, catalogue)
    return [scopeKey(factors), factors] as const
  }))
  const scopes = new Map<string, ScopeFact>()
  for (const [key, factors] of sets) {
    const { counts, cypher, params } = await reader.countScope(scopeQuestion(factors, models, asOf))
    const shown = factors.length > 0 ? factors : models.map(level => ({ dimension: 'model' as const, level, component: null }))
    scopes.set(key, {
      factors: [...factors], target: targetOf(factors, context), scope: { factors: shown, ...counts, asOf }, cypher, params,
      nodeIds: conditionsOf(factors).flatMap(one => one.nodeId ?? []),
    })
  }
  return scopes
}

const targetOf = (factors: AnalysisFactor[], { phraseFactors, sentences, models }: ScopeContext): string => {
  if (factors.length > 0) return phraseFactors(factors)
  return models.length === 0 ? sentences.say('target', 'allCars') : sentences.say('target', 'models', { models: models.join(', ') })
}
