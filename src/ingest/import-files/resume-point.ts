import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { RecordSource } from '../readers/read-records.ts'
import { readOpening } from '../readers/read-bytes.ts'

const Counts = z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), superseded: z.int() })

/** What of a file is already in the graph: everything up to `position`, with what that came to. */
export const ResumePoint = z.object({
  version: z.literal(1),
  path: z.string(),
  position: z.int().min(0),
  line: z.int().min(0),
  counts: Counts,
  savedAt: z.string(),
})
export type ResumePoint = z.infer<typeof ResumePoint>

const keptDays = 30

export const importsFolderOf = (dataDir: string): string => join(dataDir, 'imports')

/**
 * Where a file's resume point lies: a file that was replaced, edited or is read as something else has another one. A wrong one could only cost lines, so the key takes
 * in whatever an edit changes: path, size, time and the opening.
 */
export async function resumePath(dataDir: string, path: string, source: RecordSource): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  const identity = JSON.stringify([path, size, mtimeMs, source])
  const key = createHash('sha256').update(identity).update(await readOpening(path)).digest('hex').slice(0, 32)
  return join(importsFolderOf(dataDir), `${key}.json`)
}

/** The point an earlier run got to, or null. A damaged one counts as none: writes are idempotent, only time is lost. */
export async function readResumePoint(file: string): Promise<ResumePoint | null> {
  try {
    return ResumePoint.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** Replaces the point in one step, so that a kill leaves the old one or the new one. */
export async function saveResumePoint(file: string, point: ResumePoint): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.part`, JSON.stringify(point), { mode: 0o600 })
  await rename(`${file}.part`, file)
}

export const removeResumePoint = (file: string): Promise<void> => rm(file, { force: true })

/** Removes points nobody came back to for 30 days, and temporary files of killed runs. */
export async function removeOldResumePoints(dataDir: string, now: Date): Promise<void> {
  const folder = importsFolderOf(dataDir)
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const age = now.getTime() - (await stat(path)).mtimeMs
    const leftOver = name.startsWith('merge-') && age > 86_400_000
    if (leftOver || (name.endsWith('.json') && age > keptDays * 86_400_000)) await rm(path, { recursive: true, force: true })
  }
}
