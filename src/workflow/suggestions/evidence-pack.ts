import { createHash } from 'node:crypto'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { EvidenceItem, EvidencePack, PackAction, PackCandidate } from '../../domain/suggestion.ts'
import type { EvidenceDraft, EvidenceShare } from './evidence-draft.ts'
import { renderEvidence } from './render-pack.ts'
import { estimateTokens } from './token-estimate.ts'

/** Most tokens the evidence of one pack may take, and what each part may take before the others have had theirs. */
export const packTokens = 2_500
const shares: Record<EvidenceShare, number> = { statistic: 700, case: 800, observation: 500, action: 300, quote: 200 }

/** A pack before its evidence has numbers: candidates and actions refer to evidence by key. */
export type PackDraft = Omit<EvidencePack, 'evidence' | 'tokens' | 'sha256' | 'candidates' | 'actions'> & {
  /** In the order of importance; what does not fit is left out from the end of its part. */
  drafts: readonly EvidenceDraft[]
  candidates: readonly (Omit<PackCandidate, 'evidenceFor' | 'evidenceAgainst'> & { forKeys: readonly string[]; againstKeys: readonly string[] })[]
  actions: readonly (Omit<PackAction, 'evidenceIds'> & { keys: readonly string[] })[]
  /** Must be there, whatever they cost: what sentences of the template rest on. */
  needed: ReadonlySet<string>
}

/** The pack, and the ids that keys became; a key whose item did not fit has none. */
export type NumberedPack = { pack: EvidencePack; idOf: ReadonlyMap<string, string> }

const costOf = ({ item }: EvidenceDraft): number => estimateTokens(renderEvidence([{ id: 'E99', ...item }]))

/** Takes the items that fit: first each part up to its share, then what is left over in order. */
const fitting = (drafts: readonly EvidenceDraft[], needed: ReadonlySet<string>): Set<EvidenceDraft> => {
  const unique = [...new Map(drafts.map(one => [one.key, one])).values()]
  const taken = new Set(unique.filter(one => needed.has(one.key)))
  let total = [...taken].reduce((sum, one) => sum + costOf(one), 0)
  const spent = { statistic: 0, case: 0, observation: 0, action: 0, quote: 0 }
  for (const one of taken) spent[one.share] += costOf(one)
  const take = (one: EvidenceDraft, isWithin: (cost: number) => boolean): void => {
    const cost = costOf(one)
    if (taken.has(one) || total + cost > packTokens || !isWithin(cost)) return
    taken.add(one)
    total += cost
    spent[one.share] += cost
  }
  for (const one of unique) take(one, cost => spent[one.share] + cost <= shares[one.share])
  for (const one of unique) take(one, () => true)
  return taken
}

/**
 * Numbers the evidence E1, E2 … in order, cuts it to `packTokens`, and hashes what a model sees of it: the same facts give the same hash.
 */
export const buildEvidencePack = ({ drafts, candidates, actions, needed, ...head }: PackDraft): NumberedPack => {
  const taken = fitting(drafts, needed)
  const ordered = [...new Map(drafts.map(one => [one.key, one])).values()].filter(one => taken.has(one))
  const idOf = new Map(ordered.map((one, i) => [one.key, `E${i + 1}`]))
  const evidence: EvidenceItem[] = ordered.map((one, i) => ({ id: `E${i + 1}`, ...one.item }))
  const ids = (keys: readonly string[]): string[] => [...new Set(keys.flatMap(key => idOf.get(key) ?? []))]
  const body = {
    ...head,
    candidates: candidates.map(({ forKeys, againstKeys, ...one }) => ({ ...one, evidenceFor: ids(forKeys), evidenceAgainst: ids(againstKeys) })),
    actions: actions.map(({ keys, ...one }) => ({ ...one, evidenceIds: ids(keys) })),
    evidence,
    tokens: estimateTokens(renderEvidence(evidence)),
  }
  return { pack: { ...body, sha256: createHash('sha256').update(canonicalJson(factsOf(body))).digest('hex') }, idOf }
}

/** What a model sees of a pack: not the ids of one analysis, which differ each time the same facts are found. */
const factsOf = ({ evidence, candidates, actions, verdict, associationOnly, language, subject }: Omit<EvidencePack, 'sha256'>): object => ({
  verdict, associationOnly, language, subject, actions,
  candidates: candidates.map(({ candidateId: _candidateId, ...one }) => one),
  evidence: evidence.map(({ id, type, summary, values, names, quotes }) => ({ id, type, summary, values, names, quotes: quotes.map(one => one.text) })),
})
