import type { Claim, Suggestion, SuggestionEvidence } from '../../domain/suggestion.ts'

/** Every evidence id a suggestion cites anywhere. */
export const citedIds = (suggestion: Suggestion): string[] => {
  const claims: (Claim | null)[] = suggestion.kind === 'root-cause' ? [...suggestion.mechanism, suggestion.nextCheck, suggestion.reordered] : [suggestion.why]
  const plain = suggestion.kind === 'root-cause' ? [...suggestion.for, ...suggestion.against] : suggestion.evidenceIds
  return [...new Set([...claims.flatMap(one => one?.evidenceIds ?? []), ...plain])]
}

export const citedBy = (suggestion: Suggestion, evidence: readonly SuggestionEvidence[]): SuggestionEvidence[] => {
  const ids = new Set(citedIds(suggestion))
  return evidence.filter(one => ids.has(one.id))
}

/** A suggestion of an earlier set with its evidence under ids that are free in a newer one. */
export const renumbered = <T extends Suggestion>(suggestion: T, evidence: readonly SuggestionEvidence[], firstFree: number): { suggestion: T; evidence: SuggestionEvidence[] } => {
  const idOf = new Map(evidence.map((one, i) => [one.id, `E${firstFree + i}`]))
  const ids = (list: readonly string[]): string[] => list.flatMap(id => idOf.get(id) ?? [])
  const claim = <C extends Claim | null>(one: C): C => (one === null ? one : { ...one, evidenceIds: ids(one.evidenceIds) })
  const moved: Suggestion =
    suggestion.kind === 'root-cause'
      ? { ...suggestion, mechanism: suggestion.mechanism.map(one => claim(one)), for: ids(suggestion.for), against: ids(suggestion.against), nextCheck: claim(suggestion.nextCheck), reordered: claim(suggestion.reordered) }
      : { ...suggestion, why: claim(suggestion.why), evidenceIds: ids(suggestion.evidenceIds) }
  return { suggestion: moved as T, evidence: evidence.map(one => ({ ...one, id: idOf.get(one.id)! })) }
}
