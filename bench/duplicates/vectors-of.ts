import { readConfig } from '../../src/config.ts'
import { createEmbedder } from '../../src/llm/index.ts'
import { createLogger } from '../../src/logger.ts'
import { createVectorFile } from '../retrieval/vector-file.ts'

/** Vectors of texts by the local model, kept in a file between runs. */
export async function vectorsOf(texts: readonly string[], path: string): Promise<{ modelId: string; of: (text: string) => readonly number[] }> {
  const embedder = await createEmbedder({ mode: 'local', cacheDir: readConfig().cacheDir, logger: createLogger({ level: 'error' }) })
  if (embedder === null) throw new Error('no embedding model here: npx fishbone models fetch')
  const file = createVectorFile(path)
  for (const text of new Set(texts)) {
    const key = file.keyOf(embedder.modelId, 'query', text)
    if (!file.has(key)) file.set(key, (await embedder.embed([text], 'query'))[0]!)
  }
  file.save()
  await embedder.close()
  return { modelId: embedder.modelId, of: text => [...file.get(file.keyOf(embedder.modelId, 'query', text))!] }
}
