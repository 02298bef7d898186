import { createHash } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RecordError } from '../readers/source-item.ts'

export type Reject = { line: number; errors: RecordError[]; record: unknown }

/** Days that refused lines are kept. */
export const rejectsKeptDays = 30

export const rejectsFolderOf = (dataDir: string): string => join(dataDir, 'rejects')

/** Which file a rejects file belongs to, so that two files of one name in two folders do not overwrite each other's. */
const sourcesFile = (dataDir: string): string => join(rejectsFolderOf(dataDir), '.sources.json')

const readSources = async (dataDir: string): Promise<Record<string, string>> => {
  try {
    return JSON.parse(await readFile(sourcesFile(dataDir), 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}

async function claimName(dataDir: string, source: string): Promise<string> {
  const sources = await readSources(dataDir)
  const plain = `${basename(source)}.rejects.ndjson`
  const own = (sources[plain] ?? source) === source ? plain : `${basename(source)}.${createHash('sha256').update(source).digest('hex').slice(0, 8)}.rejects.ndjson`
  if (sources[own] !== source) await writeFile(sourcesFile(dataDir), JSON.stringify({ ...sources, [own]: source }), { mode: 0o600 })
  return own
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Half written by an import that is no more; one that runs beside this one still needs its part. */
const isLeftOver = (name: string): boolean => {
  const pid = /\.(\d+)\.part$/.exec(name)?.[1]
  return pid !== undefined && !isRunning(Number(pid))
}

/** Removes rejects older than 30 days, and what a killed import left half written. */
export async function removeOldRejects(dataDir: string, now: Date): Promise<void> {
  const folder = rejectsFolderOf(dataDir)
  const oldest = now.getTime() - rejectsKeptDays * 86_400_000
  const names = await readdir(folder).catch(() => [])
  const removed = new Set<string>()
  for (const name of names.filter(name => name.endsWith('.rejects.ndjson') || name.endsWith('.part'))) {
    const path = join(folder, name)
    if (isLeftOver(name) || (await stat(path)).mtimeMs < oldest) {
      await rm(path, { force: true })
      removed.add(name)
    }
  }
  if (removed.size === 0) return
  const sources = Object.entries(await readSources(dataDir)).filter(([name]) => !removed.has(name))
  await writeFile(sourcesFile(dataDir), JSON.stringify(Object.fromEntries(sources)), { mode: 0o600 })
}

/**
 * Collects the refused lines of one run over one file. They appear under their name only with `finish`, all at once, in place of those of an earlier run; a run without
 * refusals removes them.
 */
export async function openRejectsFile({ dataDir, source }: { dataDir: string; source: string }) {
  await mkdir(rejectsFolderOf(dataDir), { recursive: true, mode: 0o700 })
  const path = join(rejectsFolderOf(dataDir), await claimName(dataDir, source))
  const partPath = `${path}.${process.pid}.part`
  // Opened with the first refusal: most files have none. Mode at creation, so that nobody else can read it at any moment.
  let file: Awaited<ReturnType<typeof open>> | null = null
  let pending = ''
  const flush = async () => {
    file ??= await open(partPath, 'w', 0o600)
    await file.appendFile(pending)
    pending = ''
  }
  return {
    add: async (reject: Reject): Promise<void> => {
      pending += `${JSON.stringify(reject)}\n`
      if (pending.length > 64 * 1024) await flush()
    },
    /** @returns where the refused lines are, or null when there were none. */
    async finish(): Promise<string | null> {
      if (pending !== '') await flush()
      if (file) {
        await file.sync()
        await file.close()
        await rename(partPath, path)
        return path
      }
      await rm(path, { force: true })
      return null
    },
  }
}
export type AddReject = Awaited<ReturnType<typeof openRejectsFile>>['add']
