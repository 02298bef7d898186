import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { KeptVectors } from './clause-meanings.ts'

/** Where a site keeps the vectors of clauses that no key fits: ids and numbers, no words of people. */
export const clauseVectorsPath = (dataDir: string): string => join(dataDir, 'vocabulary', 'clause-vectors.json')

/** 32-bit floats in base64 by id. */
const VectorFile = z.strictObject({ modelId: z.string(), vectors: z.record(z.string(), z.base64()) })

const floatsOf = (packed: string): Float32Array => {
  const bytes = Buffer.from(packed, 'base64')
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

const contentOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** A file that cannot be read counts as none: it only spares work that can be done again. */
const parsed = (content: string | null): z.infer<typeof VectorFile> | null => {
  try {
    return content === null ? null : VectorFile.parse(JSON.parse(content))
  } catch {
    return null
  }
}

export const createClauseVectorFile = (path: string): KeptVectors => ({
  read(modelId) {
    const file = parsed(contentOf(path))
    return new Map(file?.modelId === modelId ? Object.entries(file.vectors).map(([id, packed]) => [id, floatsOf(packed)]) : [])
  },
  async write(modelId, vectors) {
    const packed = Object.fromEntries([...vectors].map(([id, { buffer, byteOffset, byteLength }]) => [id, Buffer.from(buffer, byteOffset, byteLength).toString('base64')]))
    await mkdir(dirname(path), { recursive: true })
    // Two processes may write at the same time: each has a part of its own, the last one stays.
    await writeFile(`${path}.${process.pid}.part`, JSON.stringify({ modelId, vectors: packed }), { mode: 0o600 })
    await rename(`${path}.${process.pid}.part`, path)
  },
})
