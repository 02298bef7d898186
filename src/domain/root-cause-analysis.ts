import { z } from 'zod'
import { Dimension } from './dimension.ts'
import { Day, InstantOrDay } from './instant.ts'

const name = z.string().trim().min(1).max(200)

const IssueSubject = z.strictObject({ issueId: z.string().trim().min(1).max(200) })
const ClassSubject = z
  .strictObject({ component: name.nullish(), symptom: name.nullish() })
  .refine(({ component, symptom }) => (component ?? symptom) != null, { message: 'a component or a symptom is wanted' })
const TextSubject = z.strictObject({
  text: z.string().trim().min(1).max(20_000),
  vehicle: z.strictObject({ vin: z.string().max(100).optional(), model: name.optional(), modelYear: z.int().min(1900).max(2100).optional() }).optional(),
})

/** What is asked about: an issue, a symptom class by keys or names (a missing side means any), or a text that is linked first. */
export const AnalysisSubject = z.union([IssueSubject, TextSubject, ClassSubject])
export type AnalysisSubject = z.infer<typeof AnalysisSubject>

/** The cars that are compared; every field narrows. Days are inclusive. */
export const AnalysisPopulation = z.strictObject({
  models: z.array(name).min(1).max(200).optional(),
  modelYears: z.array(z.int().min(1900).max(2100)).min(1).max(100).optional(),
  regions: z.array(name).min(1).max(200).optional(),
  builtFrom: Day.optional(),
  builtTo: Day.optional(),
})
export type AnalysisPopulation = z.infer<typeof AnalysisPopulation>

/** Body of `POST /v1/root-cause-analyses`. `seed` fixes the random draws of the p values; without it every analysis uses the same one. */
export const AnalyzeRootCausesRequest = z.strictObject({
  subject: AnalysisSubject,
  population: AnalysisPopulation.optional(),
  asOf: InstantOrDay.optional(),
  maxCandidates: z.int().min(1).max(100).optional(),
  wording: z.enum(['template', 'model']).optional(),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
})
export type AnalyzeRootCausesRequest = z.infer<typeof AnalyzeRootCausesRequest>

/** Lower and upper limit; null where there is none (the limit is infinite). */
const Limits = z.tuple([z.number().nullable(), z.number().nullable()])

export const AnalysisFactor = z.object({ dimension: Dimension, level: z.string(), component: z.string().nullable() })
export type AnalysisFactor = z.infer<typeof AnalysisFactor>

/** `rateRatio` and the odds ratios are null where they are infinite or cannot be told: every event is on the level. */
export const AnalysisStatistics = z.object({
  observed: z.number(),
  expected: z.number(),
  smr: z.number().nullable(),
  smrInterval: Limits,
  rateRatio: z.number().nullable(),
  rateRatioInterval: Limits,
  score: z.number(),
  evidenceNats: z.number(),
  pValue: z.number(),
  qValue: z.number(),
  vehiclesAtRisk: z.int(),
  oddsRatioCrude: z.number().nullable(),
  oddsRatioStratified: z.number().nullable(),
  confounded: z.boolean(),
})
export type AnalysisStatistics = z.infer<typeof AnalysisStatistics>

export const evidenceTypes = ['statistic', 'case', 'dtc', 'path', 'repair', 'telemetry', 'action'] as const

const Params = z.record(z.string(), z.unknown())

/** One thing that can be checked: a sentence, the nodes it speaks of, and the statement that gives the same numbers in Neo4j Browser. */
export const AnalysisEvidence = z.object({
  id: z.string(),
  type: z.enum(evidenceTypes),
  summary: z.string(),
  nodeIds: z.array(z.string()),
  cypher: z.string().nullable(),
  params: Params,
  /** What the statement returned when the analysis was made; null where it was not run. */
  returned: z.record(z.string(), z.unknown()).nullable(),
  /** The numbers of the summary by name, and the factor it holds the candidate against: for other words and other languages. */
  detail: z.object({ kind: z.string(), values: z.record(z.string(), z.number().nullable()), factor: AnalysisFactor.nullable() }).optional(),
})
export type AnalysisEvidence = z.infer<typeof AnalysisEvidence>

