import type { RecordKind, RecordOf } from '../../domain/record-kind.ts'
import type { ReferenceKind, ReferenceOf } from '../../domain/reference.ts'
import type { ImportTables } from '../readers/import-tables.ts'
import type { OdometerHistory } from '../readers/odometer-history.ts'
import type { WriteCounts } from './import-summary.ts'
import type { Sleep } from './write-with-retry.ts'

/** The way into the graph, as far as an import needs it. Both writes are idempotent; an error that `isRetryable` means that nothing or all of it was written. */
export type ImportIngest = {
  ingestBatch<K extends RecordKind>(
    kind: K, entries: readonly { record: RecordOf[K]; flags: string[] }[], options: { live: boolean },
  ): Promise<WriteCounts>
  ingestReference<K extends ReferenceKind>(kind: K, rows: readonly ReferenceOf[K][]): Promise<WriteCounts>
}

export type ImportProgress = {
  path: string
  kind: RecordKind | null
  /** Bytes taken from disk, of all bytes of the file. */
  bytesRead: number
  bytesTotal: number
  /** Records met in this file. */
  read: number
  /** Records known to be in the graph. */
  committed: number
}

/** What every file of one import shares. */
export type ImportJob = {
  ingest: ImportIngest
  dataDir: string
  now: Date
  tables: ImportTables
  odometers: OdometerHistory
  batchSize: number
  live: boolean
  signal: AbortSignal
  retryDelaysMs: readonly number[]
  sleep: Sleep
  /** Milliseconds of a clock that never runs back. */
  clock: () => number
  onProgress: (progress: ImportProgress) => void
}

/** How the work on one file ended, beside its summary. */
export type FileEnd = 'done' | 'database-lost' | 'interrupted'
