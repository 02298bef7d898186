import { readConfig } from '../../src/config.ts'
import { createEmbedder } from '../../src/llm/index.ts'
import type { Linker, TextVector } from '../../src/vocabulary/index.ts'
import { labellerFolder } from '../../src/vocabulary-files.ts'

/**
 * The vectors of some texts with what the text labeller that ships hears in them, as triage reads them.
 *
 * @throws Error where the local model is not on this machine.
 */
export async function readByModel(texts: readonly string[]): Promise<(text: string) => TextVector> {
  const embedder = await createEmbedder({ mode: 'local', cacheDir: readConfig().cacheDir, labellerFolder, logger: console })
  if (embedder === null) throw new Error('no local model: `fishbone models fetch` first')
  const vectors = new Map<string, TextVector>()
  for (const text of texts) {
    const [embedding] = await embedder.embed([text], 'query')
    vectors.set(text, { modelId: embedder.modelId, embedding: embedding as Float32Array, labels: (await embedder.labelsOf?.(text)) ?? null })
  }
  await embedder.close()
  return text => vectors.get(text) as TextVector
}

/** A linker that reads every text with the same labels and no vector; with none, by its words. */
export const hearing = (linker: Linker, labels: Float32Array | null): Linker =>
  ({ ...linker, link: text => linker.link(text, { vector: labels && { modelId: '', embedding: new Float32Array(), labels } }) })
