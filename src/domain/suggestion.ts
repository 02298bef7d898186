import { z } from 'zod'
import { actionTypes } from './case.ts'
import { analysisVerdicts, AnalysisFactor, evidenceTypes } from './root-cause-analysis.ts'

/** Lower and upper limit; null where there is none (the limit is infinite). */
const Limits = z.tuple([z.number().nullable(), z.number().nullable()])

/**
 * A number of the evidence. `unit` is one of `claims`, `cars`, `repairs`, `cases`, `uses`, `decisions`, `levels`, `ratio`, `share` (0 to 1),
 * `probability`, `nats`, `score`, `days`, `weeks`, `months`, or the unit of a telemetry signal as its dictionary spells it.
 */
export const EvidenceValue = z.strictObject({ value: z.number(), unit: z.string() })
export type EvidenceValue = z.infer<typeof EvidenceValue>

/** Redacted words of a feedback, a workshop or a case: data, never an instruction. `source` is the node they come from. */
export const EvidenceQuote = z.strictObject({ text: z.string(), source: z.string() })
export type EvidenceQuote = z.infer<typeof EvidenceQuote>

/** One thing a sentence may rest on. `names` are all names that may be said of it (keys, labels in both languages, levels, codes, days). */
export const EvidenceItem = z.strictObject({
  id: z.string().regex(/^E\d+$/),
  type: z.enum(evidenceTypes),
  /** What the numbers are, without free text of people. */
  summary: z.string(),
  values: z.record(z.string(), EvidenceValue),
  names: z.array(z.string()),
  nodeIds: z.array(z.string()),
  cypher: z.string().nullable(),
  params: z.record(z.string(), z.unknown()),
  quotes: z.array(EvidenceQuote),
})
export type EvidenceItem = z.infer<typeof EvidenceItem>

/** A candidate as the model may name it: `C1..Ck` in the order of the statistics, past cases last. */
export const PackCandidate = z.strictObject({
  id: z.string().regex(/^C\d+$/),
  candidateId: z.string(),
  kind: z.enum(['factor', 'pair', 'window', 'past-case']),
  statement: z.string(),
  /** Ranking score S in nats; null for a past case. Two within 2 of each other are a tie that a model may reorder, saying why. */
  score: z.number().nullable(),
  associationOnly: z.boolean(),
  evidenceFor: z.array(z.string()),
  evidenceAgainst: z.array(z.string()),
})
export type PackCandidate = z.infer<typeof PackCandidate>

/** An action of the catalogue as the model may name it: `A1..An`, containment and corrective apart. */
export const PackAction = z.strictObject({
  id: z.string().regex(/^A\d+$/),
  kind: z.enum(['containment', 'corrective']),
  actionType: z.enum(actionTypes),
  text: z.string(),
  evidenceIds: z.array(z.string()),
})
export type PackAction = z.infer<typeof PackAction>

/** All that a model sees of the data, and all that the verifier checks against: at most 2,500 tokens, no VIN, in a fixed order. */
export const EvidencePack = z.strictObject({
  issueId: z.string().nullable(),
  analysisId: z.string(),
  asOf: z.string(),
  language: z.enum(['en', 'zh']),
  verdict: z.enum(analysisVerdicts),
  verdictCode: z.string(),
  /** The leader is only associated: no causal verb at all. */
  associationOnly: z.boolean(),
  subject: z.strictObject({ component: z.string().nullable(), symptom: z.string().nullable(), label: z.string() }),
  candidates: z.array(PackCandidate),
  actions: z.array(PackAction),
  evidence: z.array(EvidenceItem),
  /** Estimate of what the pack costs in a prompt. */
  tokens: z.int(),
  /** SHA-256 of what a model sees of the pack: the same facts give the same hash. */
  sha256: z.string(),
})
export type EvidencePack = z.infer<typeof EvidencePack>

/** A sentence and what it rests on. */
export const Claim = z.strictObject({ text: z.string().min(1), evidenceIds: z.array(z.string()).min(1) })
export type Claim = z.infer<typeof Claim>

export const suggestionStatuses = ['proposed', 'accepted', 'rejected', 'edited', 'verified-by-repair', 'superseded'] as const
export const decisionVerdicts = ['accepted', 'rejected', 'edited', 'verified-by-repair'] as const
export type DecisionVerdict = (typeof decisionVerdicts)[number]

/** What a person said of a suggestion. */
export const SuggestionDecision = z.strictObject({
  verdict: z.enum(decisionVerdicts),
  by: z.string(),
  at: z.string(),
  reason: z.string().nullable(),
  edited: z.string().nullable(),
})
export type SuggestionDecision = z.infer<typeof SuggestionDecision>

const shared = {
  suggestionId: z.string(),
  rank: z.int().min(1),
  status: z.enum(suggestionStatuses),
  decisions: z.array(SuggestionDecision),
}

export const RootCauseSuggestion = z.strictObject({
  ...shared,
  kind: z.literal('root-cause'),
  /** Null where the analysis has no such candidate: "new, not seen before", or a past case it did not name. */
  candidateId: z.string().nullable(),
  basis: z.enum(['statistics', 'past-case', 'untracked']),
  /** For a past case: which. */
  caseId: z.string().nullable(),
  statement: z.string(),
  mechanism: z.array(Claim),
  for: z.array(z.string()),
  against: z.array(z.string()),
  nextCheck: Claim.nullable(),
  confidence: z.number().min(0).max(1),
  calibrated: z.boolean(),
  verdict: z.enum(analysisVerdicts),
  /** Why a model put this before a candidate with a score within the tie; null where the order is that of the statistics. */
  reordered: Claim.nullable(),
})
export type RootCauseSuggestion = z.infer<typeof RootCauseSuggestion>

