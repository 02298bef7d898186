import { createWriteStream } from 'node:fs'
import { readdir, rename, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { splitCells } from '../../ingest/readers/csv-rows.ts'
import { isPacked, readBytes, readOpening } from '../../ingest/readers/read-bytes.ts'
import { recogniseShape } from '../../ingest/readers/recognise-shape.ts'
import { createNames } from './names-somebody.ts'
import type { NamedBy, Names } from './names-somebody.ts'

/** A quoted cell may hold line ends; one that never closes is a fault of the file and ends here. */
const longestRecord = 1_000_000

// Byte by byte: a file may be in any encoding, and what stays must stay as it is.
const encoding = 'latin1'
const asText = (bytes: string): string => Buffer.from(bytes, encoding).toString('utf8')

/** Bytes at the end of a gzip file without which it counts as cut short. */
const gzipTrailer = 8

/** What is known of a file once it was read: one that is cut short is read, here as by an import, as far as it goes. */
type Reading = { isCutShort: boolean }

const isDamage = (error: unknown): boolean => (error as { code?: string }).code === 'FB_IMPORT_FORMAT'

async function* linesOf(path: string, reading: Reading): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const chunk of readBytes(path)) {
      const lines = (rest + chunk.toString(encoding)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield `${line}\n`
    }
  } catch (error) {
    if (!isDamage(error)) throw error
    reading.isCutShort = true
  }
  if (rest !== '') yield rest
}

/** What separates the cells of a file in which a quoted cell may hold line ends; null for other files. Of a file whose shape nobody knows, the first line tells. */
const delimiterOf = async (path: string): Promise<string | null> => {
  // A packed file that cannot be unpacked has nothing to cut into records.
  const opening = await readOpening(path).catch((error: unknown) => {
    if (isDamage(error)) return Buffer.alloc(0)
    throw error
  })
  const shape = recogniseShape(opening)
  if (shape.name === 'csv') return shape.delimiter
  if (shape.name === 'dtc-dictionary') return ','
  if (shape.name !== 'unknown') return null
  const first = asText(opening.toString(encoding)).trimStart().split('\n', 1)[0]!.replace(/^\uFEFF/, '')
  return first.startsWith('{') || first.includes('\t') ? null : ([',', ';'].find(mark => first.includes(mark)) ?? null)
}

/** Records of a file: lines, and in files of quoted cells what belongs to one row. */
async function* recordsOf(path: string, reading: Reading): AsyncGenerator<string> {
  const delimiter = await delimiterOf(path)
  let held: string[] = []
  let length = 0
  for await (const line of linesOf(path, reading)) {
    held.push(line)
    length += line.length
    // Only a line with a quote can open or close a cell.
    const isOpen = delimiter !== null && (line.includes('"') ? splitCells(held.join('').replace(/\r?\n$/, ''), delimiter) === 'open' : held.length > 1)
    if (isOpen && length < longestRecord) continue
    yield* isOpen ? held : [held.join('')]
    held = []
    length = 0
  }
  // As in an import, a cell that is never closed costs its own line only.
  yield* held
}

/**
 * Removes the records of somebody from files that wait to be imported. What is read already by an import under way is not stopped by it.
 *
 * @returns how many records were removed.
 */
export const createDropWaiting =
  ({ dataDir }: { dataDir: string }) =>
  async (somebody: NamedBy): Promise<number> => {
    const names = createNames(somebody)
    const root = join(dataDir, 'spool')
    let dropped = 0
    for (const folder of await readdir(root).catch(() => []))
      for (const name of await readdir(join(root, folder)).catch(() => [])) dropped += await dropFrom(join(root, folder, name), { names, aside: join(dataDir, `erasing-${folder}-${name}`) })
    return dropped
  }

const dropFrom = async (path: string, { names, aside }: { names: Names; aside: string }): Promise<number> => {
  const reading = { isCutShort: false }
  let found = 0
  try {
    for await (const record of recordsOf(path, reading)) if (names.inRecord(asText(record))) found++
    if (found === 0) return 0
    const kept = Readable.from(keptOf(path, names))
    const target = createWriteStream(aside, { mode: 0o600 })
    await ((await isPacked(path)) ? pipeline(kept, createGzip(), target) : pipeline(kept, target))
    // An import must still say that the rest is missing.
    if (reading.isCutShort) await truncate(aside, (await stat(aside)).size - gzipTrailer)
    await rename(aside, path)
    return found
  } catch (error) {
    await rm(aside, { force: true })
    // An import that ends meanwhile takes its files along.
    if ((error as { code?: string }).code === 'ENOENT') return 0
    throw error
  }
}

async function* keptOf(path: string, names: Names): AsyncGenerator<Buffer> {
  for await (const record of recordsOf(path, { isCutShort: false })) if (!names.inRecord(asText(record))) yield Buffer.from(record, encoding)
}
