import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { FishboneError } from '../../domain/error.ts'
import { ArchiveEnd, ArchiveHeader, archiveVersion, SectionEnd, sections } from './archive-format.ts'
import type { ArchiveSummary, Section, SectionLines } from './archive-format.ts'

const beforeHeader = 'before its header'

const damaged = (path: string, what: string, cause?: unknown) => new FishboneError('FB_BACKUP_INVALID', `${path} cannot be restored: ${what}`, { cause })

/** Lines of the file as text. Cut at line feeds alone: what people write may hold other ends of lines. @throws FB_BACKUP_INVALID where it is no gzip file, or broke off. */
async function* textLines(path: string, place: () => string): AsyncGenerator<string> {
  const file = createReadStream(path)
  const content = createGunzip()
  file.on('error', error => content.destroy(error))
  file.pipe(content).setEncoding('utf8')
  let rest = ''
  try {
    for await (const piece of content as AsyncIterable<string>) {
      const texts = (rest + piece).split('\n')
      rest = texts.pop() ?? ''
      yield* texts
    }
  } catch (error) {
    throw whyBroken(path, error, place())
  } finally {
    file.destroy()
    content.destroy()
  }
}

const whyBroken = (path: string, error: unknown, place: string): unknown => {
  if (error instanceof FishboneError || !(error instanceof Error) || !('code' in error)) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR') return damaged(path, `it was cut short ${place}`, error)
  if (code?.startsWith('Z_')) return damaged(path, place === beforeHeader ? 'it is no backup of Fishbone' : `its content is damaged ${place}`, error)
  return damaged(path, `it cannot be read (${code ?? 'unknown'})`, error)
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

export type ArchiveLine = { [S in Section]: { section: S; line: SectionLines[S] } }[Section]

/**
 * Reads an archive and holds it against its own sums, from the header to the end.
 *
 * @yields its lines in order. Nothing of it is known to be good before the last: read it once to the end before anything is written.
 * @returns what it holds.
 * @throws FB_BACKUP_INVALID with what is wrong and where.
 */
export async function* readArchive(path: string): AsyncGenerator<ArchiveLine, ArchiveSummary> {
  let at = beforeHeader
  const whole = createHash('sha256')
  const lines: Record<Section, number> = { nodes: 0, relationships: 0, files: 0 }
  let header: ArchiveHeader | null = null
  let hash = createHash('sha256')
  let position = 0
  let isEnded = false
  for await (const text of textLines(path, () => at)) {
    const section = sections[position]
    if (header === null) {
      header = headerOf(path, text)
      whole.update(`${text}\n`)
    } else if (section === undefined) {
      const end = ArchiveEnd.safeParse(parsed(text))
      if (isEnded || !end.success || end.data.end.sha256 !== whole.digest('hex')) throw damaged(path, 'the sum at its end does not match')
      // The file is read on to where it stops: it may be cut within its last bytes, or go on.
      isEnded = true
    } else if (text.startsWith('{"sectionEnd":')) {
      const close = SectionEnd.safeParse(parsed(text))
      const isWhole = close.success && close.data.sectionEnd === section && close.data.lines === lines[section] && close.data.sha256 === hash.digest('hex')
      if (!isWhole) throw damaged(path, `the sum of its ${section} does not match`)
      whole.update(`${text}\n`)
      hash = createHash('sha256')
      position += 1
    } else {
      hash.update(`${text}\n`)
      lines[section] += 1
      const line = parsed(text)
      if (line === undefined) throw damaged(path, `line ${lines[section]} of its ${section} is damaged`)
      yield { section, line } as ArchiveLine
    }
    const next = sections[position]
    at = next === undefined ? 'before its end' : `in its ${next}, after line ${lines[next]}`
  }
  if (header === null || !isEnded) throw damaged(path, `it was cut short ${at}`)
  return { header, lines }
}

const headerOf = (path: string, text: string): ArchiveHeader => {
  const header = ArchiveHeader.safeParse(parsed(text))
  if (!header.success) throw damaged(path, 'it is no backup of Fishbone')
  const { fishboneBackup } = header.data
  if (fishboneBackup !== archiveVersion) throw damaged(path, `it is of form ${fishboneBackup}, this Fishbone reads form ${archiveVersion}; restore it with the Fishbone that made it (${header.data.fishbone})`)
  return header.data
}

/** Reads all of it and keeps nothing. @throws FB_BACKUP_INVALID */
export const checkArchive = async (path: string, onLines: (lines: number) => void = () => undefined): Promise<ArchiveSummary> => {
  const reading = readArchive(path)
  for (let read = 0; ; read += 1) {
    const step = await reading.next()
    if (step.done) return step.value
    if (read % 10_000 === 0) onLines(read)
  }
}
