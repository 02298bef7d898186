import type { AnalysisPath, RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'

/** One factor as the statements of `cypher/root-causes/` read it; sides that the dimension does not need are null. */
export type FactorCondition = {
  dimension: string
  nodeId: string | null
  component: string | null
  value: string | null
  /** First and last day of the build weeks. */
  from: string | null
  to: string | null
}

/** A node that stands for a factor. */
export type BlamedNode = { label: 'PartLot' | 'Part' | 'Supplier' | 'SoftwareRelease' | 'Plant' | 'ServiceCenter'; id: string }

/** Which report, by the kind of its node. */
export type ReportRef = { source: 'feedback' | 'repair-order'; recordId: string }

export type CandidateDraft = {
  id: string
  rank: number
  kind: string
  statement: string
  /** `dimension:level`. */
  factors: readonly string[]
  score: number
  observed: number | null
  expected: number | null
  evidenceNats: number | null
  pValue: number | null
  confidence: number
  blames: readonly BlamedNode[]
  cites: readonly ReportRef[]
  caseId: string | null
}

export type AnalysisDraft = {
  analysisId: string
  issueId: string | null
  component: string | null
  symptom: string | null
  asOf: string
  createdAt: string
  verdict: string
  reason: string
  claims: number
  seed: number
  engineVersion: string
  dataWatermark: string
  /** The report that stands for each event. */
  counted: readonly ReportRef[]
  candidates: readonly CandidateDraft[]
}

/** A statement as a person can run it, and what it returned. */
export type CheckedStatement<Row> = { cypher: string; params: Record<string, unknown>; rows: Row[] }

export type PathQuestion =
  | { kind: 'factors'; candidateId: string; reportIds: readonly string[]; symptoms: readonly string[] | null; components: readonly string[] | null; factors: readonly FactorCondition[] }
  | { kind: 'case'; candidateId: string; caseId: string }

/** The cars compared, as the statement that counts cars at risk reads them; names in lower case. */
export type PopulationCondition = {
  models: readonly string[] | null
  modelYears: readonly number[] | null
  regions: readonly string[] | null
  builtFrom: string | null
  builtTo: string | null
}

/** Reads the graph for one candidate's evidence. */
export type EvidenceReader = {
  /** Counted reports whose car carried all factors at that instant. */
  claims(question: { analysisId: string; factors: readonly FactorCondition[] }): Promise<CheckedStatement<{ claims: number; vehicles: number }>>
  /** The same statement, not run. */
  claimStatement(question: { analysisId: string; factors: readonly FactorCondition[] }): CheckedStatement<never>
  /** The statement that counts the cars at risk; not run, since it looks at every car. */
  carsAtRisk(question: { analysisId: string; cutOff: string; factors: readonly FactorCondition[]; population: PopulationCondition }): CheckedStatement<never>
  /** The most frequent fault codes that came with the reports a candidate cites. */
  codes(candidateId: string): Promise<CheckedStatement<{ code: string; meaning: string | null; reports: number }>>
  repairs(candidateId: string): Promise<CheckedStatement<{ result: string | null; orders: number; orderIds: string[] }>>
  /** The chain, verified by having been read; without nodes and not verified where the graph has none. */
  path(question: PathQuestion): Promise<AnalysisPath>
}

export type RootCauseStore = {
  /** Class of an issue; null when there is none of that id. */
  issueClass(issueId: string): Promise<{ component: string | null; symptom: string | null; model: string | null } | null>
  /** When the newest report was received; null in an empty graph. */
  newestReceipt(): Promise<string | null>
  /**
   * Stores an analysis with its candidates, lets `complete` read the evidence from the graph that now holds them, and keeps its answer; all or
   * nothing.
   */
  save(draft: AnalysisDraft, complete: (reader: EvidenceReader) => Promise<RootCauseAnalysis>): Promise<RootCauseAnalysis>
  /** The answer as it was stored; null when there is none of that id. */
  content(analysisId: string): Promise<RootCauseAnalysis | null>
  /** Runs the statement of a stored path again. @returns whether it still gives a chain. */
  pathHolds(path: AnalysisPath): Promise<boolean>
}
