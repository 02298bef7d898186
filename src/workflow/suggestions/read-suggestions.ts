import type { Suggestion, SuggestionSet } from '../../domain/suggestion.ts'
import type { SuggestionStore } from '../../graph/ports/suggestions.ts'
import { renumbered } from './cited-evidence.ts'

/**
 * The newest set of a subject with the state of each suggestion. What a person decided stays in the list with its evidence, behind the newest, also
 * where the newest analysis no longer offers it.
 *
 * @returns null where none was made.
 */
export const readSet = async (store: Pick<SuggestionStore, 'latest'>, subjectKey: string): Promise<SuggestionSet | null> => {
  const found = await store.latest(subjectKey)
  if (found === null) return null
  const { content, states } = found
  const stateOf = new Map(states.map(one => [one.suggestion.suggestionId, one]))
  const evidence = [...content.evidence]
  const merged = <T extends Suggestion>(offered: readonly T[], kind: T['kind']): T[] => {
    const known = offered.map(one => ({ ...one, status: stateOf.get(one.suggestionId)?.suggestion.status ?? one.status, decisions: stateOf.get(one.suggestionId)?.decisions ?? [] }))
    const ids = new Set(offered.map(one => one.suggestionId))
    const kept = states.filter(({ suggestion, decisions }) => suggestion.kind === kind && decisions.length > 0 && !ids.has(suggestion.suggestionId))
    const behind = kept.map((one, i) => {
      const moved = renumbered(one.suggestion as T, one.evidence, evidence.length + 1)
      evidence.push(...moved.evidence)
      return { ...moved.suggestion, rank: offered.length + i + 1, decisions: one.decisions }
    })
    return [...known, ...behind]
  }
  const lists = { rootCauses: merged(content.rootCauses, 'root-cause'), containment: merged(content.containment, 'containment'), corrective: merged(content.corrective, 'corrective') }
  return { ...content, ...lists, evidence }
}
