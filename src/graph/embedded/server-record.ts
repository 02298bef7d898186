import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { isServerOf } from './process-identity.ts'
import type { StoreFolders } from './store-folders.ts'

/** What outlives the process that started a server: its ports are asked for again at the next start. */
export const ServerRecord = z.object({
  pid: z.int().positive().nullable(),
  bolt: z.int().min(1).max(65_535),
  http: z.int().min(1).max(65_535),
  startedAt: z.string(),
})
export type ServerRecord = z.infer<typeof ServerRecord>

export type RunningRecord = ServerRecord & { pid: number }

/** The record, or null when there is none or it was cut short by a crash. */
export function readServerRecord(folders: StoreFolders): ServerRecord | null {
  try {
    const parsed = ServerRecord.safeParse(JSON.parse(readFileSync(folders.recordFile, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The record of a server that runs now, or null: a remembered pid may be gone, or be another program by now. */
export function runningRecord(folders: StoreFolders): RunningRecord | null {
  const record = readServerRecord(folders)
  if (record === null || record.pid === null || !isServerOf(folders.home, record.pid)) return null
  return { ...record, pid: record.pid }
}

export function writeServerRecord(folders: StoreFolders, record: ServerRecord): void {
  const draft = `${folders.recordFile}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(record)}\n`)
  renameSync(draft, folders.recordFile)
}
