import type { ActionEfficacy, ActionTypeRecord } from '../../domain/action-efficacy.ts'
import type { SuggestionStore } from '../../graph/ports/suggestions.ts'
import { recordOfType } from '../action-type-record.ts'
import type { ActionEfficacyService } from '../action-efficacy.ts'

/** What the past actions did that a suggestion repeats; `record` pools them. */
export type SuggestedEfficacy = { actionId: string; suggested: true; items: ActionEfficacy[]; record: ActionTypeRecord | null }

/**
 * What an action did to the rates of its cars. For an action of a past case the action itself; for a suggestion, which has done nothing yet, the past
 * actions it repeats.
 *
 * @throws FB_NOT_FOUND, FB_INVALID for an asOf in the future.
 */
export const createSuggestedEfficacy =
  ({ store, service }: { store: Pick<SuggestionStore, 'suggestion'>; service: Pick<ActionEfficacyService, 'actionEfficacy'> }) =>
  async (actionId: string, control: { asOf?: string | undefined; signal?: AbortSignal | undefined } = {}): Promise<ActionEfficacy | SuggestedEfficacy> => {
    const suggested = await store.suggestion(actionId)
    if (suggested === null || suggested.suggestion.kind === 'root-cause') return service.actionEfficacy(actionId, control)
    const items: ActionEfficacy[] = []
    for (const id of suggested.actionIds.slice(0, 10)) items.push(await service.actionEfficacy(id, control))
    return { actionId, suggested: true, items, record: items.length === 0 ? null : recordOfType(suggested.suggestion.actionType, items) }
  }
