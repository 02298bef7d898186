import type { RecordKind } from '../domain/record-kind.ts'
import type { WriteCounts } from '../graph/ports/record-store.ts'
import { checkRecord } from '../ingest/readers/check-record.ts'
import type { IngestEntry } from '../ingest/ingest-batch.ts'

/** RFC 6901: `parts[0].lot` as a file's summary names it is `/parts/0/lot`; the whole record is the empty pointer. */
export const pointerOfPath = (path: string): string => (path === '' ? '' : `/${path.replaceAll(/[.[]/g, '/').replaceAll(']', '')}`)

/** A record that was refused: its place among those sent, and every fault with a pointer into it. */
export type RefusedRecord = { index: number; errors: { pointer: string; message: string }[] }

/** What became of records of one kind; all numbers add up to those sent. `superseded`: a version received later was there and stays. */
export type TakenRecords = { accepted: number; updated: number; unchanged: number; superseded: number; rejected: RefusedRecord[] }

export type TakeRecords = (kind: RecordKind, items: readonly unknown[]) => Promise<TakenRecords>

type IngestBatch = <K extends RecordKind>(kind: K, entries: readonly IngestEntry<K>[]) => Promise<WriteCounts>

/**
 * Takes records of one kind as they were sent: each is held against the import contract by itself, those that pass are written together.
 *
 * @throws FB_GRAPH_UNAVAILABLE: then none or all of those that pass were written, and the same call may be repeated.
 */
export const createTakeRecords = ({ ingestBatch, now }: { ingestBatch: IngestBatch; now: () => Date }): TakeRecords =>
  async (kind, items) => {
    const at = now()
    const entries: IngestEntry<RecordKind>[] = []
    const rejected: RefusedRecord[] = []
    items.forEach((item, index) => {
      const checked = checkRecord(kind, item, { now: at })
      if (checked.ok) entries.push({ record: checked.record, flags: checked.flags })
      else rejected.push({ index, errors: checked.errors.map(({ path, message }) => ({ pointer: pointerOfPath(path), message })) })
    })
    const { created, updated, unchanged, superseded } = entries.length === 0 ? { created: 0, updated: 0, unchanged: 0, superseded: 0 } : await ingestBatch(kind, entries)
    return { accepted: created, updated, unchanged, superseded, rejected }
  }
