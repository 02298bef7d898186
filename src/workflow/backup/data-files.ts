import { mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { FileLine } from './archive-format.ts'

/** Small enough for a line, large enough that few are needed. */
const pieceBytes = 256 * 1024

/** The graph is copied through the database; the projection is made anew from it. */
const leftOut = new Set(['neo4j', 'analysis'])
/** What opens doors: VINs, sealed webhook secrets, the API. */
const keyFile = /^(?:vin\.key|keys\.json|admin-key\.txt)(?:$|\.)/

const isDraft = (name: string): boolean => name.startsWith('.keys-') || name.startsWith('.writable-') || name.endsWith('.partial') || /^vin\.key\.[0-9a-f]{12}$/.test(name)

/** A data folder of its own inside this one, such as that of the demo. */
const isOtherInstallation = async (folder: string): Promise<boolean> =>
  (await Promise.all(['neo4j', 'vin.key'].map(name => stat(join(folder, name)).then(() => true, () => false)))).some(Boolean)

const filesIn = async (folder: string, isTop: boolean): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const found = await Promise.all(entries.filter(({ name }) => !(isTop && leftOut.has(name)) && !isDraft(name)).map(async entry => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return [path]
    return entry.isDirectory() && !(isTop && (await isOtherInstallation(path))) ? filesIn(path, false) : []
  }))
  return found.flat()
}

/** Paths under a data folder that a backup holds, with `/`, in order. */
export const listDataFiles = async (dataDir: string, { withKeys = true }: { withKeys?: boolean } = {}): Promise<string[]> =>
  (await filesIn(dataDir, true)).map(path => path.slice(dataDir.length + 1).replaceAll(sep, '/')).filter(path => withKeys || !keyFile.test(path)).sort()

/** Pieces of one file; a file that went away meanwhile (files of an import that ended) gives none. */
export async function* readDataFile(dataDir: string, path: string): AsyncGenerator<FileLine> {
  const handle = await open(join(dataDir, path), 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (handle === null) return
  try {
    const { mode } = await handle.stat()
    const buffer = Buffer.alloc(pieceBytes)
    for (let at = 0; ; ) {
      const { bytesRead } = await handle.read(buffer, 0, pieceBytes, at)
      if (bytesRead === 0 && at > 0) return
      yield { path, mode: mode & 0o777, at, content: buffer.subarray(0, bytesRead).toString('base64') }
      at += bytesRead
      if (bytesRead < pieceBytes) return
    }
  } finally {
    await handle.close()
  }
}

/** Where a file of an archive goes; one that would leave the folder goes nowhere. */
export const targetOf = (dataDir: string, path: string): string | null => {
  const parts = path.split('/')
  return parts.some(part => part === '' || part === '.' || part === '..' || part.includes('\0') || part.includes('\\')) ? null : join(dataDir, ...parts)
}

/**
 * Writes the pieces of one file in order; the first makes it anew. A file of keys that is there and differs is put aside, never written over: without
 * it what it sealed stays shut.
 */
export const writeDataFile = async (dataDir: string, { path, mode, at, content }: FileLine, setAside: string): Promise<void> => {
  const target = targetOf(dataDir, path)
  if (target === null) return
  const bytes = Buffer.from(content, 'base64')
  if (at > 0) return writeFile(target, bytes, { flag: 'a' })
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  if (keyFile.test(path) && !(await holds(target, bytes))) await rename(target, `${target}.${setAside}`).catch(() => undefined)
  await writeFile(target, bytes, { mode })
}

const holds = async (path: string, bytes: Buffer): Promise<boolean> => (await readFile(path).catch(() => null))?.equals(bytes) ?? false
