import { dirname, basename } from 'node:path'
import { AutoModel, AutoTokenizer, env, Tensor, type PreTrainedModel, type PreTrainedTokenizer } from '@xenova/transformers'
import type { Precision } from '../model-files/encoder-graph.ts'
import { groupByLength } from './text-batches.ts'
import { meanUnitVector } from './unit-vector.ts'

/** Turns prefixed texts into unit vectors in this process; a call blocks the event loop while the model runs. */
export type TextEncoder = {
  encode(texts: readonly string[]): Promise<Float32Array[]>
  /** Token ids as the model sees them, cut to its limit. */
  tokenIds(text: string): number[]
}

const maxTokens = 512
// Larger groups gain nothing on few cores and make a waiting question wait longer.
const groupLimits = { fp32: { maxTexts: 16, maxPadded: 1024 }, int8: { maxTexts: 16, maxPadded: 1024 } } as const

type LoadedModel = { tokenizer: PreTrainedTokenizer; model: PreTrainedModel; endToken: number; padToken: number }

/** Loads a model folder (`config.json`, `tokenizer.json`, `tokenizer_config.json`, `onnx/…`). */
export async function loadTextEncoder({ folder, precision }: { folder: string; precision: Precision }): Promise<TextEncoder> {
  env.localModelPath = dirname(folder)
  env.allowRemoteModels = false
  env.useBrowserCache = false
  const name = basename(folder)
  const tokenizer = await AutoTokenizer.from_pretrained(name)
  const model = await AutoModel.from_pretrained(name, { quantized: precision === 'int8' })
  const idOf = (token: string) => tokenizer.model.convert_tokens_to_ids([token])[0] ?? 0
  const loaded = { tokenizer, model, endToken: idOf('</s>'), padToken: idOf('<pad>') }
  const tokenIds = (text: string) => encodeOne(loaded, text)
  return {
    tokenIds,
    async encode(texts) {
      const ids = texts.map(tokenIds)
      const vectors: Float32Array[] = new Array<Float32Array>(texts.length)
      for (const group of groupByLength(ids.map(one => one.length), groupLimits[precision])) {
        const found = await runGroup(loaded, group.map(index => ids[index] ?? []))
        group.forEach((index, position) => {
          vectors[index] = found[position] ?? new Float32Array()
        })
      }
      return vectors
    },
  }
}

function encodeOne({ tokenizer, endToken }: LoadedModel, text: string): number[] {
  const ids = tokenizer.encode(text)
  // The library's own truncation would cut the end token off.
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), endToken]
}

async function runGroup({ model, padToken }: LoadedModel, group: readonly number[][]): Promise<Float32Array[]> {
  const width = Math.max(...group.map(ids => ids.length))
  const tokens = new BigInt64Array(group.length * width).fill(BigInt(padToken))
  const mask = new BigInt64Array(group.length * width)
  group.forEach((ids, row) => ids.forEach((id, column) => {
    tokens[row * width + column] = BigInt(id)
    mask[row * width + column] = 1n
  }))
  const dims = [group.length, width]
  const output = await (model as unknown as RunModel)({
    input_ids: new Tensor('int64', tokens, dims),
    attention_mask: new Tensor('int64', mask, dims),
  })
  const { data, dims: outputDims } = output.last_hidden_state
  const dimensions = outputDims[2] ?? 0
  return group.map((ids, row) => meanUnitVector(data, { offset: row * width * dimensions, length: ids.length, dimensions }))
}

/** The library declares its models callable in a way that TypeScript does not see. */
type RunModel = (inputs: Record<string, Tensor>) => Promise<{ last_hidden_state: { data: Float32Array; dims: number[] } }>
