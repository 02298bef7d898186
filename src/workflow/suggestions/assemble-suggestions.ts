import { untrackedCause } from '../../domain/explanation.ts'
import type { Explanation } from '../../domain/explanation.ts'
import { shortHash } from '../../domain/identifiers.ts'
import type { AnalysisCandidate } from '../../domain/root-cause-analysis.ts'
import type { Claim, ContainmentSuggestion, CorrectiveSuggestion, RootCauseSuggestion, SuggestionEvidence, SuggestionSet } from '../../domain/suggestion.ts'
import { actionKey } from './action-evidence.ts'
import { actionText, type ComposedPack } from './compose-pack.ts'
import type { RankedAction } from './rank-actions.ts'
import { scopeFactors, scopeKeyOf, scopeOfAction, type CountedPlan } from './suggestion-plan.ts'
import type { TemplateContext } from './template-claims.ts'
import { numberedClaim } from './template-explanation.ts'
import type { TemplateWords } from './template-words.ts'
import type { WordedSuggestions } from './word-suggestions.ts'

export type AssembleOptions = {
  context: TemplateContext
  words: TemplateWords
  composed: ComposedPack
  worded: WordedSuggestions
  /** What the suggestions are of: an issue, or a class where there is none. */
  subjectKey: string
  confidenceOf: (candidate: AnalysisCandidate) => number
  isCalibrated: boolean
  madeAt: string
  milliseconds: number
  engineVersion: string
}

const dayMs = 86_400_000

/** The same cause or action of one subject has one id, however often it is proposed. */
export const suggestionIdOf = (subjectKey: string, kind: string, key: string): string => `SUG-${shortHash('Suggestion', subjectKey, kind, key).slice(0, 24)}`

export const assembleSuggestions = (options: AssembleOptions): SuggestionSet => {
  const { context: { plan, sentences }, composed: { pack, idOf }, words, worded, madeAt, milliseconds, engineVersion } = options
  const { explanation, dropped } = worded
  const { abstention } = words
  const ids = (keys: readonly string[]): string[] => keys.flatMap(key => idOf.get(key) ?? [])
  const general = ids(['class'])
  const questions = words.openQuestions.filter(one => explanation.openQuestions.includes(one.text))
  const asked = explanation.openQuestions.map(text => ({ text, evidenceIds: ids(questions.find(one => one.text === text)?.keys ?? []) }))
  return {
    issueId: plan.facts.issueId, analysisId: plan.facts.analysis.analysisId, asOf: plan.facts.analysis.asOf, madeAt, language: sentences.language,
    verdict: plan.facts.analysis.verdict, subject: pack.subject,
    observations: explanation.observations,
    rootCauses: rootCausesOf(options),
    containment: plan.containment.map((action, i) => containmentOf(action, i + 1, options)),
    corrective: plan.corrective.map((action, i) => correctiveOf(action, i + 1, options)),
    evidence: pack.evidence.map(evidenceOf),
    openQuestions: asked.map(one => one.text),
    openQuestionEvidence: asked.map(one => (one.evidenceIds.length > 0 ? one.evidenceIds : general)),
    abstention: abstention && { reason: abstention.reason, missing: abstention.missing, nextChecks: abstention.nextChecks, evidenceIds: ids(abstention.keys) },
    dropped: { sentences: dropped.length, reasons: [...new Set(dropped.map(one => one.reason))], kept: dropped },
    provenance: { ...worded.provenance, evidenceSha256: pack.sha256, milliseconds, engineVersion },
  }
}

const evidenceOf = ({ values, quotes: _quotes, ...item }: ComposedPack['pack']['evidence'][number]): SuggestionEvidence => ({
  ...item,
  values: Object.fromEntries(Object.entries(values).map(([name, one]) => [name, one.value])),
  units: Object.fromEntries(Object.entries(values).map(([name, one]) => [name, one.unit])),
})

/** Causes in the order of the verified explanation; those it left out follow in the order of the statistics, in the template's words. */
const rootCausesOf = (options: AssembleOptions): RootCauseSuggestion[] => {
  const { words, composed, worded: { explanation, template } } = options
  const idOf = (key: string): string => composed.causeIds.get(key) ?? untrackedCause
  const find = (from: Explanation, key: string) => from.hypotheses.find(one => one.causeId === idOf(key))
  const place = (key: string): number => {
    const at = explanation.hypotheses.findIndex(one => one.causeId === idOf(key))
    return at < 0 ? explanation.hypotheses.length : at
  }
  // Past cases stay behind statistical causes, whatever a model left out.
  const group = (key: string): number => (key.startsWith('case:') ? 2 : key === untrackedCause ? 1 : 0)
  const ordered = words.hypotheses.toSorted((a, b) => group(a.key) - group(b.key) || place(a.key) - place(b.key))
  return ordered.flatMap((hypothesis, i) => {
    const said = find(explanation, hypothesis.key) ?? find(template, hypothesis.key)
    return said === undefined ? [] : [rootCauseOf(hypothesis, said, i + 1, options)]
  })
}

