import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { importFiles, type ImportRequest } from '../../src/ingest/import-files.ts'
import type { ImportIngest } from '../../src/ingest/import-files/import-job.ts'

type Written = { kind: string; records: Record<string, unknown>[]; flags: string[][]; live: boolean | null }

/**
 * The write side of an import, in memory: idempotent by key as the real one, and failing where a test says so.
 *
 * @param fail called before each batch with its ordinal from 1; what it throws is thrown, and nothing of the batch is written.
 */
export function createMemoryIngest({ fail = () => undefined }: { fail?: (batch: number) => void | Promise<void> } = {}) {
  const stored = new Map<string, string>()
  const batches: Written[] = []
  let tries = 0
  const put = async (kind: string, rows: readonly { record: object; flags: string[] }[], live: boolean | null) => {
    await fail(++tries)
    const counts = { created: 0, updated: 0, unchanged: 0, superseded: 0 }
    for (const { record } of rows) {
      const { vin, sourceId, snapshotId, repairOrderId, caseId, code, name } = record as Record<string, unknown>
      const key = JSON.stringify([kind, snapshotId ?? repairOrderId ?? caseId ?? sourceId ?? code ?? name ?? vin])
      const before = stored.get(key)
      const after = JSON.stringify(record)
      counts[before === undefined ? 'created' : before === after ? 'unchanged' : 'updated']++
      stored.set(key, after)
    }
    batches.push({ kind, records: rows.map(row => ({ ...row.record })), flags: rows.map(row => row.flags), live })
    return counts
  }
  const ingest: ImportIngest = {
    ingestBatch: (kind, entries, { live }) => put(kind, entries, live),
    ingestReference: (kind, rows) => put(kind, rows.map(record => ({ record, flags: [] })), null),
  }
  return { ingest, batches, stored, recordsOf: (kind: string) => batches.filter(batch => batch.kind === kind).flatMap(batch => batch.records) }
}

/** A folder for files to import and a data folder, both removed at the end. */
export async function createImportPlace() {
  const root = await mkdtemp(join(tmpdir(), 'fishbone-import-'))
  const dataDir = join(root, 'data')
  return {
    root,
    dataDir,
    path: (name: string) => join(root, 'in', name),
    async write(name: string, content: string | Buffer): Promise<string> {
      const path = join(root, 'in', name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, content)
      return path
    },
    append: (name: string, content: string) => appendFile(join(root, 'in', name), content),
    run: (ingest: ImportIngest, paths: string[], more: Partial<ImportRequest> = {}) =>
      importFiles({ paths, ingest, dataDir, now: new Date('2023-06-01T00:00:00Z'), clock: () => 0, sleep: () => Promise.resolve(), ...more }),
    remove: () => rm(root, { recursive: true, force: true }),
  }
}

export const vinOf = (index: number): string => `LJ1EEAUU0N77${String(index).padStart(5, '0')}`
export const feedbackOf = (index: number, more: object = {}) => ({
  channel: 'nomi', sourceId: `F-${index}`, occurredAt: '2023-01-09T06:12:44Z', text: 'charging stops in damp weather', vin: vinOf(index), ...more,
})
export const ndjson = (records: readonly unknown[]): string => records.map(record => `${JSON.stringify(record)}\n`).join('')
