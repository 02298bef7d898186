import { FishboneError } from '../../domain/error.ts'
import type { ReferenceKind, ReferenceOf } from '../../domain/reference.ts'
import { readReference, type ReferenceSource } from '../readers/read-records.ts'
import type { FileEnd, ImportJob } from './import-job.ts'
import { addCounts, emptySummary, type FileSummary } from './import-summary.ts'
import type { PlannedFile } from './plan-files.ts'
import { openRejectsFile, type AddReject } from './rejects-file.ts'
import { writeWithRetry } from './write-with-retry.ts'

/** Loads one file of reference data from its beginning: such files are small, and their rows are made of the whole file. */
export async function importReferenceFile(
  file: PlannedFile & { source: ReferenceSource }, job: ImportJob,
): Promise<{ summary: FileSummary; end: FileEnd; lastLine: number }> {
  const summary = emptySummary(file.path, null, file.source.format)
  const startedAt = job.clock()
  const rejects = await openRejectsFile({ dataDir: job.dataDir, source: file.path })
  let end: FileEnd = 'interrupted'
  try {
    end = await readAndWrite(file, job, summary, rejects.add)
  } finally {
    summary.rejectsPath = await rejects.finish()
    summary.seconds = (job.clock() - startedAt) / 1_000
  }
  return { summary, end, lastLine: 0 }
}

async function readAndWrite(
  file: PlannedFile & { source: ReferenceSource }, job: ImportJob, summary: FileSummary, addReject: AddReject,
): Promise<FileEnd> {
  let bytesRead = 0
  let kind: ReferenceKind | null = null
  let rows: ReferenceOf[ReferenceKind][] = []
  const flush = async (): Promise<FileEnd> => {
    if (kind === null || rows.length === 0) return 'done'
    const [rowKind, batch] = [kind, rows]
    const outcome = await writeWithRetry(() => job.ingest.ingestReference(rowKind, batch as never), {
      delaysMs: job.retryDelaysMs, sleep: job.sleep, signal: job.signal,
    })
    rows = []
    if (!outcome.ok) return outcome.cause
    Object.assign(summary, addCounts(summary, outcome.value))
    job.onProgress({ path: file.path, kind: null, bytesRead, bytesTotal: file.bytes, read: summary.read, committed: summary.read - summary.rejected })
    return 'done'
  }
  try {
    for await (const item of readReference(file.path, file.source, { tables: job.tables, onBytes: count => (bytesRead += count) })) {
      if (job.signal.aborted) return 'interrupted'
      summary.read++
      if (item.kind === 'refused') {
        summary.rejected++
        await addReject({ line: item.line, errors: item.errors, record: item.raw })
        continue
      }
      kind = item.rowKind
      rows.push(item.row)
      const end = rows.length >= job.batchSize ? await flush() : 'done'
      if (end !== 'done') return end
    }
  } catch (error) {
    if (!(error instanceof FishboneError) || error.code !== 'FB_IMPORT_FORMAT') throw error
    summary.refused = error.message
  }
  return flush()
}
