import type { EvidenceItem, EvidenceValue } from '../../domain/suggestion.ts'

/** Which part of the token budget an item takes. */
export type EvidenceShare = 'statistic' | 'case' | 'observation' | 'action' | 'quote'

/** An item that has no number yet; `key` is how sentences and candidates refer to it until then. */
export type EvidenceDraft = { key: string; share: EvidenceShare; item: Omit<EvidenceItem, 'id'> }

/** Values that exist, with their unit; a limit that is infinite is no value. */
export const valuesOf = (unit: string, values: Readonly<Record<string, number | null | undefined>>): Record<string, EvidenceValue> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null || value === undefined || !Number.isFinite(value) ? [] : [[name, { value, unit }]])))

/** @param names may hold nulls and repeats; both are dropped. */
export const draft = (
  key: string, share: EvidenceShare, type: EvidenceItem['type'], summary: string,
  rest: { values?: EvidenceItem['values']; names?: readonly (string | null | undefined)[]; nodeIds?: readonly string[]; cypher?: string | null; params?: Record<string, unknown>; quotes?: EvidenceItem['quotes'] } = {},
): EvidenceDraft => ({
  key, share,
  item: {
    type, summary, values: rest.values ?? {}, names: [...new Set((rest.names ?? []).filter(one => one != null && one !== ''))] as string[],
    nodeIds: [...new Set(rest.nodeIds ?? [])], cypher: rest.cypher ?? null, params: rest.params ?? {}, quotes: rest.quotes ?? [],
  },
})
