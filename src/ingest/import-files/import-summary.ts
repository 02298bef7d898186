import type { RecordKind } from '../../domain/record-kind.ts'

export type WriteCounts = { created: number; updated: number; unchanged: number; superseded: number }

/** How often a data-quality flag was set, with the first lines it was set on. */
export type FlagCount = { count: number; firstLines: number[] }

/** What became of one file. */
export type FileSummary = WriteCounts & {
  path: string
  /** Null for reference data and for a file refused whole. */
  kind: RecordKind | null
  format: string | null
  /** Records and refused lines met. */
  read: number
  /** Of these, written by an earlier, interrupted run. */
  resumed: number
  rejected: number
  flags: Record<string, FlagCount>
  unknownFields: string[]
  rejectsPath: string | null
  /** Why the file, or the rest of it, was refused. */
  refused: string | null
  seconds: number
}

export type ImportOutcome = 'loaded' | 'some-refused' | 'database-lost' | 'interrupted'

/** 0 all loaded, 2 some refused, 3 database lost, 130 interrupted. */
export const exitCodes: Record<ImportOutcome, number> = { loaded: 0, 'some-refused': 2, 'database-lost': 3, interrupted: 130 }

export type ImportSummary = {
  outcome: ImportOutcome
  exitCode: number
  files: FileSummary[]
  /** Files of the given folders that hold no data. */
  ignored: string[]
  /** Where the last batch ended, when the import stopped early: what comes after it is not written. */
  lastCommitted: { path: string; line: number } | null
}

const shownLines = 10

export const noCounts: WriteCounts = { created: 0, updated: 0, unchanged: 0, superseded: 0 }

export const addCounts = (a: WriteCounts, b: WriteCounts): WriteCounts => ({
  created: a.created + b.created, updated: a.updated + b.updated, unchanged: a.unchanged + b.unchanged, superseded: a.superseded + b.superseded,
})

export const emptySummary = (path: string, kind: RecordKind | null, format: string | null): FileSummary => ({
  path, kind, format, ...noCounts, read: 0, resumed: 0, rejected: 0, flags: {}, unknownFields: [], rejectsPath: null, refused: null, seconds: 0,
})

export function noteFlags(summary: FileSummary, flags: readonly string[], line: number): void {
  for (const flag of flags) {
    const seen = (summary.flags[flag] ??= { count: 0, firstLines: [] })
    seen.count++
    if (seen.firstLines.length < shownLines) seen.firstLines.push(line)
  }
}

/** A file with a thousand names of its own is of another kind; naming them all helps nobody. */
const maxUnknownFields = 100

export function noteUnknownFields(summary: FileSummary, names: readonly string[]): void {
  for (const name of names) {
    if (summary.unknownFields.length < maxUnknownFields && !summary.unknownFields.includes(name)) summary.unknownFields.push(name)
  }
}
