import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** What names somebody in a file as it was sent. */
export type NamedBy = {
  /** Strings of their own wherever they stand, whatever their case: VINs. */
  words: readonly string[]
  /** Whole values: the reference of the person, ids of their records. */
  values: readonly string[]
}

/** A quoted cell may hold line ends; one that never closes is a fault of the file and ends here. */
const longestRecord = 1_000_000

// Byte by byte: a file may be in any encoding, and what stays must stay as it is.
const encoding = 'latin1'
const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString(encoding)

async function* linesOf(path: string): AsyncGenerator<string> {
  const raw = createReadStream(path)
  const content = path.endsWith('.gz') ? raw.pipe(createGunzip()).on('error', () => raw.destroy()) : raw
  let rest = ''
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString(encoding)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield `${line}\n`
  }
  if (rest !== '') yield rest
}

const hasOpenQuote = (text: string): boolean => (text.split('"').length - 1) % 2 === 1

/** Records of a file: lines, and in comma-separated files what belongs to one row. */
async function* recordsOf(path: string): AsyncGenerator<string> {
  let isQuoted: boolean | null = null
  let held = ''
  for await (const line of linesOf(path)) {
    isQuoted ??= line.trim() === '' ? null : !line.trimStart().startsWith('{') && line.includes(',') && !line.includes('\t')
    held += line
    if (isQuoted && hasOpenQuote(held) && held.length < longestRecord) continue
    yield held
    held = ''
  }
  if (held !== '') yield held
}

/** Whether a record, JSON or a row of cells, names somebody. */
export const createNames = ({ words, values }: NamedBy) => {
  const own = words.map(word => word.toLowerCase())
  const json = values.map(value => asBytes(JSON.stringify(value)))
  const cells = new Set(values.map(asBytes))
  return (record: string): boolean => {
    const small = record.toLowerCase()
    if (own.some(word => small.includes(word)) || json.some(value => record.includes(value))) return true
    return !record.trimStart().startsWith('{') && record.split(/[,\t|\r\n]/).some(cell => cells.has(cell.trim().replace(/^"(.*)"$/, '$1')))
  }
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

const dropFrom = async (path: string, { names, aside }: { names: (record: string) => boolean; aside: string }): Promise<number> => {
  let found = 0
  try {
    for await (const record of recordsOf(path)) if (names(record)) found++
    if (found === 0) return 0
    const kept = Readable.from(keptOf(path, names))
    const target = createWriteStream(aside, { mode: 0o600 })
    await (path.endsWith('.gz') ? pipeline(kept, createGzip(), target) : pipeline(kept, target))
    await rename(aside, path)
    return found
  } catch (error) {
    await rm(aside, { force: true })
    // An import that ends meanwhile takes its files along; a packed file that cannot be unpacked brings nothing in either.
    const code = (error as { code?: string }).code ?? ''
    if (code === 'ENOENT' || code.startsWith('Z_')) return 0
    throw error
  }
}

async function* keptOf(path: string, names: (record: string) => boolean): AsyncGenerator<Buffer> {
  for await (const record of recordsOf(path)) if (!names(record)) yield Buffer.from(record, encoding)
}
