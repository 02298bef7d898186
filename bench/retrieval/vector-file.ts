import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Vectors kept between runs, because the model needs a third of a second for a long complaint. One JSON line a vector, base64 of float32. */
export function createVectorFile(file: string) {
  const vectors = new Map<string, Float32Array>()
  if (existsSync(file)) {
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const [key, encoded] = JSON.parse(line) as [string, string]
      const bytes = Buffer.from(encoded, 'base64')
      vectors.set(key, new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)))
    }
  }
  return {
    keyOf: (modelId: string, role: string, text: string): string => createHash('sha256').update(`${modelId}\0${role}\0${text}`).digest('hex'),
    has: (key: string): boolean => vectors.has(key),
    get: (key: string): Float32Array | undefined => vectors.get(key),
    set: (key: string, vector: Float32Array): void => void vectors.set(key, vector),
    save(): void {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, [...vectors].map(([key, vector]) => JSON.stringify([key, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')])).join('\n'))
    },
  }
}
