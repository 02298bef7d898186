import { stat } from 'node:fs/promises'
import { recordSchemas, type RecordKind, type RecordOf } from '../../domain/record-kind.ts'
import { checkRecord } from './check-record.ts'
import { readDtcDictionary } from './dtc-dictionary.ts'
import type { ImportTables } from './import-tables.ts'
import { readNhtsaComplaints } from './nhtsa-complaints.ts'
import { readNhtsaRecalls } from './nhtsa-recalls.ts'
import { readObdOntology } from './obd-ontology.ts'
import { readObdbSignals } from './obdb-signals.ts'
import { readObdbSnapshots } from './obdb-snapshots.ts'
import type { OdometerHistory } from './odometer-history.ts'
import { readBytes } from './read-bytes.ts'
import { readCsv, type CsvKind } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'
import type { ReferenceItem } from './reference-rows.ts'
import type { RecordError, SourceItem, SourcePlace } from './source-item.ts'
import { decodeLegacy, splitLines } from './split-lines.ts'
import type { MergeSpace } from './tab-rows.ts'
import { createUnknownFields } from './unknown-fields.ts'

/** How a file of records is read, and what its records are. */
export type RecordSource =
  | { format: 'ndjson'; kind: RecordKind }
  | { format: 'csv'; kind: CsvKind; delimiter: string }
  | { format: 'nhtsa-complaints'; kind: 'feedback' }
  | { format: 'nhtsa-recalls'; kind: 'cases' }

/** How a file of reference data is read. */
export type ReferenceSource = { format: 'dtc-dictionary' | 'obd-ontology' | 'obdb-signals' | 'obdb-snapshots'; kind: null }

/** One record that may be written, or one that may not, with the reasons and what was read. */
export type ReadRecord<K extends RecordKind = RecordKind> = SourcePlace &
  (
    | { kind: 'record'; record: RecordOf[K]; flags: string[]; unknownFields: string[] }
    | { kind: 'refused'; errors: RecordError[]; raw: unknown }
  )

export type ReadOptions = {
  now: Date
  tables: ImportTables
  /** Folder for temporary files of merged formats. */
  mergeFolder: string
  mergeMemoryBytes?: number
  odometers?: OdometerHistory
  onBytes?: (count: number) => void
}

/** A packed file is taken to hold ten times its size: only the number of temporary files depends on it. */
const packingGuess = 10

const mergeSpace = async (path: string, { mergeFolder, mergeMemoryBytes }: ReadOptions): Promise<MergeSpace> => {
  const { size } = await stat(path)
  return { folder: mergeFolder, memoryBytes: mergeMemoryBytes, expectedBytes: path.endsWith('.gz') ? size * packingGuess : size }
}

async function openItems(path: string, source: RecordSource, options: ReadOptions): Promise<AsyncGenerator<SourceItem>> {
  const bytes = readBytes(path, options.onBytes)
  switch (source.format) {
    case 'ndjson':
      return readNdjson(splitLines(bytes))
    case 'csv':
      return readCsv(splitLines(bytes), source.kind, source.delimiter)
    case 'nhtsa-complaints':
      return readNhtsaComplaints(splitLines(bytes, { decode: decodeLegacy }), await mergeSpace(path, options))
    case 'nhtsa-recalls':
      return readNhtsaRecalls(splitLines(bytes, { decode: decodeLegacy }), await mergeSpace(path, options), options.tables)
  }
}

/**
 * Streams the records of one file, checked against the import contract; memory does not grow with the file. Items come in the order of their `position`.
 *
 * @throws FB_IMPORT_FORMAT when the file as a whole cannot be read on: a CSV header that names a column twice, a damaged gzip file.
 */
export async function* readRecords(path: string, source: RecordSource, options: ReadOptions): AsyncGenerator<ReadRecord> {
  const findUnknown = createUnknownFields(recordSchemas[source.kind])
  const unknown = new Set<string>()
  for await (const item of await openItems(path, source, options)) {
    if (item.kind === 'refused') {
      yield item
      continue
    }
    const { line, position, bytes, value } = item
    const checked = checkRecord(source.kind, value, options)
    if (!checked.ok) {
      yield { line, position, bytes, kind: 'refused', errors: checked.errors, raw: value }
      continue
    }
    unknown.clear()
    findUnknown(value, unknown)
    yield { line, position, bytes, kind: 'record', record: checked.record, flags: [...item.flags, ...checked.flags], unknownFields: [...unknown] }
  }
}

/** Streams the reference rows of one file. @throws FB_IMPORT_FORMAT as `readRecords` does, and where a format's own limit is passed. */
export function readReference(path: string, source: ReferenceSource, { tables, onBytes }: Pick<ReadOptions, 'tables' | 'onBytes'>): AsyncGenerator<ReferenceItem> {
  const bytes = readBytes(path, onBytes)
  switch (source.format) {
    case 'dtc-dictionary':
      return readDtcDictionary(splitLines(bytes))
    case 'obd-ontology':
      return readObdOntology(splitLines(bytes), tables)
    case 'obdb-signals':
      return readObdbSignals(bytes)
    case 'obdb-snapshots':
      return readObdbSnapshots(splitLines(bytes))
  }
}
