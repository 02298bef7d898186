import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Where a projection is kept between runs. */
export type ProjectionFile = {
  /** The bytes on shared memory; null where there are none, or they are not what was written. */
  read(): Promise<Uint8Array | null>
  write(parts: readonly Uint8Array[]): Promise<void>
}

type Log = { warn(details: object, message: string): void }

const sumBytes = 32
const blockBytes = 32 * 2 ** 20

/**
 * A file that ends with the SHA-256 of what it holds. It is written beside and renamed, so that a reader never sees half of it; only the owner
 * may read it, for it holds which car carried what.
 */
export const createProjectionFile = ({ path, log }: { path: string; log: Log }): ProjectionFile => ({
  async read() {
    try {
      const bytes = await readWhole(path)
      if (bytes === null) log.warn({ file: path }, 'the saved fleet is damaged and is read from the graph again')
      return bytes
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn({ err: error, file: path }, 'the saved fleet cannot be read; the graph is')
      return null
    }
  },
  async write(parts) {
    const draft = `${path}.${process.pid}.draft`
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    try {
      await writeWhole(draft, parts)
      await rename(draft, path)
    } finally {
      await rm(draft, { force: true })
    }
  },
})

async function readWhole(path: string): Promise<Uint8Array | null> {
  const file = await open(path, 'r')
  try {
    const size = (await file.stat()).size - sumBytes
    if (size < 0) return null
    const bytes = new Uint8Array(new SharedArrayBuffer(size))
    const hash = createHash('sha256')
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(blockBytes, size - at), at)
      if (bytesRead === 0) return null
      hash.update(bytes.subarray(at, at + bytesRead))
      at += bytesRead
    }
    const sum = Buffer.alloc(sumBytes)
    await file.read(sum, 0, sumBytes, size)
    return sum.equals(hash.digest()) ? bytes : null
  } finally {
    await file.close()
  }
}

async function writeWhole(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    const hash = createHash('sha256')
    for (const part of parts)
      for (let at = 0; at < part.length; at += blockBytes) await writeBlock(file, hash, part.subarray(at, at + blockBytes))
    await file.write(hash.digest())
    // On disk before it takes the place of the old one.
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function writeBlock(file: FileHandle, hash: ReturnType<typeof createHash>, block: Uint8Array): Promise<void> {
  hash.update(block)
  for (let at = 0; at < block.length; ) at += (await file.write(block, at, block.length - at)).bytesWritten
}
