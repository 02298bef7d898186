import type { Explanation, ModelClaim } from '../../domain/explanation.ts'
import { untrackedCause } from '../../domain/explanation.ts'
import type { ComposedPack } from './compose-pack.ts'
import type { KeyedClaim } from './template-claims.ts'
import type { TemplateWords } from './template-words.ts'

/** Ids a sentence may cite, as in the model-facing schema. */
const mostIds = 6

/** A sentence with the ids its keys became; null where none of them is in the pack. */
export const numberedClaim = ({ text, keys }: KeyedClaim, { idOf }: Pick<ComposedPack, 'idOf'>): ModelClaim | null => {
  const evidenceIds = [...new Set(keys.flatMap(key => idOf.get(key) ?? []))].slice(0, mostIds)
  return evidenceIds.length === 0 ? null : { text, evidenceIds }
}

/** The words of the template in the shape a model answers in, so that both pass the same verifier. */
export const templateExplanation = (words: TemplateWords, composed: ComposedPack): Explanation => {
  const claims = (list: readonly KeyedClaim[]): ModelClaim[] => list.flatMap(one => numberedClaim(one, composed) ?? [])
  const against = (causeId: string): string[] => composed.pack.candidates.find(one => one.id === causeId)?.evidenceAgainst.slice(0, mostIds) ?? []
  const proposals = (kind: 'containment' | 'corrective'): Explanation['containment'] =>
    [...words.why].flatMap(([key, why]) => {
      const claim = key.startsWith(`action:${kind}:`) ? numberedClaim(why, composed) : null
      return claim === null ? [] : [{ actionId: composed.actionIds.get(key)!, why: claim }]
    })
  return {
    observations: claims(words.observations),
    hypotheses: words.hypotheses.flatMap(({ key, mechanism, nextCheck }) => {
      const causeId = composed.causeIds.get(key) ?? untrackedCause
      const said = claims(mechanism)
      return said.length === 0 ? [] : [{ causeId, mechanism: said, contradictingIds: against(causeId), nextCheck: nextCheck && numberedClaim(nextCheck, composed), orderReason: null }]
    }),
    containment: proposals('containment'),
    corrective: proposals('corrective'),
    openQuestions: words.openQuestions.map(one => one.text),
    abstain: words.abstention && { reason: words.abstention.reason },
  }
}
