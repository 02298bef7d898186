import { isUtf8 } from 'node:buffer'

/** Longest line that is read, in bytes without its line end. */
export const maxLineBytes = 1024 * 1024

export type SourceLine = {
  /** From 1, as an editor counts. */
  line: number
  /** Bytes of the line as it stood in the file. */
  bytes: number
} & (
  | { kind: 'text'; text: string; brokenUtf8: boolean }
  /** Over the limit; its content was let go. */
  | { kind: 'oversize' }
)

export type LineDecoder = (bytes: Buffer) => { text: string; brokenUtf8: boolean }

/** UTF-8 where bytes that are none become U+FFFD, and say so. */
export const decodeUtf8: LineDecoder = bytes => {
  const text = bytes.toString('utf8')
  // A replacement character may also have been written by the source itself, which is not broken.
  return { text, brokenUtf8: text.includes('\uFFFD') && !isUtf8(bytes) }
}

// Node's own decoder of this name reads Latin-1 in some releases of 20 and 22: the 32 places where the two differ are laid over it here.
const windows1252Marks = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
const decodeWindows1252 = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\x80-\x9f]/g, mark => windows1252Marks[mark.charCodeAt(0) - 0x80]!)

/** UTF-8, or Windows-1252 (of which Latin-1 is a part) where it is not: for public files of the years before UTF-8. */
export const decodeLegacy: LineDecoder = bytes =>
  isUtf8(bytes) ? { text: bytes.toString('utf8'), brokenUtf8: false } : { text: decodeWindows1252(bytes), brokenUtf8: false }

const lineFeed = 0x0a
const carriageReturn = 0x0d
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

const cutLine = (bytes: Buffer, line: number): Buffer => {
  const start = line === 1 && bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length
  return bytes.subarray(start, end)
}

/**
 * Cuts chunks into lines at `\n`, holding at most one line and one chunk. A byte-order mark at the start and a `\r` at a line's end are dropped; a last
 * line without `\n` counts. Lines above the limit are passed over without being held.
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  { limit = maxLineBytes, decode = decodeUtf8 }: { limit?: number; decode?: LineDecoder } = {},
): AsyncGenerator<SourceLine> {
  let line = 0
  let held: Buffer[] = []
  let length = 0
  const finish = (): SourceLine => {
    line++
    const bytes = length
    const whole = held.length === 1 ? held[0]! : Buffer.concat(held)
    const content = cutLine(whole, line)
    held = []
    length = 0
    // One byte more than the limit may be held: the `\r` of a line end.
    return bytes > limit + 1 || content.length > limit ? { line, bytes, kind: 'oversize' } : { line, bytes, kind: 'text', ...decode(content) }
  }
  const hold = (part: Buffer): void => {
    length += part.length
    if (length > limit + 4) held = []
    else if (part.length > 0) held.push(part)
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      hold(chunk.subarray(start, end))
      yield finish()
      start = end + 1
    }
    hold(chunk.subarray(start))
  }
  if (length > 0) yield finish()
}
