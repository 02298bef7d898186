import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import type { JobProgress } from '../domain/job.ts'
import type { ImportResult } from '../domain/import-result.ts'
import { recordKinds } from '../domain/record-kind.ts'
import { importFiles } from '../ingest/import-files.ts'
import type { ImportIngest } from '../ingest/import-files/import-job.ts'
import type { FileSummary } from '../ingest/import-files/import-summary.ts'
import { publicFormats } from '../ingest/readers/recognise-shape.ts'
import type { Spool } from '../ingest/spool.ts'

export const RunImportRequest = z.object({ spool: z.string(), kind: z.enum(recordKinds).nullable(), format: z.enum(publicFormats).nullable(), live: z.boolean() })
export type RunImportRequest = z.infer<typeof RunImportRequest>

type RunImportControl = { jobId: string; signal: AbortSignal; onProgress: (progress: JobProgress) => void }

/**
 * Loads the files of one import as `fishbone import` does. Run again after a crash it goes on after the last batch that was written.
 *
 * @throws FB_GRAPH_UNAVAILABLE when the database was lost: what was written stays, the same call goes on from there. The signal's reason on abort.
 */
export const createRunImport = ({ ingest, spool, dataDir, now }: { ingest: ImportIngest; spool: Pick<Spool, 'paths'>; dataDir: string; now: () => Date }) =>
  async (request: RunImportRequest, { jobId, signal, onProgress }: RunImportControl): Promise<ImportResult> => {
    const paths = await spool.paths(request.spool)
    const tell = await progressOf(paths, onProgress)
    const summary = await importFiles({
      paths, ...(request.kind && { kind: request.kind }), ...(request.format && { format: request.format }), live: request.live, ingest, dataDir, now: now(), signal, onProgress: tell,
    })
    if (summary.outcome === 'interrupted') throw signal.reason
    if (summary.outcome === 'database-lost') throw new FishboneError('FB_GRAPH_UNAVAILABLE', 'Neo4j went away during the import; it goes on where it stopped')
    // The files stay until the end of the job is written: a worker that dies in between leaves them for the next, who finds nothing left to do.
    return { outcome: summary.outcome, files: summary.files.map((file, index) => shown(file, index, jobId)) }
  }

/** Progress over all files, in bytes. */
const progressOf = async (paths: readonly string[], onProgress: (progress: JobProgress) => void) => {
  const sizes = await Promise.all(paths.map(async path => (await stat(path)).size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const read = new Map<string, number>()
  return (file: { path: string; bytesRead: number; read: number; committed: number }): void => {
    read.set(file.path, file.bytesRead)
    const done = [...read.values()].reduce((sum, bytes) => sum + bytes, 0)
    onProgress({ done: Math.min(done, total), total, message: `${basename(file.path)}: ${file.read} records read, ${file.committed} written` })
  }
}

/** A file's summary without the paths of this machine. */
const shown = ({ path, rejectsPath, format, ...counts }: FileSummary, index: number, jobId: string): ImportResult['files'][number] => ({
  name: basename(path),
  format,
  ...counts,
  rejectsFile: rejectsPath && basename(rejectsPath),
  rejects: rejectsPath && `/v1/imports/${jobId}/rejects/${index}`,
})
