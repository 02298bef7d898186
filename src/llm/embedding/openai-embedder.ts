import { OpenAIEmbeddings } from '@langchain/openai'
import { FishboneError } from '../../domain/error.ts'
import { abortable } from './abortable.ts'
import type { Embedder, EmbeddingRole } from '../ports.ts'
import { createLastTrouble } from './last-trouble.ts'
import { checkVectors, toUnitVector } from './unit-vector.ts'

export type OpenAiEmbeddingOptions = {
  /** Base address of any OpenAI-compatible service, e.g. `http://127.0.0.1:8000/v1`; the service's own default when not given. */
  baseUrl?: string | undefined
  apiKey?: string | undefined
  model: string
  /** Length of the vectors the index holds. Default 384. */
  dimensions?: number | undefined
  /** Asks the service to shorten its vectors; only some models can. Default: only for `text-embedding-3…`. */
  sendDimensions?: boolean | undefined
  /** Puts `query: ` or `passage: ` before each text, as e5 models want it. Default: when the model's name says e5. */
  rolePrefix?: boolean | undefined
  /** Texts a call; services differ in what they take. Default 64. */
  batchSize?: number | undefined
  timeoutMs?: number | undefined
}

const indexDimensions = 384

/** An embedder over an OpenAI-compatible service. One call a batch, never repeated here: the caller's queue decides on retry. */
export function createOpenAiEmbedder(options: OpenAiEmbeddingOptions): Embedder {
  const { model, dimensions = indexDimensions, rolePrefix = /\be5\b/i.test(model), batchSize = 64 } = options
  const client = createClient(options, dimensions)
  const modelId = `openai:${model}/${dimensions}`
  const trouble = createLastTrouble()
  return {
    modelId,
    dimensions,
    async embed(texts, role, embedOptions) {
      const prefixed = rolePrefix ? texts.map(text => withPrefix(text, role)) : [...texts]
      const vectors: Float32Array[] = []
      for (let start = 0; start < prefixed.length; start += batchSize) {
        const batch = prefixed.slice(start, start + batchSize)
        const found = await trouble.watch(() => abortable(embedOptions?.signal, () => embedBatch(client, batch, model)))
        refuseOtherLength(found, { model, dimensions })
        const units = found.map(toUnitVector)
        checkVectors(units, { count: batch.length, dimensions, modelId })
        vectors.push(...units)
      }
      return vectors
    },
    trouble: () => trouble.told(),
    close: () => Promise.resolve(),
  }
}

function createClient(options: OpenAiEmbeddingOptions, dimensions: number): OpenAIEmbeddings {
  const { model, sendDimensions = model.startsWith('text-embedding-3'), batchSize = 64, timeoutMs = 30_000 } = options
  return new OpenAIEmbeddings({
    model,
    batchSize,
    timeout: timeoutMs,
    maxRetries: 0,
    // Every service sends floats; base64 only some.
    encodingFormat: 'float',
    // A local service needs no key, but the client refuses to be without one.
    apiKey: options.apiKey ?? 'none',
    ...(sendDimensions ? { dimensions } : {}),
    configuration: options.baseUrl === undefined ? {} : { baseURL: options.baseUrl },
  })
}

async function embedBatch(client: OpenAIEmbeddings, batch: string[], model: string): Promise<number[][]> {
  try {
    return await client.embedDocuments(batch)
  } catch (cause) {
    const status = (cause as { status?: unknown }).status
    const what = typeof status === 'number' ? `answered ${status}` : 'could not be reached'
    throw new FishboneError('FB_EMBEDDER_UNAVAILABLE', `The embedding service for ${model} ${what}`, { cause, details: { model, status } })
  }
}

function refuseOtherLength(found: readonly number[][], expected: { model: string; dimensions: number }): void {
  const other = found.find(vector => vector.length !== expected.dimensions)
  if (other === undefined) return
  throw new FishboneError(
    'FB_CONFIG_INVALID',
    `The embedding model ${expected.model} makes vectors of ${other.length} numbers, the index holds ${expected.dimensions}`,
    { details: { model: expected.model, length: other.length, expected: expected.dimensions } },
  )
}

function withPrefix(text: string, role: EmbeddingRole): string {
  return `${role}: ${text}`
}
