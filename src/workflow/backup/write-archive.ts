import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { FishboneError } from '../../domain/error.ts'
import { sections } from './archive-format.ts'
import type { ArchiveHeader, Section, SectionLines } from './archive-format.ts'

export type ArchiveSource = { header: ArchiveHeader } & { [S in keyof SectionLines]: () => AsyncIterable<SectionLines[S]> }

/** Lines are gathered to pieces of about this many characters: a call of the compressor a line costs more than the line. */
const pieceLength = 65_536

async function* linesOf(source: ArchiveSource, onLines: (section: Section) => void): AsyncGenerator<string> {
  const whole = createHash('sha256')
  const closed = (value: object): string => {
    const line = `${JSON.stringify(value)}\n`
    whole.update(line)
    return line
  }
  yield closed(source.header)
  for (const section of sections) {
    const hash = createHash('sha256')
    let lines = 0
    let piece = ''
    for await (const line of source[section]()) {
      piece += `${JSON.stringify(line)}\n`
      lines += 1
      if (piece.length < pieceLength) continue
      hash.update(piece)
      yield piece
      piece = ''
      onLines(section)
    }
    hash.update(piece)
    yield piece + closed({ sectionEnd: section, lines, sha256: hash.digest('hex') })
    onLines(section)
  }
  yield `${JSON.stringify({ end: { sha256: whole.digest('hex') } })}\n`
}

/** What is written must be on the disk before it is given its name. */
const syncToDisk = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const giveName = async (draft: string, path: string): Promise<void> => {
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new FishboneError('FB_CONFLICT', `${path} is there already: give another name, nothing was written over`)
  }
}

/**
 * Writes an archive, readable by its owner only. It has its name when it is whole and on the disk, and not before: one that is killed leaves a file
 * that ends in `.partial`.
 *
 * @throws FB_CONFLICT where a file of this name is there.
 */
export const writeArchive = async (path: string, source: ArchiveSource, { signal, onLines = () => undefined }: { signal?: AbortSignal; onLines?: (section: Section) => void } = {}): Promise<void> => {
  const draft = `${path}.${randomBytes(4).toString('hex')}.partial`
  try {
    const lines = Readable.from(linesOf(source, onLines))
    // A broken stage must end the source too, or its session stays open.
    await pipeline(lines, createGzip({ level: 1 }), createWriteStream(draft, { mode: 0o600, flags: 'wx' }), { ...(signal && { signal }) })
    await syncToDisk(draft)
    await giveName(draft, path)
    await syncToDisk(dirname(path))
  } finally {
    await rm(draft, { force: true })
  }
}
