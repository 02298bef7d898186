import type { Case } from '../../domain/case.ts'

/** A vehicle as a case or a question names it; a side that was not given is null. */
export type NamedVehicle = { make: string | null; model: string | null; modelYear: number | null }

/** A past case as the search holds it. Instants are UTC or days; keys are of the vocabulary, codes without failure type. */
export type SearchableCase = {
  caseId: string
  contentSha256: string
  kind: NonNullable<Case['kind']> | null
  title: string
  openedAt: string | null
  closedAt: string | null
  receivedAt: string | null
  /** All prose of the case, redacted. */
  text: string
  symptom: string | null
  failureMode: string | null
  failureEffect: string | null
  rootCause: string | null
  /** Components the case is filed under; `mentionedComponents` are those its prose speaks of. */
  components: string[]
  mentionedComponents: string[]
  symptoms: string[]
  dtcs: string[]
  affected: NamedVehicle[]
  embeddingModel: string | null
  embedding: number[] | null
}

export type CaseVersion = { caseId: string; contentSha256: string; embeddingModel: string }
export type CaseAction = { actionType: string; text: string | null; effectiveFrom: string | null }
/** What is shown of a case that was found. */
export type CaseDetails = Pick<
  SearchableCase,
  'caseId' | 'kind' | 'title' | 'openedAt' | 'closedAt' | 'text' | 'symptom' | 'failureMode' | 'failureEffect' | 'rootCause'
> & { containment: CaseAction[]; corrective: CaseAction[] }
export type BackgroundText = { text: string; embedding: number[] | null }

/** Limits that hold in every candidate list before its cut. */
export type CaseFilter = { asOf: string | null; kinds: readonly string[] | null; limit: number }

/** What the search of similar cases asks of the graph. Every call may throw the errors of `GraphClient`. */
export type CaseStore = {
  /** Equal texts mean that no case was added, changed, removed or embedded in between. */
  watermark(): Promise<string>
  versions(): AsyncIterable<CaseVersion>
  cases(caseIds: readonly string[]): Promise<SearchableCase[]>
  details(caseIds: readonly string[]): Promise<CaseDetails[]>
  /** A fixed sample of unlabelled feedback, the same on every call while no feedback is added. */
  background(options: { embeddingModel: string | null; limit: number }): Promise<BackgroundText[]>
  /** Ids, best first, of cases that share words. `query` is escaped Lucene syntax; empty finds nothing. */
  byEnglishText(query: string, filter: CaseFilter): Promise<string[]>
  byCjkText(query: string, filter: CaseFilter): Promise<string[]>
  byVector(vector: { embedding: Float32Array; embeddingModel: string }, filter: CaseFilter): Promise<string[]>
  byKeys(keys: { components: readonly string[]; symptoms: readonly string[]; dtcs: readonly string[] }, filter: CaseFilter): Promise<string[]>
}
