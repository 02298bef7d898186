import { open } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { createGunzip, gunzipSync, constants } from 'node:zlib'
import { FishboneError } from '../../domain/error.ts'

const gzipMagic = Buffer.from([0x1f, 0x8b])

const readHead = async (path: string, bytes: number): Promise<Buffer> => {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const isGzip = (head: Buffer): boolean => head.subarray(0, 2).equals(gzipMagic)

/** Whether a file is gzip, whatever its name says. */
export const isPacked = async (path: string): Promise<boolean> => isGzip(await readHead(path, 2))

/** The first bytes of a file, unpacked where it is gzip, whatever its name says. */
export async function readOpening(path: string, bytes = 64 * 1024): Promise<Buffer> {
  const head = await readHead(path, bytes)
  if (!isGzip(head)) return head
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, bytes)
  } catch (cause) {
    throw new FishboneError('FB_IMPORT_FORMAT', 'the file begins as gzip but cannot be unpacked', { cause })
  }
}

/**
 * The content of a file in chunks, unpacked where it is gzip by its first two bytes.
 *
 * @param onBytes told the bytes taken from disk (packed ones for gzip), for a progress bar.
 * @throws FB_IMPORT_FORMAT, after what could be unpacked, when a gzip file is cut short or damaged.
 */
export async function* readBytes(path: string, onBytes: (count: number) => void = () => undefined): AsyncGenerator<Buffer> {
  const packed = await isPacked(path)
  const source = createReadStream(path, { highWaterMark: 256 * 1024 })
  source.on('data', chunk => onBytes(chunk.length))
  const gunzip = packed ? createGunzip() : null
  if (gunzip) {
    source.on('error', error => gunzip.destroy(error))
    source.pipe(gunzip)
  }
  try {
    for await (const chunk of gunzip ?? source) yield chunk as Buffer
  } catch (cause) {
    if (!packed) throw cause
    throw new FishboneError('FB_IMPORT_FORMAT', 'the gzip file is cut short or damaged', { cause })
  } finally {
    source.destroy()
    gunzip?.destroy()
  }
}
