import type { Case } from '../../domain/case.ts'

/** A vehicle as a case or a question names it; a side that was not given is null. */
export type NamedVehicle = { make: string | null; model: string | null; modelYear: number | null }

/** A complaint that a person confirmed for a case: one more text of it, from `confirmedAt` on. */
export type ConfirmedText = {
  feedbackId: string
  confirmedAt: string
  text: string
  textSha256: string
  embeddingModel: string | null
  embedding: number[] | null
}

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
  /** Part numbers, lots (`partNo/lot`) and software (`module@version`) that it affected; causes and failure modes by their ids. */
  parts: string[]
  lots: string[]
  releases: string[]
  causes: string[]
  failureModes: string[]
  confirmed: ConfirmedText[]
  embeddingModel: string | null
  embedding: number[] | null
}

/** `confirmations` tells which texts were confirmed for the case, and which of them have a vector. */
export type CaseVersion = { caseId: string; contentSha256: string; embeddingModel: string; confirmations: string[] }
/** What one key of the graph leads to: a lot to its part and supplier, a part to its component, a fault code to components, a component to its parent. */
export type KeyLink = { fromKind: KeyKind; fromId: string; toKind: KeyKind; toId: string }
export const keyKinds = ['component', 'symptom', 'dtc', 'part', 'lot', 'supplier', 'release', 'cause', 'failureMode'] as const
export type KeyKind = (typeof keyKinds)[number]
/** What a car carries at an instant. */
export type CarKeys = { parts: string[]; lots: string[]; suppliers: string[]; releases: string[] }
export type CaseAction = { actionType: string; text: string | null; effectiveFrom: string | null }
/** What is shown of a case that was found. */
export type CaseDetails = Pick<
  SearchableCase,
  'caseId' | 'kind' | 'title' | 'openedAt' | 'closedAt' | 'text' | 'symptom' | 'failureMode' | 'failureEffect' | 'rootCause'
> & { containment: CaseAction[]; corrective: CaseAction[] }
/** `feedbackId` keeps a text from being compared with a case it was confirmed for; the keys are those its reader found. */
export type BackgroundText = {
  feedbackId: string | null
  text: string
  embedding: number[] | null
  components: string[]
  symptoms: string[]
  dtcs: string[]
}

/** Limits that hold in every candidate list before its cut. */
export type CaseFilter = { asOf: string | null; kinds: readonly string[] | null; limit: number }

/** What the search of similar cases asks of the graph. Every call may throw the errors of `GraphClient`. */
export type CaseStore = {
  /** Equal texts mean that no case was added, changed, removed or embedded in between. */
  watermark(): Promise<string>
  versions(): AsyncIterable<CaseVersion>
  cases(caseIds: readonly string[]): Promise<SearchableCase[]>
  details(caseIds: readonly string[]): Promise<CaseDetails[]>
  /** How the keys of cases hang together, for the walk over the graph. */
  keyLinks(): Promise<KeyLink[]>
  /** A fixed sample of unlabelled feedback, the same on every call while no feedback is added. */
  background(options: { embeddingModel: string | null; limit: number }): Promise<BackgroundText[]>
  /** Ids, best first, of cases that share words. `query` is escaped Lucene syntax; empty finds nothing. */
  byEnglishText(query: string, filter: CaseFilter): Promise<string[]>
  byCjkText(query: string, filter: CaseFilter): Promise<string[]>
  byVector(vector: { embedding: Float32Array; embeddingModel: string }, filter: CaseFilter): Promise<string[]>
  byKeys(keys: { components: readonly string[]; symptoms: readonly string[]; dtcs: readonly string[] }, filter: CaseFilter): Promise<string[]>
}
