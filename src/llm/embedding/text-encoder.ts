import { basename, dirname, join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { AutoModel, env, Tensor, type PreTrainedModel } from '@xenova/transformers'
import type { Precision } from '../model-files/encoder-layer.ts'
import { groupByLength } from './text-batches.ts'
import { loadTextLabeller, type MiddleState, type TextLabeller } from './text-labeller.ts'
import { readUnigramTokenizer, type UnigramTokenizer } from './unigram-tokenizer.ts'
import { meanUnitVector } from './unit-vector.ts'

/** Turns prefixed texts into unit vectors in this process; a call blocks the event loop while the model runs. */
export type TextEncoder = {
  /** @returns a unit vector a text. */
  encode(texts: readonly string[]): Promise<Float32Array[]>
  /** @returns the chances of the labels of each text; empty without a labeller, and for a text of which the model sees only the beginning. Of a question that was encoded of late half of the work is done. */
  label(texts: readonly string[]): Promise<Float32Array[]>
  /** Token ids as the model sees them, cut to its limit. */
  tokenIds(text: string): number[]
}

const maxTokens = 512
// In int8 the attention's activations of a group share one scale, so a vector would depend on its neighbours: one at a time.
const groupLimits = { fp32: { maxTexts: 16, maxPadded: 1024 }, int8: { maxTexts: 1, maxPadded: 512 } } as const

type LoadedModel = { tokenizer: UnigramTokenizer; model: PreTrainedModel }

type EncoderFolders = { folder: string; precision: Precision; /** Of the labeller that goes on from the middle of this very model; null for none. */ labellerFolder?: string | null }

/** Loads a model folder (`config.json`, `tokenizer.json`, `onnx/…`). */
export async function loadTextEncoder({ folder, precision, labellerFolder = null }: EncoderFolders): Promise<TextEncoder> {
  env.localModelPath = dirname(folder)
  env.allowRemoteModels = false
  env.useBrowserCache = false
  const tokenizer = await readUnigramTokenizer(join(folder, 'tokenizer.json'))
  const model = await AutoModel.from_pretrained(basename(folder), { quantized: precision === 'int8' })
  const labeller: TextLabeller | null = labellerFolder === null ? null : await loadTextLabeller(labellerFolder)
  const loaded = { tokenizer, model }
  const tokenIds = (text: string) => encodeOne(loaded, text)
  const middleOf = new LRUCache<string, MiddleState | typeof noMiddle>({ max: mostMiddles })
  async function encode(texts: readonly string[]): Promise<Float32Array[]> {
    const ids = texts.map(tokenIds)
    const vectors: Float32Array[] = new Array<Float32Array>(texts.length)
    for (const group of groupByLength(ids.map(one => one.length), groupLimits[precision])) {
      const found = await runGroup(loaded, group.map(index => ids[index] ?? []))
      group.forEach((index, position) => {
        const { vector, middle } = found[position] as Encoded
        vectors[index] = vector
        if (labeller !== null && texts[index]?.startsWith(queryPrefix)) middleOf.set(texts[index], ((ids[index]?.length ?? 0) < maxTokens && middle) || noMiddle)
      })
    }
    return vectors
  }
  async function labelOne(text: string): Promise<Float32Array> {
    if (labeller === null) return new Float32Array()
    if (!middleOf.has(text)) await encode([text])
    const middle = middleOf.get(text) ?? noMiddle
    // Each is asked for once; the next ask is answered from the labels remembered.
    middleOf.delete(text)
    return middle === noMiddle ? new Float32Array() : labeller.label(middle)
  }
  return {
    tokenIds,
    encode,
    async label(texts) {
      const all: Float32Array[] = []
      for (const text of texts) all.push(await labelOne(text))
      return all
    },
  }
}

function encodeOne({ tokenizer }: LoadedModel, text: string): number[] {
  const ids = tokenizer.encode(text)
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), tokenizer.endToken]
}

const queryPrefix = 'query: '
/** Questions whose labels may still be asked for. */
const mostMiddles = 16
/** Of a text of which the model sees only the beginning, or by a model of the hub: nothing to go on from. */
const noMiddle = 'none'

/** `middle`: what a labeller goes on from; null for a model of the hub, which does not tell. */
type Encoded = { vector: Float32Array; middle: MiddleState | null }

async function runGroup({ model, tokenizer }: LoadedModel, group: readonly (readonly number[])[]): Promise<Encoded[]> {
  const width = Math.max(...group.map(ids => ids.length))
  const tokens = new BigInt64Array(group.length * width).fill(BigInt(tokenizer.padToken))
  const mask = new BigInt64Array(group.length * width)
  group.forEach((ids, row) => ids.forEach((id, column) => {
    tokens[row * width + column] = BigInt(id)
    mask[row * width + column] = 1n
  }))
  const dims = [group.length, width]
  const { last_hidden_state: last, middle_hidden_state: middle } = await (model as unknown as RunModel)({
    input_ids: new Tensor('int64', tokens, dims),
    attention_mask: new Tensor('int64', mask, dims),
  })
  const dimensions = last.dims[2] ?? 0
  return group.map(({ length }, row) => {
    const offset = row * width * dimensions
    const rows = middle?.data.subarray(offset, offset + length * dimensions)
    return { vector: meanUnitVector(last.data, { offset, length, dimensions }), middle: rows === undefined ? null : { rows, tokens: length, dimensions } }
  })
}

type State = { data: Float32Array; dims: number[] }
/** The library declares its models callable in a way that TypeScript does not see. A model of the hub has no middle state. */
type RunModel = (inputs: Record<string, Tensor>) => Promise<{ last_hidden_state: State; middle_hidden_state?: State }>
