import type { DuplicateMethod, DuplicateRelation } from '../../domain/duplicate.ts'

/** What is compared of one feedback: findings that count (not negated, past or hypothetical), codes it quotes or its snapshot recorded. */
export type ComparedReport = {
  id: string
  channel: string
  text: string
  language: string | null
  occurredAt: string
  vehicleId: string | null
  model: string | null
  region: string | null
  odometerKm: number | null
  personRef: string | null
  findings: readonly { component: string | null; symptom: string | null; confidence: number }[]
  /** `P0AA6` or `P0AA6-00`. */
  dtcs: readonly string[]
  embedding: readonly number[] | null
  embeddingModel: string | null
  /** Of a candidate: the report it was read for, and the cosine similarity of their vectors, null where one is missing or of another model. */
  towards?: { id: string; cosine: number | null }
}

export type EdgeType = DuplicateRelation | 'distinct'

/** An edge between two feedback, from the later event to the earlier one. */
export type DuplicateEdge = {
  from: string
  to: string
  type: EdgeType
  score: number
  reason: string
  reasonZh: string
  method: DuplicateMethod
  at: string
  /** `fishbone`, or the person who said so. */
  by: string
  /** Of `distinct` by a person: the relation that was taken back, `none` where there was none. */
  was: DuplicateRelation | 'none' | null
}

/** A distinctive text among others: the words it is found by, and whether its car is known. */
export type FoundText = { id: string; hasVehicle: boolean; bands: string }

/** Work inside one transaction that holds what it settles. */
export type DuplicateTransaction = {
  /** Reports of some cars, of each car all. Cars with one report only are left out unless asked for with `alone`. */
  reportsOfVehicles(vehicleIds: readonly string[], options?: { alone?: boolean }): Promise<ComparedReport[]>
  reports(ids: readonly string[]): Promise<ComparedReport[]>
  /** All edges that start or end at some feedback, or at any of some cars. */
  edgesOf(ids: readonly string[], vehicleIds?: readonly string[]): Promise<DuplicateEdge[]>
  /** Writes and deletes edges of this machine's making. */
  change(changes: { remove: readonly DuplicateEdge[]; write: readonly DuplicateEdge[] }): Promise<void>
  /** Takes the mark away: nothing is left to compare. */
  settled(ids: readonly string[]): Promise<void>
}

export type DuplicateStore = {
  /**
   * Runs work while no other process settles the same cars or feedback; a car or feedback that is not there is passed over.
   *
   * @throws FB_GRAPH_UNAVAILABLE
   */
  holding<T>(held: { vehicleIds: readonly string[]; feedbackIds: readonly string[] }, work: (tx: DuplicateTransaction) => Promise<T>): Promise<T>
  reports(ids: readonly string[]): Promise<ComparedReport[]>
  /** Feedback that a report is held against, without vectors but with its likeness `towards` the report. */
  candidates(report: Pick<ComparedReport, 'id' | 'embedding' | 'embeddingModel'>, ids: readonly string[]): Promise<ComparedReport[]>
  edgesOf(ids: readonly string[]): Promise<DuplicateEdge[]>
  /** Feedback nearly equal by its words, of the weeks around: those that share a band, most bands first. */
  withSharedBands(asked: readonly { id: string; bands: string }[], limit: number): Promise<{ id: string; found: string[] }[]>
  /** Feedback nearest by vector, itself left out. */
  nearest(asked: { id: string; embedding: readonly number[]; embeddingModel: string }, limit: number): Promise<{ id: string; vehicleId: string | null; language: string | null; cosine: number }[]>
  /** What the feedback of one week is found by (`bandsToStore`); `to` is not in it. */
  textsOfWeek(from: string, to: string): Promise<FoundText[]>
  /** Feedback written since an instant of the database's clock in ms, without those known as `id@changedAt`; at most `limit`. */
  textsSince(since: number, known: readonly string[], limit: number): Promise<{ now: number; texts: (FoundText & { occurredAt: string; changedAt: number })[] }>
  /** Feedback marked to be compared, in no order; at most `limit`. */
  waiting(limit: number): Promise<{ id: string; vehicleId: string | null; isLive: boolean }[]>
  countWaiting(): Promise<number>
  /** Stores the vector made at arrival, unless the text changed meanwhile. */
  saveVector(vector: { id: string; text: string; embedding: Float32Array; embeddingModel: string }): Promise<void>
  /** A fixed sample of stored vectors with the language of their text. @param embeddingModel null: of any model. */
  sampleVectors(embeddingModel: string | null, limit: number): Promise<{ language: string | null; embedding: readonly number[]; embeddingModel: string }[]>
  /** Marks all feedback to be compared again; answers how many. */
  markAll(): Promise<number>
}
