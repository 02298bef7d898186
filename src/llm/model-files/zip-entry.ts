import { createWriteStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'

type Entry = { method: number; crc: number; packedBytes: number; bytes: number; headerAt: number }

const endOfDirectory = { signature: 0x06054b50, length: 22, longestComment: 0xffff }
const directoryEntry = { signature: 0x02014b50, length: 46 }
const localHeader = { signature: 0x04034b50, length: 30 }
const methods = { stored: 0, deflated: 8 }

/**
 * Unpacks one file of a zip archive to disk as a stream.
 *
 * @returns its SHA-256 in hex.
 * @throws Error when the archive has no such entry, is broken, or uses a form other than stored and deflated (zip64 and encryption are not read).
 * @see PKWARE APPNOTE.TXT 4.3.
 */
export async function extractZipEntry({ archive, name, target }: { archive: string; name: string; target: string }): Promise<string> {
  const file = await open(archive, 'r')
  try {
    const entry = await findEntry(file, name)
    const header = await readAt(file, entry.headerAt, localHeader.length)
    if (header.readUInt32LE(0) !== localHeader.signature) throw new Error(`Broken zip: no local header for ${name}`)
    const start = entry.headerAt + localHeader.length + header.readUInt16LE(26) + header.readUInt16LE(28)
    const packed = file.createReadStream({ start, end: start + entry.packedBytes - 1, autoClose: false, highWaterMark: 1 << 20 })
    const check = createCheck(entry, name)
    const steps = entry.method === methods.stored ? [packed, check.stream] : [packed, createInflateRaw(), check.stream]
    await pipeline([...steps, createWriteStream(target)])
    return check.sha256()
  } finally {
    await file.close()
  }
}

async function findEntry(file: FileHandle, name: string): Promise<Entry> {
  const { size } = await file.stat()
  const tailLength = Math.min(size, endOfDirectory.length + endOfDirectory.longestComment)
  const tail = await readAt(file, size - tailLength, tailLength)
  const endAt = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (endAt < 0 || endAt + endOfDirectory.length > tail.length) throw new Error('Not a zip archive: no end of central directory')
  const directory = await readAt(file, tail.readUInt32LE(endAt + 16), tail.readUInt32LE(endAt + 12))
  for (let at = 0; at + directoryEntry.length <= directory.length; ) {
    if (directory.readUInt32LE(at) !== directoryEntry.signature) break
    const nameLength = directory.readUInt16LE(at + 28)
    const nameStart = at + directoryEntry.length
    if (directory.toString('utf8', nameStart, nameStart + nameLength) === name) return readEntry(directory, at, name)
    at = nameStart + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  throw new Error(`The zip archive has no entry ${name}`)
}

function readEntry(directory: Buffer, at: number, name: string): Entry {
  const entry = {
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    packedBytes: directory.readUInt32LE(at + 20),
    bytes: directory.readUInt32LE(at + 24),
    headerAt: directory.readUInt32LE(at + 42),
  }
  const isEncrypted = (directory.readUInt16LE(at + 8) & 1) === 1
  if (isEncrypted || !Object.values(methods).includes(entry.method)) {
    throw new Error(`Zip entry ${name} is packed in a form that is not read (method ${entry.method})`)
  }
  return entry
}

function createCheck(entry: Entry, name: string) {
  const hash = createHash('sha256')
  let crc = 0
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      crc = crc32(chunk, crc)
      bytes += chunk.length
      done(null, chunk)
    },
    flush(done) {
      const isWhole = bytes === entry.bytes && crc === entry.crc
      done(isWhole ? null : new Error(`Broken zip: ${name} has ${bytes} bytes, expected ${entry.bytes}, or a wrong checksum`))
    },
  })
  return { stream, sha256: () => hash.digest('hex') }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, position)
  if (bytesRead !== length) throw new Error('Broken zip: the archive ends early')
  return bytes
}
