import { FishboneError } from '../domain/error.ts'
import type { RecordOf } from '../domain/record-kind.ts'
import { listUntriagedFeedback } from '../graph/workflow/untriaged-queries.ts'
import type { ImportIngest } from '../ingest/import-files/import-job.ts'
import { gathered } from '../gathered.ts'
import type { Ingest, IngestEntry } from '../ingest/ingest-batch.ts'
import { checkRecord } from '../ingest/readers/check-record.ts'
import { memo } from '../memo.ts'
import { createAcceptFeedback, createRaiseStoredFeedback, feedbackIdOf } from '../workflow/accept-feedback.ts'
import type { IngestRecords, RaiseStoredFeedback, RecordOutcome } from '../workflow/accept-feedback.ts'
import { createFileTriage } from '../workflow/file-triage.ts'
import { createTakeRecords, pointerOfPath } from '../workflow/take-records.ts'
import { createTriageMissing } from '../workflow/triage-missing.ts'
import type { TriageFeedback } from '../workflow/triage-feedback.ts'
import type { DuplicateParts } from './duplicates.ts'
import type { Foundation } from './foundation.ts'

/** Records that come in: one by one with triage, or as files. */
export const createArrivalParts = (foundation: Foundation, { triage, duplicates }: { triage: () => Promise<TriageFeedback>; duplicates: DuplicateParts['duplicates'] }) => {
  const { logger, now, graph, language, ingest, store } = foundation
  const workflow = memo(async () => {
    const [workflowStore, triageFeedback, { vocabulary }, ingestRecords, { together, edgesOf }] = await Promise.all([store(), triage(), language(), ingest(), duplicates()])
    const fileTriage = createFileTriage({ store: workflowStore, together, vocabularyVersion: vocabulary.version, now })
    const services = { store: workflowStore, triageFeedback, fileTriage, edgesOf, now }
    const acceptFeedback = createAcceptFeedback({ ...services, ingest: arrivingRecords(ingestRecords, now) })
    return { acceptFeedback, raiseStoredFeedback: createRaiseStoredFeedback(services) }
  })
  const importIngest = memo(async (): Promise<ImportIngest> => liveIngest(await ingest(), async () => (await workflow()).raiseStoredFeedback))

  const takeRecords = memo(async () => {
    const records = await ingest()
    return createTakeRecords({ ingestBatch: (kind, entries) => records.ingestBatch(kind, entries), now })
  })

  /** What a process that died had stored and not yet triaged. */
  const triageMissing = memo(async () => {
    const [client, { raiseStoredFeedback }] = await Promise.all([graph(), workflow()])
    return createTriageMissing({
      untriaged: async question => (await client.all(listUntriagedFeedback, question)).map(({ feedbackId }) => feedbackId),
      raiseStoredFeedback, now,
      onError: (error, feedbackId) => logger.warn({ err: error, feedbackId }, 'feedback stays untriaged until the next sweep'),
    })
  })

  return { workflow, importIngest, takeRecords, triageMissing }
}

/** Records that arrive by themselves, each held against the contract like a line of a file; those that come at the same time are written together. */
const arrivingRecords = (ingest: Ingest, now: () => Date): IngestRecords => {
  const writer = <K extends 'feedback' | 'telemetry-snapshots'>(kind: K, keyOf: (record: RecordOf[K]) => string) => {
    const write = gathered<IngestEntry<K>, RecordOutcome>({ answer: entries => ingest.ingestEach(kind, entries), most: 50, keyOf: ({ record }) => keyOf(record) })
    return async (record: RecordOf[K]): Promise<RecordOutcome> => {
      const checked = checkRecord(kind, record, { now: now() })
      if (!checked.ok)
        throw new FishboneError('FB_INVALID', 'the record does not match the import contract', {
          details: { errors: checked.errors.map(({ path, message }) => ({ pointer: pointerOfPath(path), message })) },
        })
      return write(checked)
    }
  }
  return { feedback: writer('feedback', feedbackIdOf), snapshot: writer('telemetry-snapshots', ({ snapshotId }) => snapshotId) }
}

/** History comes in quietly; with `live`, feedback raises issues as if it arrived now. */
const liveIngest = (ingest: Ingest, raise: () => Promise<RaiseStoredFeedback>): ImportIngest => ({
  ingestReference: (kind, rows) => ingest.ingestReference(kind, rows),
  async ingestBatch(kind, entries, { live }) {
    const counts = await ingest.ingestBatch(kind, entries, { live })
    if (!live || kind !== 'feedback') return counts
    const raiseStoredFeedback = await raise()
    for (const { record } of entries) await raiseStoredFeedback(feedbackIdOf(record as RecordOf['feedback']))
    return counts
  },
})
