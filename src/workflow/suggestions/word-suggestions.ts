import { Explanation } from '../../domain/explanation.ts'
import type { DroppedSentence, EvidencePack, SuggestionProvenance } from '../../domain/suggestion.ts'
import type { ModelAnswer, ModelGateway } from '../../llm/ports.ts'
import type { VerifiedExplanation, VerifyExplanation } from '../../verification/index.ts'
import type { ComposedPack } from './compose-pack.ts'
import { quotesOf, renderActions, renderCandidates, renderEvidence } from './render-pack.ts'
import { templateExplanation } from './template-explanation.ts'
import type { TemplateWords } from './template-words.ts'

/** Sentences that passed the verifier: the model's where it answered, and the template's for all that it left out. */
export type WordedSuggestions = {
  explanation: Explanation
  template: Explanation
  dropped: DroppedSentence[]
  provenance: Omit<SuggestionProvenance, 'engineVersion' | 'milliseconds' | 'evidenceSha256'>
}

export const explainPromptId = 'explain-candidates'

const templateProvenance = { wording: 'template', fallback: null, promptId: null, promptVersion: null, promptSha256: null, schemaSha256: null, recordId: null, modelId: null, seed: null, calls: 0, inputTokens: 0, outputTokens: 0 } as const

/**
 * Puts a pack into words: the template's, or a model's with the template behind it. Both pass the same verifier; what it refuses is kept beside
 * the suggestion and not said.
 *
 * @param gateway null for the template; a model that is off or answers badly gives the template too, and `fallback` says why.
 */
export const wordSuggestions = async (options: {
  composed: ComposedPack
  words: TemplateWords
  verify: VerifyExplanation
  gateway: ModelGateway | null
  caseId: string
  signal?: AbortSignal | undefined
}): Promise<WordedSuggestions> => {
  const { composed: { pack }, verify, gateway } = options
  const own = verify(templateExplanation(options.words, options.composed), pack)
  const fromTemplate = { explanation: own.kept, template: own.kept, dropped: plain(own), provenance: templateProvenance }
  if (gateway === null) return fromTemplate
  // Nothing is asked of a model where nothing is known: the template says what is missing.
  if (pack.verdict === 'insufficient-evidence') return { ...fromTemplate, provenance: { ...templateProvenance, fallback: 'insufficient-evidence' } }
  const answer = await ask(pack, options.verify, gateway, options)
  const dropped = [...fromTemplate.dropped, ...(answer.ok ? plain(answer.value) : answer.judged ? plain(answer.judged) : [])]
  const { usage, provenance } = answer
  const ran = {
    promptId: provenance?.promptId ?? null, promptVersion: provenance?.promptVersion ?? null, promptSha256: provenance?.promptSha256 ?? null,
    schemaSha256: provenance?.schemaSha256 ?? null, recordId: provenance?.recordId ?? null, modelId: provenance?.modelId ?? null, seed: provenance?.seed ?? null,
    calls: usage.calls, inputTokens: usage.inputTokens, outputTokens: usage.outputTokens,
  }
  return answer.ok
    ? { explanation: answer.value.kept, template: own.kept, dropped, provenance: { ...ran, wording: 'model', fallback: null } }
    : { ...fromTemplate, dropped, provenance: { ...ran, wording: 'template', fallback: answer.kind } }
}

const plain = ({ dropped }: VerifiedExplanation): DroppedSentence[] => dropped.map(({ text, where, reason }) => ({ text, where, reason }))

const ask = (pack: EvidencePack, verify: VerifyExplanation, gateway: ModelGateway, { caseId, signal }: { caseId: string; signal?: AbortSignal | undefined }): Promise<ModelAnswer<VerifiedExplanation>> =>
  gateway.openCase(caseId, { signal }).ask<Explanation, VerifiedExplanation>({
    purpose: 'explain',
    promptId: explainPromptId,
    input: explainInput(pack),
    quotes: quotesOf(pack.evidence),
    schema: Explanation,
    evidenceSha256: pack.sha256,
    judge(explanation) {
      const value = verify(explanation, pack)
      return { accepted: value.isAcceptable, value, failures: value.failures }
    },
  })

/** One text for each placeholder of the prompt `explain-candidates`. */
export const explainInput = (pack: EvidencePack): Record<string, string> => ({
  language: pack.language === 'zh' ? 'Simplified Chinese' : 'English',
  subject: pack.subject.label,
  verdict: `${pack.verdict} (${pack.verdictCode})${pack.associationOnly ? '; association only, say of nothing that it is the cause' : ''}`,
  candidates: renderCandidates(pack.candidates) || 'none',
  actions: renderActions(pack.actions) || 'none',
  evidence: renderEvidence(pack.evidence),
})
