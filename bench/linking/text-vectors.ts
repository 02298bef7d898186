import { join } from 'node:path'
import type { Embedder } from '../../src/llm/ports.ts'
import { createVectorFile } from '../retrieval/vector-file.ts'

const together = 64

/** Query vectors of texts by a local model, kept in the cache folder between runs: a text costs some thirty milliseconds. */
export async function vectorsOf(texts: readonly string[], embedder: Embedder, cacheDir: string): Promise<(text: string) => Float32Array> {
  const file = createVectorFile(join(cacheDir, 'bench-linking-vectors.jsonl'))
  const keyOf = (text: string): string => file.keyOf(embedder.modelId, 'query', text)
  const missing = [...new Set(texts)].filter(text => !file.has(keyOf(text))).sort((a, b) => a.length - b.length)
  for (let from = 0; from < missing.length; from += together) {
    const part = missing.slice(from, from + together)
    const made = await embedder.embed(part, 'query')
    part.forEach((text, at) => file.set(keyOf(text), made[at] as Float32Array))
  }
  if (missing.length > 0) file.save()
  return text => file.get(keyOf(text)) as Float32Array
}