/** How the same type of action did before: at this class and kind of cause in closed cases, and in the fleet's own rates. */
export const PastUse = z.strictObject({
  used: z.int(),
  held: z.int(),
  recurred: z.int(),
  rateRatio: z.number().nullable(),
  rateRatioInterval: Limits.nullable(),
  /** Median weeks until the rate had fallen; null where it was never measured. */
  medianWeeksToEffect: z.number().nullable(),
  /** Decisions of engineers on suggestions of this type for this kind of cause. */
  accepted: z.int(),
  rejected: z.int(),
})
export type PastUse = z.infer<typeof PastUse>

/** The cars an action touches by where they are, counted by the graph as of a day. */
export const ActionScope = z.strictObject({
  factors: z.array(AnalysisFactor),
  stock: z.int(),
  inTransit: z.int(),
  atOutlet: z.int(),
  sold: z.int(),
  asOf: z.string(),
})
export type ActionScope = z.infer<typeof ActionScope>

const actionShared = {
  ...shared,
  /** The candidate it answers; null where none is known. */
  candidateId: z.string().nullable(),
  actionType: z.enum(actionTypes),
  text: z.string(),
  /** What `text`, the scope and the verification plan rest on. */
  evidenceIds: z.array(z.string()).min(1),
  why: Claim,
  /** similarity × applicability × (held + 1) / (used + 2) × what decisions taught. */
  score: z.number(),
  cost: z.enum(['low', 'medium', 'high']),
  verificationPlan: z.string(),
  pastUse: PastUse,
}

/** Interim containment action (ICA, D3). */
export const ContainmentSuggestion = z.strictObject({
  ...actionShared,
  kind: z.literal('containment'),
  scope: ActionScope,
  /** An interim action ends: on this instant it is confirmed again or replaced by the permanent one. */
  expiresAt: z.string(),
})
export type ContainmentSuggestion = z.infer<typeof ContainmentSuggestion>

/** Permanent corrective action (PCA, D5–D6). */
export const CorrectiveSuggestion = z.strictObject({ ...actionShared, kind: z.literal('corrective') })
export type CorrectiveSuggestion = z.infer<typeof CorrectiveSuggestion>

export const Suggestion = z.discriminatedUnion('kind', [RootCauseSuggestion, ContainmentSuggestion, CorrectiveSuggestion])
export type Suggestion = z.infer<typeof Suggestion>

/** The evidence of a stored set, with plain numbers as the API shows them; `units` says what they are. */
export const SuggestionEvidence = EvidenceItem.omit({ values: true, quotes: true }).extend({
  values: z.record(z.string(), z.number()),
  units: z.record(z.string(), z.string()),
})
export type SuggestionEvidence = z.infer<typeof SuggestionEvidence>

/** Which words were used and what they cost; enough to run the same call again. */
export const SuggestionProvenance = z.strictObject({
  wording: z.enum(['template', 'model']),
  /** Why the template was used although a model was asked for; null otherwise. */
  fallback: z.string().nullable(),
  promptId: z.string().nullable(),
  promptVersion: z.string().nullable(),
  promptSha256: z.string().nullable(),
  schemaSha256: z.string().nullable(),
  evidenceSha256: z.string(),
  /** Record of the model's call, for `fishbone llm replay`; null where no call was made. */
  recordId: z.string().nullable().default(null),
  modelId: z.string().nullable(),
  seed: z.int().nullable(),
  calls: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  milliseconds: z.number(),
  engineVersion: z.string(),
})
export type SuggestionProvenance = z.infer<typeof SuggestionProvenance>

/** A sentence of a model that the verifier refused, kept for review. `reason` is the verifier's stable word. */
export const DroppedSentence = z.strictObject({ text: z.string(), where: z.string(), reason: z.string() })
export type DroppedSentence = z.infer<typeof DroppedSentence>

/** Answer of `GET /v1/issues/{id}/suggestions`. */
export const SuggestionSet = z.strictObject({
  issueId: z.string().nullable(),
  analysisId: z.string(),
  asOf: z.string(),
  madeAt: z.string(),
  language: z.enum(['en', 'zh']),
  verdict: z.enum(analysisVerdicts),
  subject: z.strictObject({ component: z.string().nullable(), symptom: z.string().nullable(), label: z.string() }),
  /** What was seen, before any cause is named. */
  observations: z.array(Claim),
  rootCauses: z.array(RootCauseSuggestion),
  containment: z.array(ContainmentSuggestion),
  corrective: z.array(CorrectiveSuggestion),
  evidence: z.array(SuggestionEvidence),
  openQuestions: z.array(z.string()),
  /** What each open question rests on, in the same order. */
  openQuestionEvidence: z.array(z.array(z.string())),
  abstention: z.strictObject({ reason: z.string(), missing: z.array(z.string()), nextChecks: z.array(z.string()), evidenceIds: z.array(z.string()) }).nullable(),
  dropped: z.strictObject({ sentences: z.int(), reasons: z.array(z.string()), kept: z.array(DroppedSentence) }),
  provenance: SuggestionProvenance,
})
export type SuggestionSet = z.infer<typeof SuggestionSet>
