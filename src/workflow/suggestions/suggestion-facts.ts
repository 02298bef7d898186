import type { ActionTypeRecord } from '../../domain/action-efficacy.ts'
import type { SimilarCase } from '../../domain/case-search.ts'
import type { AnalysisCandidate, AnalysisFactor, RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import type { ActionScope, EvidenceQuote } from '../../domain/suggestion.ts'
import type { DecisionCount, PastDecision } from './learned-priors.ts'
import type { ActionOutcome } from './rank-actions.ts'

/** A closed case of the class with a known cause; `weight` is likeness times what decisions taught, by which past causes are ordered. */
export type PastCause = {
  past: SimilarCase & { rootCause: string }
  /** The analysis's own candidate of this case, where it named it. */
  candidate: AnalysisCandidate | null
  weight: number
  decisions: DecisionCount
}

export type RecordedCode = { code: string; meaning: string | null; reports: number; confirmed: number; nodeIds: string[] }
export type RecordedSignal = { name: string; unit: string; low: number; high: number; outside: number; snapshots: number; median: number; nodeIds: string[] }
export type RepairShare = { result: string; orders: number; orderIds: string[] }

/** A statement a person can run for the same numbers. */
export type Statement = { cypher: string; params: Record<string, unknown> }

/** Cars that carry the factors now, by where they are. */
export type ScopeFact = { factors: AnalysisFactor[]; target: string; scope: ActionScope; nodeIds: string[] } & Statement

/** All that a set of suggestions rests on; read once, then only computed with. */
export type SuggestionFacts = {
  issueId: string | null
  analysis: RootCauseAnalysis
  /** Component and symptom in the reader's language. */
  label: string
  severity: number | null
  /** Model of the issue, where no counted report comes from a known car of it: the figures are of other models. */
  uncountedModel: string | null
  /** Closed cases of the class, with and without a known cause. */
  casesOfClass: number
  pastCauses: PastCause[]
  /** Reports that came with a snapshot. */
  snapshots: number
  codes: RecordedCode[]
  signals: RecordedSignal[]
  repairs: RepairShare[]
  /** Statements behind codes, signals and repairs, by these words. */
  statements: Partial<Record<'codes' | 'signals' | 'repairs' | 'outcomes', Statement>>
  quotes: EvidenceQuote[]
  outcomes: ActionOutcome[]
  effects: Record<'containment' | 'corrective', ActionTypeRecord[]>
  decisions: PastDecision[]
}