/** One chain of real nodes from the symptom over a report and its car to what is blamed. `verified` only when the statement just returned it. */
export const AnalysisPath = z.object({
  verified: z.boolean(),
  nodes: z.array(z.object({ id: z.string(), label: z.string(), caption: z.string() })),
  relationships: z.array(z.object({ from: z.string(), type: z.string(), to: z.string() })),
  cypher: z.string(),
  params: Params,
})
export type AnalysisPath = z.infer<typeof AnalysisPath>

const SplitCount = z.object({ observed: z.number(), expected: z.number(), vehicles: z.int() })

export const AnalysisCandidate = z.object({
  candidateId: z.string(),
  rank: z.int().min(1),
  kind: z.enum(['factor', 'pair', 'window', 'past-case']),
  /** `confidence` orders; it is not yet a probability. */
  calibrated: z.literal(false),
  statement: z.string(),
  statementZh: z.string(),
  factors: z.array(AnalysisFactor),
  /** Null for a past case. */
  statistics: AnalysisStatistics.nullable(),
  /** The same count with events weighed by repair result and certainty of the link. */
  weighted: z.object({ observed: z.number(), expected: z.number(), evidenceNats: z.number() }).nullable(),
  /** For a software version: whether the cases' own histories confirm it. */
  software: z
    .object({
      confirmation: z.enum(['confirmed', 'not-confirmed', 'not-estimable']),
      incidenceRatio: z.number().nullable(),
      incidenceInterval: Limits.nullable(),
      onsetShare: z.number().nullable(),
      associationOnly: z.boolean(),
    })
    .nullable(),
  /** A better candidate accounts for this one's excess. */
  explainedAway: z.boolean(),
  /** For a past case: which, what its cause was and how similar it is. */
  pastCase: z.object({ caseId: z.string(), title: z.string(), rootCause: z.string(), similarity: z.number() }).nullable(),
  evidence: z.array(AnalysisEvidence),
  counterEvidence: z.array(AnalysisEvidence),
  /** What the fleet cannot tell from this candidate: nearly the same cars. */
  equivalents: z.array(
    z.object({ dimension: Dimension, level: z.string(), overlap: z.number(), factors: z.array(AnalysisFactor), statement: z.string(), observed: z.number(), expected: z.number(), score: z.number() }),
  ),
  discriminatingTests: z.array(z.string()),
  /** Counts on the cars that only this candidate has, and that only its best rival has. */
  split: z.object({ rivalStatement: z.string(), rivalStatementZh: z.string(), rivalFactors: z.array(AnalysisFactor), own: SplitCount, other: SplitCount, probability: z.number() }).nullish(),
  path: AnalysisPath.nullable(),
  confidence: z.number().min(0).max(1),
})
export type AnalysisCandidate = z.infer<typeof AnalysisCandidate>

export const analysisVerdicts = ['cause-found', 'tied', 'insufficient-evidence', 'no-tracked-cause'] as const

/** Answer of `POST /v1/root-cause-analyses`. */
export const RootCauseAnalysis = z.object({
  analysisId: z.string(),
  subject: z.object({ component: z.string().nullable(), symptom: z.string().nullable(), issueId: z.string().nullable() }),
  asOf: z.string(),
  affected: z.object({ claims: z.int(), vehicles: z.int(), excludedDuplicates: z.int(), withoutExposure: z.int() }),
  population: z.object({ vehicles: z.int(), vehicleMonths: z.number() }),
  verdict: z.enum(analysisVerdicts),
  /** Stable word behind the verdict, for code that reads it. */
  verdictCode: z.string(),
  verdictReason: z.string(),
  verdictReasonZh: z.string(),
  /** Lead of the first candidate over the best rival that is not explained away, in nats; null without a rival. */
  margin: z.number().nullable(),
  /** Share of the levels that would have shown, had they caused half the events. */
  powerShare: z.number(),
  candidates: z.array(AnalysisCandidate),
  abstention: z.object({ reason: z.string(), missing: z.array(z.string()), nextChecks: z.array(z.string()) }).nullable(),
  provenance: z.object({
    engineVersion: z.string(),
    dataWatermark: z.string(),
    seed: z.int(),
    replicates: z.int(),
    promptId: z.string().nullable(),
    modelId: z.string().nullable(),
    milliseconds: z.number(),
  }),
})
export type RootCauseAnalysis = z.infer<typeof RootCauseAnalysis>
