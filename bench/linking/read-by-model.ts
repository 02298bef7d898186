import { readConfig } from '../../src/config.ts'
import { createEmbedder } from '../../src/llm/index.ts'
import type { TextVector } from '../../src/vocabulary/index.ts'
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

/** Labels of a text without its vector: the linker asks for either. */
export const labelsAlone = (labels: Float32Array): TextVector => ({ modelId: '', embedding: new Float32Array(), labels })
