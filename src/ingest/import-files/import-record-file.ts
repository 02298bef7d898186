import { FishboneError } from '../../domain/error.ts'
import type { RecordKind, RecordOf } from '../../domain/record-kind.ts'
import { readRecords, type ReadRecord, type RecordSource } from '../readers/read-records.ts'
import type { FileEnd, ImportJob } from './import-job.ts'
import { addCounts, emptySummary, noCounts, noteFlags, noteUnknownFields, type FileSummary, type WriteCounts } from './import-summary.ts'
import type { PlannedFile } from './plan-files.ts'
import { openRejectsFile, type AddReject } from './rejects-file.ts'
import { importsFolderOf, readResumePoint, removeResumePoint, resumePath, saveResumePoint } from './resume-point.ts'
import { writeWithRetry } from './write-with-retry.ts'

/** A batch never holds more than this of a file, however long its lines are. */
const maxBatchBytes = 8 * 1024 * 1024

type Entry = { record: RecordOf[RecordKind]; flags: string[] }
type Batch = { entries: Entry[]; bytes: number; line: number; position: number }
const emptyBatch = (): Batch => ({ entries: [], bytes: 0, line: 0, position: 0 })

/** Writes batches one after another and remembers in the data folder how far it got. */
async function createBatchWriter(job: ImportJob, { path, source }: PlannedFile & { source: RecordSource }) {
  const pointFile = await resumePath(job.dataDir, path, source)
  const start = await readResumePoint(pointFile)
  let counts: WriteCounts = start?.counts ?? noCounts
  let committed = { line: start?.line ?? 0, position: start?.position ?? 0 }
  return {
    start: committed.position,
    counts: () => counts,
    lastLine: () => committed.line,
    async write(batch: Batch): Promise<FileEnd> {
      const write = () => job.ingest.ingestBatch(source.kind, batch.entries, { live: job.live })
      const outcome = await writeWithRetry(write, { delaysMs: job.retryDelaysMs, sleep: job.sleep, signal: job.signal })
      if (!outcome.ok) return outcome.cause
      counts = addCounts(counts, outcome.value)
      committed = { line: batch.line, position: batch.position }
      await saveResumePoint(pointFile, { version: 1, path, ...committed, counts, savedAt: job.now.toISOString() })
      return 'done'
    },
    forget: () => removeResumePoint(pointFile),
  }
}
type BatchWriter = Awaited<ReturnType<typeof createBatchWriter>>

/** Keeps one write under way while the next batch is read; batches stay in order, because the later line of a key counts. */
function createPipeline(writer: BatchWriter) {
  let underWay: Promise<FileEnd> = Promise.resolve('done')
  return {
    async submit(batch: Batch): Promise<FileEnd> {
      const end = await underWay
      if (end !== 'done') return end
      underWay = writer.write(batch)
      // Its error is met by the next submit or settle; until then it must not count as unhandled.
      underWay.catch(() => undefined)
      return 'done'
    },
    settle: (): Promise<FileEnd> => underWay,
  }
}

/**
 * Loads one file of records, from where an interrupted run left off. What was written before is read again, not written again: its refused lines, flags and odometers
 * belong to the result.
 */
export async function importRecordFile(
  file: PlannedFile & { source: RecordSource }, job: ImportJob,
): Promise<{ summary: FileSummary; end: FileEnd; lastLine: number }> {
  const { path, source } = file
  const summary = emptySummary(path, source.kind, source.format)
  const startedAt = job.clock()
  const writer = await createBatchWriter(job, file)
  const rejects = await openRejectsFile({ dataDir: job.dataDir, source: path })
  let end: FileEnd = 'interrupted'
  try {
    end = await readAndWrite(file, job, summary, writer, rejects.add)
  } finally {
    summary.rejectsPath = await rejects.finish()
    Object.assign(summary, writer.counts(), { seconds: (job.clock() - startedAt) / 1_000 })
  }
  if (end === 'done') await writer.forget()
  return { summary, end, lastLine: writer.lastLine() }
}

async function readAndWrite(
  file: PlannedFile & { source: RecordSource }, job: ImportJob, summary: FileSummary, writer: BatchWriter, addReject: AddReject,
): Promise<FileEnd> {
  const pipeline = createPipeline(writer)
  const progress = createProgress(file, job, summary, writer)
  let batch = emptyBatch()
  try {
    for await (const item of readRecords(file.path, file.source, { ...job, mergeFolder: importsFolderOf(job.dataDir), onBytes: progress.addBytes })) {
      if (job.signal.aborted) {
        const settled = await pipeline.settle()
        return settled === 'done' ? 'interrupted' : settled
      }
      await noteItem(item, summary, addReject)
      progress.tell()
      if (item.position <= writer.start) summary.resumed++
      else if (item.kind === 'record') addToBatch(batch, item)
      if (batch.entries.length < job.batchSize && batch.bytes < maxBatchBytes) continue
      const end = await pipeline.submit(batch)
      if (end !== 'done') return end
      batch = emptyBatch()
    }
  } catch (error) {
    // The part of the file that could be read loads; a database error goes on up.
    if (!(error instanceof FishboneError) || error.code !== 'FB_IMPORT_FORMAT') throw error
    summary.refused = error.message
  } finally {
    // Whatever stops the reading, the write under way is waited for: nobody may close the database under it.
    await pipeline.settle().catch(() => undefined)
  }
  const end = batch.entries.length > 0 ? await pipeline.submit(batch) : 'done'
  const settled = end === 'done' ? await pipeline.settle() : end
  progress.tell(true)
  return settled
}

const addToBatch = (batch: Batch, item: ReadRecord & { kind: 'record' }): void => {
  batch.entries.push({ record: item.record, flags: item.flags })
  batch.bytes += item.bytes
  batch.line = item.line
  batch.position = item.position
}

async function noteItem(item: ReadRecord, summary: FileSummary, addReject: AddReject): Promise<void> {
  summary.read++
  if (item.kind === 'record') {
    noteFlags(summary, item.flags, item.line)
    noteUnknownFields(summary, item.unknownFields)
  } else {
    summary.rejected++
    await addReject({ line: item.line, errors: item.errors, record: item.raw })
  }
}

/** Told every this many records, so that telling costs nothing. */
const progressStep = 500

function createProgress(file: PlannedFile, job: ImportJob, summary: FileSummary, writer: BatchWriter) {
  let bytesRead = 0
  return {
    addBytes: (count: number): void => {
      bytesRead += count
    },
    tell(always = false): void {
      if (!always && summary.read % progressStep !== 0) return
      const { created, updated, unchanged, superseded } = writer.counts()
      job.onProgress({
        path: file.path, kind: file.source.kind, bytesRead, bytesTotal: file.bytes, read: summary.read,
        committed: created + updated + unchanged + superseded,
      })
    },
  }
}
