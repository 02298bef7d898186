import type { RecordKind } from '../domain/record-kind.ts'
import type { FileEnd, ImportIngest, ImportJob, ImportProgress } from './import-files/import-job.ts'
import { importRecordFile } from './import-files/import-record-file.ts'
import { importReferenceFile } from './import-files/import-reference-file.ts'
import { emptySummary, exitCodes, type FileSummary, type ImportOutcome, type ImportSummary } from './import-files/import-summary.ts'
import { planFiles, type PlannedFile } from './import-files/plan-files.ts'
import { rejectsFolderOf, removeOldRejects } from './import-files/rejects-file.ts'
import { removeOldResumePoints } from './import-files/resume-point.ts'
import { defaultRetryDelaysMs, sleepUnlessAborted, type Sleep } from './import-files/write-with-retry.ts'
import { readImportTables, type ImportTables } from './readers/import-tables.ts'
import { createOdometerHistory } from './readers/odometer-history.ts'
import type { PublicFormat } from './readers/recognise-shape.ts'

/** Records of one transaction: large enough for the database, small enough to be done quickly after an interrupt. */
const defaultBatchSize = 2_000

export type ImportRequest = {
  /** Files and folders; a folder is read with all folders in it. */
  paths: readonly string[]
  /** Kind of all files, where their names do not say it. */
  kind?: RecordKind
  /** Public format of all files, where their content alone should not decide it. */
  format?: PublicFormat
  ingest: ImportIngest
  dataDir: string
  /** The instant after which a date lies in the future. */
  now: Date
  onProgress?: (progress: ImportProgress) => void
  /** Ends the import after the batch under way. */
  signal?: AbortSignal
  batchSize?: number
  /** Feedback is new and starts triage; else it is history and comes in quietly. */
  live?: boolean
  retryDelaysMs?: readonly number[]
  sleep?: Sleep
  clock?: () => number
  tables?: ImportTables
}

const importFile = ({ source, ...file }: PlannedFile, job: ImportJob): ReturnType<typeof importRecordFile> =>
  source.kind === null ? importReferenceFile({ ...file, source }, job) : importRecordFile({ ...file, source }, job)

const outcomeOf = (end: FileEnd, files: readonly FileSummary[]): ImportOutcome => {
  if (end !== 'done') return end
  return files.some(file => file.refused !== null || file.rejected > 0) ? 'some-refused' : 'loaded'
}

/**
 * Loads files of the import contract and of public formats into the graph, master data before events. Safe to repeat and to interrupt: a file goes on after its last
 * committed batch, and a file loaded twice counts as unchanged.
 *
 * Refused lines go to `rejects/` of the data folder, resume points to `imports/`.
 *
 * @returns what became of every file; a refused line or file, a lost database and an interrupt are outcomes, not errors.
 * @throws the errors of the ingest port that are not retryable; what was committed until then is kept and not repeated by the next run.
 */
export async function importFiles(request: ImportRequest): Promise<ImportSummary> {
  const job = jobOf(request)
  await removeOldRejects(job.dataDir, job.now)
  await removeOldResumePoints(job.dataDir, job.now)
  const plan = await planFiles({ paths: request.paths, kind: request.kind, format: request.format, rejectsFolder: rejectsFolderOf(job.dataDir) })
  const files = plan.refused.map(({ path, reason }): FileSummary => ({ ...emptySummary(path, null, null), refused: reason }))
  let end: FileEnd = 'done'
  let lastCommitted: ImportSummary['lastCommitted'] = null
  for (const file of plan.files) {
    if (job.signal.aborted) end = 'interrupted'
    if (end !== 'done') break
    const result = await importFile(file, job)
    files.push(result.summary)
    end = result.end
    lastCommitted = end === 'done' ? null : { path: file.path, line: result.lastLine }
  }
  const outcome = outcomeOf(end, files)
  return { outcome, exitCode: exitCodes[outcome], files, ignored: plan.ignored, lastCommitted }
}

const jobOf = (request: ImportRequest): ImportJob => ({
  ingest: request.ingest,
  dataDir: request.dataDir,
  now: request.now,
  tables: request.tables ?? readImportTables(),
  odometers: createOdometerHistory(),
  batchSize: request.batchSize ?? defaultBatchSize,
  live: request.live ?? false,
  signal: request.signal ?? new AbortController().signal,
  retryDelaysMs: request.retryDelaysMs ?? defaultRetryDelaysMs,
  sleep: request.sleep ?? sleepUnlessAborted,
  clock: request.clock ?? (() => performance.now()),
  onProgress: request.onProgress ?? (() => undefined),
})
