import type { AnalysisCandidate, AnalysisFactor } from '../../domain/root-cause-analysis.ts'
import type { SuggestionSet } from '../../domain/suggestion.ts'
import type { ScopeReader } from '../../graph/ports/suggestions.ts'
import type { ModelGateway } from '../../llm/ports.ts'
import type { VerifyExplanation } from '../../verification/index.ts'
import { candidateWords, factorWords, type Words } from '../root-causes/factor-words.ts'
import type { ActionCatalogue } from './action-catalogue.ts'
import { assembleSuggestions } from './assemble-suggestions.ts'
import { composePack, type ComposedPack } from './compose-pack.ts'
import type { CalibrateConfidence } from './confidence.ts'
import { countScopes } from './count-scopes.ts'
import { shownCauses } from './shown-causes.ts'
import type { SuggestionFacts } from './suggestion-facts.ts'
import { countedPlan, planSuggestions, type CountedPlan } from './suggestion-plan.ts'
import { createSentences, type Language, type parseSuggestionWording } from './suggestion-wording.ts'
import type { TemplateContext } from './template-claims.ts'
import { templateWords } from './template-words.ts'
import { wordSuggestions } from './word-suggestions.ts'

/** What turns facts into suggestions, beside the facts themselves. */
export type SuggestingParts = {
  catalogue: ActionCatalogue
  wording: ReturnType<typeof parseSuggestionWording>
  /** Names of factors and components, as the analysis says them. */
  words: Words
  confidence: CalibrateConfidence
  verify: VerifyExplanation
  reader: Pick<ScopeReader, 'countScope'>
  gateway: ModelGateway | null
  engineVersion: string
}

export type SuggestingQuestion = {
  facts: SuggestionFacts
  subjectKey: string
  language: Language
  /** With `model` a gateway is asked; the template stands behind it. */
  wording: 'template' | 'model'
  models: readonly string[]
  now: () => Date
  startedAt: number
  signal?: AbortSignal | undefined
}

export type SuggestedSet = { set: SuggestionSet; plan: CountedPlan; composed: ComposedPack }

/** From facts to a checked set: choose causes, rank actions, count cars, write the evidence down, put it into words, verify. */
export const suggestFromFacts = async (question: SuggestingQuestion, parts: SuggestingParts): Promise<SuggestedSet> => {
  const { facts, subjectKey, language, models, now, startedAt, signal } = question
  const { catalogue, words: naming, confidence, verify, reader, engineVersion } = parts
  const sentences = createSentences(parts.wording, language)
  const confidenceOf = (candidate: AnalysisCandidate): number => confidence.of(candidate, facts.analysis)
  const phrase = (candidate: Pick<AnalysisCandidate, 'kind' | 'factors'>): string =>
    candidateWords({ kind: candidate.kind === 'past-case' ? 'factor' : candidate.kind, factors: candidate.factors }, naming)[language]
  const phraseFactors = (factors: AnalysisFactor[]): string => phrase({ kind: kindOfFactors(factors), factors })
  const plan = planSuggestions(facts, shownCauses(facts.analysis, confidenceOf, confidence.threshold), catalogue)
  const scopes = await countScopes(plan, { reader, catalogue, sentences, phraseFactors, models })
  const context: TemplateContext = {
    plan: countedPlan(plan, scopes, catalogue), sentences, phrase,
    naming: { factor: factor => factorWords(factor, naming), component: (key, of) => naming.labelOf(key, of) },
  }
  const said = templateWords(context)
  const composed = composePack(context, said)
  const worded = await wordSuggestions({ composed, words: said, verify, gateway: question.wording === 'model' ? parts.gateway : null, caseId: `${subjectKey}/${facts.analysis.analysisId}`, signal })
  const end = now()
  const set = assembleSuggestions({
    context, words: said, composed, worded, subjectKey, confidenceOf, isCalibrated: confidence.isCalibrated, madeAt: end.toISOString(),
    milliseconds: Math.max(0, end.getTime() - startedAt), engineVersion,
  })
  return { set, plan: context.plan, composed }
}

const kindOfFactors = (factors: readonly AnalysisFactor[]): 'factor' | 'pair' | 'window' =>
  factors.some(one => one.dimension === 'build-week') ? 'window' : factors.length > 1 ? 'pair' : 'factor'
