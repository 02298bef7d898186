import { FishboneError } from '../domain/error.ts'
import type { Feedback } from '../domain/feedback.ts'
import { nodeId } from '../domain/identifiers.ts'
import { issueClassOf } from '../domain/issue.ts'
import type { FeedbackContext } from '../domain/issue.ts'
import type { TelemetrySnapshot } from '../domain/telemetry-snapshot.ts'
import type { Triage } from '../domain/triage.ts'
import type { DuplicateEdge } from '../graph/ports/duplicates.ts'
import type { WorkflowStore } from '../graph/ports/workflow.ts'
import { linksOf, type CompareFeedback } from './duplicates/find-duplicates.ts'
import type { TriageFeedback } from './triage-feedback.ts'

/** What became of one record: `superseded` means that a later version was there already and stays. */
export type RecordOutcome = 'created' | 'updated' | 'unchanged' | 'superseded'

/** Writes one record to the graph, redacted and linked. */
export type IngestRecords = {
  feedback(record: Feedback): Promise<RecordOutcome>
  snapshot(record: TelemetrySnapshot): Promise<RecordOutcome>
}

export type AcceptedFeedback = {
  feedbackId: string
  issueId: string | null
  issueIsNew: boolean
  triage: Triage
  /** Whether this call brought the record: false for one that was there. */
  isNew: boolean
}

export type AcceptFeedback = (
  arrival: { feedback: Feedback; snapshot?: TelemetrySnapshot | null },
  options?: { signal?: AbortSignal },
) => Promise<AcceptedFeedback>

type ArrivalServices = {
  store: WorkflowStore
  triageFeedback: TriageFeedback
  compareFeedback: CompareFeedback
  /** Relations of some feedback as they are now. */
  edgesOf: (feedbackIds: readonly string[]) => Promise<DuplicateEdge[]>
  vocabularyVersion: string
  now: () => Date
}

/** Key of a feedback: (`channel`, `sourceId`). */
export const feedbackIdOf = ({ channel, sourceId }: { channel: string; sourceId: string }): string =>
  nodeId('Feedback', `${channel}:${sourceId}`)

/**
 * Takes in feedback that arrives now: store it, triage it, open or join its issue. The same record again is answered with the same ids and,
 * unless its content changed, the same triage. Safe to run twice and in parallel; what a crash left undone is done by the next call.
 *
 * @throws FB_INVALID when the feedback names another snapshot than the one beside it.
 * @throws FB_GRAPH_UNAVAILABLE
 */
export const createAcceptFeedback =
  (services: {
    ingest: IngestRecords
  } & ArrivalServices): AcceptFeedback =>
  async ({ feedback, snapshot }, options) => {
    const tied = tieSnapshot(feedback, snapshot ?? null)
    const snapshotOutcome = snapshot ? await services.ingest.snapshot(snapshot) : 'unchanged'
    const isNew = (await services.ingest.feedback(tied)) === 'created'
    const feedbackId = feedbackIdOf(feedback)
    const context = await contextOf(services.store, feedbackId)
    const stored = await services.store.storedTriage(feedbackId)
    // A snapshot may bring fault codes to a text that stayed the same.
    if (stored !== null && snapshotOutcome === 'unchanged' && stored.feedbackSha256 === context.feedbackSha256)
      return { feedbackId, issueId: stored.issueId, issueIsNew: false, triage: withLinks(stored.triage, feedbackId, await services.edgesOf([feedbackId])), isNew }
    const triage = await triageAndCompare(services, context, options)
    const issue = await commit(services, context, triage)
    return { feedbackId, ...issue, triage, isNew }
  }

/** Triage and issue for feedback that is stored already: an import that runs live. Null when there is no feedback of that id. */
export type RaiseStoredFeedback = (feedbackId: string) => Promise<{ issueId: string | null; issueIsNew: boolean } | null>

/** @throws FB_GRAPH_UNAVAILABLE */
export const createRaiseStoredFeedback =
  (services: ArrivalServices): RaiseStoredFeedback =>
  async feedbackId => {
    const context = await services.store.feedbackContext(feedbackId)
    if (context === null) return null
    const stored = await services.store.storedTriage(feedbackId)
    if (stored?.feedbackSha256 === context.feedbackSha256) return { issueId: stored.issueId, issueIsNew: false }
    return commit(services, context, await triageAndCompare(services, context))
  }

/** What it is about and what it repeats, side by side. A report that is compared before its issue is opened joins that of its group. */
const triageAndCompare = async (
  { triageFeedback, compareFeedback }: Pick<ArrivalServices, 'triageFeedback' | 'compareFeedback'>,
  context: FeedbackContext,
  options?: { signal?: AbortSignal },
): Promise<Triage> => {
  const [triage, edges] = await Promise.all([triageFeedback(context, options), compareFeedback(context.feedbackId, options)])
  return withLinks(triage, context.feedbackId, edges)
}

/** Relations may change after a triage was stored: later reports come, and people take some back. */
const withLinks = (triage: Triage, feedbackId: string, edges: readonly DuplicateEdge[]): Triage => ({ ...triage, duplicates: linksOf(feedbackId, edges, triage.language) })

const commit = (
  { store, vocabularyVersion, now }: { store: WorkflowStore; vocabularyVersion: string; now: () => Date },
  context: FeedbackContext,
  triage: Triage,
) =>
  store.commitTriage({
    feedbackId: context.feedbackId,
    feedbackSha256: context.feedbackSha256,
    triage,
    vocabularyVersion,
    receivedAt: context.receivedAt,
    triagedAt: now().toISOString(),
    issueClass: triage.qualityIssue
      ? issueClassOf({ feedbackId: context.feedbackId, findings: triage.findings, model: context.model })
      : null,
  })

const tieSnapshot = (feedback: Feedback, snapshot: TelemetrySnapshot | null): Feedback => {
  if (snapshot === null) return feedback
  if (feedback.snapshotId && feedback.snapshotId !== snapshot.snapshotId)
    throw new FishboneError('FB_INVALID', 'the feedback names another snapshot than the one sent with it', {
      details: { errors: [{ pointer: '/snapshotId', message: 'must equal /snapshot/snapshotId, or be left out' }] },
    })
  return { ...feedback, snapshotId: snapshot.snapshotId }
}

const contextOf = async (store: WorkflowStore, feedbackId: string): Promise<FeedbackContext> => {
  const context = await store.feedbackContext(feedbackId)
  if (context === null)
    throw new FishboneError('FB_INTERNAL', 'the feedback that was just stored is not in the graph', { details: { feedbackId } })
  return context
}
