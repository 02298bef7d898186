import type { EvidencePack } from '../domain/suggestion.ts'
import type { Linker, Vocabulary } from '../vocabulary/index.ts'
import type { CausalLicence } from './causal-language.ts'
import { createSentenceCheck } from './check-sentence.ts'
import type { SentenceFault } from './check-sentence.ts'
import { indexEvidence } from './evidence-index.ts'
import { parseVerificationRules } from './verification-rules.ts'
import { causalLicence, createVerifyExplanation } from './verify-explanation.ts'
import type { VerifyExplanation } from './verify-explanation.ts'

export type { DropReason, SentenceFault } from './check-sentence.ts'
export type { VerifiedExplanation, VerifyExplanation } from './verify-explanation.ts'
export type { CausalLicence } from './causal-language.ts'
export { causalLicence } from './verify-explanation.ts'

/** Judges a single sentence against a pack: `null` where it stands. `licence` defaults to what the verdict of the pack allows. */
export type VerifySentence = (sentence: { text: string; evidenceIds: readonly string[] }, pack: EvidencePack, options?: { licence?: CausalLicence }) => SentenceFault | null

export type Verifier = { verifyExplanation: VerifyExplanation; verifySentence: VerifySentence }

/**
 * The checks every shown sentence passes, of a model or of a template.
 *
 * @param parts.rules content of `vocabulary/verification.json`.
 * @param parts.knownNames names of the fleet (suppliers, plants, models, lots) that no sentence may say without citing them.
 * @throws FB_VOCABULARY_INVALID
 */
export const createVerifier = (parts: { linker: Linker; vocabulary: Vocabulary; rules: unknown; knownNames?: readonly string[] }): Verifier => {
  const checkSentence = createSentenceCheck({ ...parts, rules: parseVerificationRules(parts.rules) })
  // A pack is read once for all its sentences, and for an answer that is asked for again.
  const indexes = new WeakMap<EvidencePack, ReturnType<typeof indexEvidence>>()
  const indexOf = (pack: EvidencePack) => {
    const index = indexes.get(pack) ?? indexEvidence(pack, parts)
    indexes.set(pack, index)
    return index
  }
  return {
    verifyExplanation: createVerifyExplanation({ checkSentence, indexOf }),
    verifySentence: ({ text, evidenceIds }, pack, { licence = causalLicence(pack) } = {}) =>
      checkSentence({ text, evidenceIds, licence, index: indexOf(pack), otherIds: [...pack.candidates, ...pack.actions].map(one => one.id), language: pack.language }),
  }
}
