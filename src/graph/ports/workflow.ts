import type { FeedbackContext, IssueClass } from '../../domain/issue.ts'
import type { Triage } from '../../domain/triage.ts'
import type { ComparedReport, DuplicateTransaction } from './duplicates.ts'

/** A triage as it was stored, and the issue its feedback raised. */
export type StoredTriage = {
  triage: Triage
  /** Hash of the feedback content it was made from: another one means that the record changed since. */
  feedbackSha256: string
  issueId: string | null
}

export type TriageCommit = {
  feedbackId: string
  feedbackSha256: string
  triage: Triage
  vocabularyVersion: string
  receivedAt: string
  /** Null: no issue is opened or joined. */
  issueClass: IssueClass | null
}

export type CommittedTriage = { issueId: string | null; issueIsNew: boolean }

export type ArrivalTransaction = DuplicateTransaction & {
  /**
   * Stores the triage of each and joins the open issue of the reports it is told twice of or of the same problem as, else the one of its class and
   * model, else opens one; under the lock of the groups and of the classes: of any number of feedback of one class that arrive together, one opens the
   * issue. Feedback that has raised an issue keeps it. Each feedback once; `at`: instant of triage.
   *
   * @throws FB_NOT_FOUND when a feedback is no longer there.
   */
  commitTriages(commits: readonly TriageCommit[], at: string): Promise<CommittedTriage[]>
}

/** Stored feedback with what its car and its snapshot add, and with what is compared of it. */
export type ArrivedFeedback = { context: FeedbackContext; report: ComparedReport }

/** What triage reads from the graph and leaves there. */
export type WorkflowStore = {
  /** Null when there is none of that id. */
  arrived(feedbackId: string): Promise<ArrivedFeedback | null>
  /** Make, model and year of a known car, by its pseudonym. */
  vehicleModel(vehicleId: string): Promise<{ make: string | null; model: string | null; modelYear: number | null } | null>
  /** Meaning of each code for a maker, the generic one as the fall-back; a code nobody explains is absent. */
  dtcMeanings(codes: readonly string[], maker: string | null): Promise<Map<string, string>>
  storedTriage(feedbackId: string): Promise<StoredTriage | null>
  /**
   * Runs work that settles and files feedback which has arrived, in one transaction that holds these cars and this feedback.
   *
   * @throws FB_GRAPH_UNAVAILABLE
   */
  arriving<T>(held: { vehicleIds: readonly string[]; feedbackIds: readonly string[] }, work: (tx: ArrivalTransaction) => Promise<T>): Promise<T>
}

/** @property location the header of that name, where the answer has one */
export type IdempotentAnswer = { status: number; body: string; location: string | null }

/** A key in the hands of one call; `claimId` tells it from a call that took it over. */
export type HeldKey = { id: string; claimId: string }

/** What became of an attempt to take an idempotency key. */
export type IdempotencyClaim =
  | { state: 'taken'; held: HeldKey }
  | { state: 'running'; lockedUntil: string }
  | { state: 'mismatch' }
  | { state: 'done'; answer: IdempotentAnswer }

/** Answers kept for repeated calls; in the graph, so that they outlive a restart. */
export type IdempotencyStore = {
  /** Takes the key for one call, or tells what it already stands for. A lease that has run out is taken over. */
  claim(claim: { id: string; requestSha256: string; at: string; lockedUntil: string; expiresAt: string }): Promise<IdempotencyClaim>
  /** Says that the calls still run: their keys stay theirs until `lockedUntil`. */
  renew(held: readonly HeldKey[], lockedUntil: string): Promise<void>
  /** Keeps the answer, unless another call took the key over. */
  finish(held: HeldKey, answer: IdempotentAnswer): Promise<void>
  /** Frees a key whose call failed in a way that may succeed later, unless another call took it over. */
  release(held: HeldKey): Promise<void>
  /** Deletes keys that expired before `at`; the number deleted. */
  purge(at: string): Promise<number>
}
