import { FishboneError } from '../../domain/error.ts'
import { endOfAsOf } from '../../domain/instant.ts'
import type { FactorCondition } from '../../graph/ports/root-causes.ts'
import type { ScopeCounts, ScopedCar, SuggestionStore } from '../../graph/ports/suggestions.ts'

export type ActionScopeRequest = { asOf?: string | undefined; /** Most cars listed; none are listed without it. */ cars?: number | undefined; withVins?: boolean | undefined }
export type ActionScopeReply = ScopeCounts & {
  actionId: string
  asOf: string
  total: number
  cars: (Omit<ScopedCar, 'vinSealed'> & { vin: string | null })[]
  cypher: string
  params: Record<string, unknown>
}

/** Most cars one answer lists. */
export const mostCarsListed = 100_000

/**
 * The cars that an action touches, counted and listed by the graph: of a suggestion (`SUG-…`), or of an action of a past case, then the cars that
 * still carry what that case names.
 *
 * @param dependencies.openVin unseals a VIN; asked only with `withVins`.
 * @throws FB_NOT_FOUND
 */
export const createActionScope =
  ({ store, openVin, now }: { store: Pick<SuggestionStore, 'suggestion' | 'countScope' | 'listScope' | 'actionConditions'>; openVin: (sealed: string) => string; now: () => Date }) =>
  async (actionId: string, { asOf, cars = 0, withVins = false }: ActionScopeRequest = {}): Promise<ActionScopeReply> => {
    const day = asOf ?? now().toISOString()
    const questions = (await conditionsOfAction(actionId, store)).map(scope => ({ ...scope, cutOff: endOfAsOf(day) }))
    const counts: ScopeCounts = { stock: 0, inTransit: 0, atOutlet: 0, sold: 0 }
    const listed = new Map<string, ScopedCar>()
    let statement = { cypher: '', params: {} as Record<string, unknown> }
    for (const question of questions) {
      const found = await store.countScope(question)
      statement = { cypher: found.cypher, params: found.params }
      for (const key of Object.keys(counts) as (keyof ScopeCounts)[]) counts[key] += found.counts[key]
      if (cars > 0) for (const car of await store.listScope({ ...question, limit: Math.min(cars, mostCarsListed) })) listed.set(car.vehicleId, car)
    }
    return {
      actionId, asOf: day, ...counts, total: counts.stock + counts.inTransit + counts.atOutlet + counts.sold, ...statement,
      cars: [...listed.values()].slice(0, cars).map(({ vinSealed, ...car }) => ({ ...car, vin: withVins && vinSealed !== null ? openVin(vinSealed) : null })),
    }
  }

/** One question a set of conditions: a past case may name several lots, which a car carries one or the other of. */
const conditionsOfAction = async (actionId: string, store: Pick<SuggestionStore, 'suggestion' | 'actionConditions'>): Promise<{ factors: FactorCondition[]; models: string[] | null }[]> => {
  const suggested = await store.suggestion(actionId)
  if (suggested?.scope) return [suggested.scope]
  const past = suggested === null ? await store.actionConditions(actionId) : null
  if (past === null) throw new FishboneError('FB_NOT_FOUND', `there is no action ${actionId}`, { details: { actionId } })
  const one = (dimension: string, nodeId: string): { factors: FactorCondition[]; models: null } => ({ factors: [{ dimension, nodeId, component: null, value: null, from: null, to: null }], models: null })
  return [...past.lots.map(id => one('lot', id)), ...past.software.map(id => one('software', id))]
}
