import { FishboneError } from '../domain/error.ts'
import type { Feedback } from '../domain/feedback.ts'
import { nodeId } from '../domain/identifiers.ts'
import type { TelemetrySnapshot } from '../domain/telemetry-snapshot.ts'
import type { Triage } from '../domain/triage.ts'
import type { DuplicateEdge } from '../graph/ports/duplicates.ts'
import type { ArrivedFeedback, WorkflowStore } from '../graph/ports/workflow.ts'
import { withRelations, type FiledTriage, type FileTriage } from './file-triage.ts'
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
  fileTriage: FileTriage
  /** Relations of some feedback as they are now. */
  edgesOf: (feedbackIds: readonly string[]) => Promise<DuplicateEdge[]>
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
    // What is new has no triage.
    const [arrived, stored] = await Promise.all([readBack(services.store, feedbackId), isNew ? null : services.store.storedTriage(feedbackId)])
    // A snapshot may bring fault codes to a text that stayed the same.
    if (stored !== null && snapshotOutcome === 'unchanged' && stored.feedbackSha256 === arrived.context.feedbackSha256)
      return { feedbackId, issueId: stored.issueId, issueIsNew: false, triage: withRelations(stored.triage, feedbackId, await services.edgesOf([feedbackId])), isNew }
    return { feedbackId, ...(await triageAndFile(services, arrived, options)), isNew }
  }

/** Triage and issue for feedback that is stored already: an import that runs live. Null when there is no feedback of that id. */
export type RaiseStoredFeedback = (feedbackId: string) => Promise<{ issueId: string | null; issueIsNew: boolean } | null>

/** @throws FB_GRAPH_UNAVAILABLE */
export const createRaiseStoredFeedback =
  (services: ArrivalServices): RaiseStoredFeedback =>
  async feedbackId => {
    const [arrived, stored] = await Promise.all([services.store.arrived(feedbackId), services.store.storedTriage(feedbackId)])
    if (arrived === null) return null
    if (stored?.feedbackSha256 === arrived.context.feedbackSha256) return { issueId: stored.issueId, issueIsNew: false }
    const { issueId, issueIsNew } = await triageAndFile(services, arrived)
    return { issueId, issueIsNew }
  }

/** What it is about and what it repeats, side by side. A report that is compared before its issue is opened joins that of its group. */
const triageAndFile = async ({ triageFeedback, fileTriage, now }: ArrivalServices, { context: stored, report }: ArrivedFeedback, options?: { signal?: AbortSignal }): Promise<FiledTriage> => {
  // A sender's clock that runs ahead must not give its issue years to answer: nothing was received later than now.
  const here = now().toISOString()
  const context = stored.receivedAt > here ? { ...stored, receivedAt: here } : stored
  const [triage, comparison] = await Promise.all([triageFeedback(context, options), fileTriage.compare(report, options)])
  return fileTriage.file({ context, triage, comparison })
}

const tieSnapshot = (feedback: Feedback, snapshot: TelemetrySnapshot | null): Feedback => {
  if (snapshot === null) return feedback
  if (feedback.snapshotId && feedback.snapshotId !== snapshot.snapshotId)
    throw new FishboneError('FB_INVALID', 'the feedback names another snapshot than the one sent with it', {
      details: { errors: [{ pointer: '/snapshotId', message: 'must equal /snapshot/snapshotId, or be left out' }] },
    })
  return { ...feedback, snapshotId: snapshot.snapshotId }
}

const readBack = async (store: WorkflowStore, feedbackId: string): Promise<ArrivedFeedback> => {
  const arrived = await store.arrived(feedbackId)
  if (arrived === null)
    throw new FishboneError('FB_INTERNAL', 'the feedback that was just stored is not in the graph', { details: { feedbackId } })
  return arrived
}