const rootCauseOf = (hypothesis: TemplateWords['hypotheses'][number], said: Explanation['hypotheses'][number], rank: number, options: AssembleOptions): RootCauseSuggestion => {
  const { context: { plan }, composed: { pack }, subjectKey, confidenceOf, isCalibrated } = options
  const { key, statement } = hypothesis
  const statistical = plan.shown.causes.find(one => one.candidateId === key)
  const past = plan.pastCauses.find(one => `case:${one.past.caseId}` === key)
  const packed = pack.candidates.find(one => one.id === said.causeId)
  const cited = [...new Set(said.mechanism.flatMap(one => one.evidenceIds))]
  return {
    suggestionId: suggestionIdOf(subjectKey, 'root-cause', statistical ? factorsKey(statistical) : key),
    kind: 'root-cause', rank, status: 'proposed', decisions: [],
    candidateId: statistical?.candidateId ?? past?.candidate?.candidateId ?? null,
    basis: statistical ? 'statistics' : past ? 'past-case' : 'untracked',
    caseId: past?.past.caseId ?? null,
    statement, mechanism: said.mechanism,
    for: [...new Set([...cited, ...(packed?.evidenceFor ?? [])])].filter(id => !packed?.evidenceAgainst.includes(id)),
    against: [...new Set([...said.contradictingIds, ...(packed?.evidenceAgainst ?? [])])],
    nextCheck: said.nextCheck ?? nextCheckOf(hypothesis, options),
    confidence: statistical ? confidenceOf(statistical) : past ? pastConfidence(past.past.score, past.weight) : 0,
    calibrated: isCalibrated && statistical !== undefined,
    verdict: plan.facts.analysis.verdict,
    reordered: said.orderReason,
  }
}

const nextCheckOf = ({ nextCheck }: TemplateWords['hypotheses'][number], { composed }: AssembleOptions): Claim | null => nextCheck && numberedClaim(nextCheck, composed)

/** Likeness of words is no evidence of this fleet: never above what an open verdict allows a statistical cause, however often it was right before. */
const pastConfidence = (similarity: number, weight: number): number => Math.round(Math.min(0.6, 0.4 * Math.min(1, similarity) * (weight / Math.max(similarity, 1e-9))) * 1000) / 1000

export const factorsKey = ({ factors }: Pick<AnalysisCandidate, 'factors'>): string => factors.map(one => `${one.dimension}:${one.level}`).sort().join(' + ')

/** What the two kinds of action share. */
const actionOf = (action: RankedAction, rank: number, options: AssembleOptions) => {
  const { context, composed, subjectKey, words, worded } = options
  const { plan, sentences } = context
  const key = actionKey(action)
  const actionId = composed.actionIds.get(key)
  const proposal = (from: Explanation) => from[action.kind].find(one => one.actionId === actionId)?.why
  const why = proposal(worded.explanation) ?? proposal(worded.template) ?? numberedClaim(words.why.get(key)!, composed)!
  return {
    suggestionId: suggestionIdOf(subjectKey, action.kind, `${action.actionType} ${factorsKey({ factors: scopeFactors(plan, action, plan.catalogue) })}`),
    rank, status: 'proposed' as const, decisions: [],
    candidateId: action.cause.candidateId, actionType: action.actionType, text: actionText(action, context),
    evidenceIds: [key, scopeKeyOf(plan, action)].flatMap(one => composed.idOf.get(one) ?? []),
    why, score: Math.round(action.score * 10_000) / 10_000, cost: plan.catalogue[action.kind][action.actionType]!.cost,
    verificationPlan: plan.catalogue[action.kind][action.actionType]!.verification[sentences.language], pastUse: action.pastUse,
  }
}

const containmentOf = (action: RankedAction, rank: number, options: AssembleOptions): ContainmentSuggestion => {
  const { plan } = options.context
  const days = plan.catalogue.containment[action.actionType]!.expiresAfterDays
  return {
    kind: 'containment', ...actionOf(action, rank, options), scope: scopeOf(plan, action),
    expiresAt: new Date(Date.parse(options.madeAt) + days * dayMs).toISOString(),
  }
}

const scopeOf = (plan: CountedPlan, action: RankedAction): ContainmentSuggestion['scope'] =>
  scopeOfAction(plan, action)?.scope ?? { factors: [], stock: 0, inTransit: 0, atOutlet: 0, sold: 0, asOf: plan.facts.analysis.asOf }

const correctiveOf = (action: RankedAction, rank: number, options: AssembleOptions): CorrectiveSuggestion => ({ kind: 'corrective', ...actionOf(action, rank, options) })
