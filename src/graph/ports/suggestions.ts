import type { DecisionVerdict, Suggestion, SuggestionDecision, SuggestionEvidence, SuggestionSet } from '../../domain/suggestion.ts'
import type { FactorCondition } from './root-causes.ts'

/** Where the reports of a subject are: those an analysis counted, and those that raised the issue. */
export type ReportsOf = { analysisId: string; issueId: string | null }
/** A class with all it contains; null means any. Cases received or closed after `knownUntil` are left out. */
export type ClassQuestion = { components: string[] | null; symptoms: string[] | null; knownUntil: string }

/** Rows with the statement that gave them, as a person can run it. */
export type Answered<Row> = { rows: Row[]; cypher: string; params: Record<string, unknown> }

/** Cars that meet all conditions now, of some models or of all. */
export type ScopeQuestion = { cutOff: string; factors: FactorCondition[]; models: string[] | null }
export type ScopeCounts = { stock: number; inTransit: number; atOutlet: number; sold: number }
export type ScopedCar = { vehicleId: string; vinSealed: string | null; model: string | null; modelYear: number | null; state: 'stock' | 'in-transit' | 'at-outlet' | 'sold' }

export type SubjectReader = {
  issue(issueId: string): Promise<{ issueId: string; component: string | null; symptom: string | null; model: string | null; state: string; severity: number | null; openedAt: string } | null>
  codes(reports: ReportsOf): Promise<Answered<{ code: string; meaning: string | null; reports: number; confirmed: number; snapshotIds: string[] }>>
  snapshots(reports: ReportsOf): Promise<Answered<{ snapshotId: string; signals: string | null; make: string | null; model: string | null }>>
  signalRanges(signalIds: string[]): Promise<{ signalId: string; name: string; unit: string | null; p01: number; p99: number }[]>
  repairs(reports: ReportsOf): Promise<Answered<{ result: string; orders: number; orderIds: string[] }>>
  quotes(reports: ReportsOf & { limit: number }): Promise<{ id: string; text: string; language: string | null; kind: 'feedback' | 'repair' }[]>
  models(reports: ReportsOf): Promise<{ model: string; reports: number }[]>
  outcomes(question: ClassQuestion): Promise<Answered<{ actionId: string; caseId: string; kind: 'ICA' | 'PCA'; actionType: string; text: string | null; verification: string | null; recurred: boolean }>>
  /** Suppliers, plants and models: names that no sentence says without citing them. */
  fleetNames(): Promise<string[]>
  countCases(question: ClassQuestion): Promise<number>
  pastDecisions(question: { component: string | null; symptom: string | null; knownUntil: string }): Promise<
    { kind: 'root-cause' | 'containment' | 'corrective'; verdict: DecisionVerdict; actionType: string | null; causeKind: string | null; caseId: string | null; factors: string[] | null; sameClass: boolean | null }[]
  >
}

export type ScopeReader = {
  countScope(question: ScopeQuestion): Promise<Answered<ScopeCounts> & { counts: ScopeCounts }>
  listScope(question: ScopeQuestion & { limit: number }): Promise<ScopedCar[]>
  /** Of a past action: the lots and versions its case names; null where there is no such action. */
  actionConditions(actionId: string): Promise<{ actionId: string; actionType: string | null; lots: string[]; software: string[] } | null>
}

/** What the graph keeps of a suggestion beside its content. */
export type SuggestionRow = {
  suggestion: Suggestion
  /** What it cites, kept with it: a later set numbers its evidence anew. */
  evidence: SuggestionEvidence[]
  causeKind: string
  caseId: string | null
  factors: string[]
  actionIds: string[]
  /** Conditions and models of the cars, null for a root cause. */
  scope: Omit<ScopeQuestion, 'cutOff'> | null
}

export type IssueFacts = {
  issueId: string; component: string | null; symptom: string | null; model: string | null; state: string; severity: number | null; openedAt: string
  reportCount: number; firstOccurredAt: string | null; lastOccurredAt: string | null
  examples: { id: string; text: string; at: string }[]
  /** Stored triages as JSON. */
  triages: string[]
  vehicleIds: string[]
}

export type StoredSuggestion = {
  suggestion: Suggestion; subjectKey: string; issueId: string | null; actionIds: string[]; scope: Omit<ScopeQuestion, 'cutOff'> | null
}

export type SuggestionStore = SubjectReader & ScopeReader & {
  /** Keeps a set; suggestions a person decided on keep their state. */
  save(set: { setId: string; subjectKey: string; content: SuggestionSet; rows: readonly SuggestionRow[] }): Promise<void>
  /** The newest set as it was made, and the state of every suggestion that is offered or decided. */
  latest(subjectKey: string): Promise<{ setId: string; content: SuggestionSet; states: { suggestion: Suggestion; evidence: SuggestionEvidence[]; decisions: SuggestionDecision[] }[] } | null>
  suggestion(suggestionId: string): Promise<StoredSuggestion | null>
  /** @returns false where there is no such suggestion. */
  decide(decision: SuggestionDecision & { suggestionId: string; decisionId: string }): Promise<boolean>
  linkTaughtCase(link: { issueId: string; caseId: string }): Promise<void>
  decided(verdicts: readonly DecisionVerdict[]): Promise<{ suggestion: Suggestion; set: SuggestionSet; verdict: DecisionVerdict; at: string; edited: string | null; reason: string | null }[]>
  issueFacts(issueId: string): Promise<IssueFacts | null>
}
