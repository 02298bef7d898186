import { basename, dirname, join } from 'node:path'
import { AutoModel, env, Tensor, type PreTrainedModel } from '@xenova/transformers'
import type { Precision } from '../model-files/encoder-graph.ts'
import { groupByLength } from './text-batches.ts'
import { readUnigramTokenizer, type UnigramTokenizer } from './unigram-tokenizer.ts'
import { meanUnitVector } from './unit-vector.ts'

/** Turns prefixed texts into unit vectors in this process; a call blocks the event loop while the model runs. */
export type TextEncoder = {
  encode(texts: readonly string[]): Promise<Float32Array[]>
  /** Token ids as the model sees them, cut to its limit. */
  tokenIds(text: string): number[]
}

const maxTokens = 512
// In int8 the activations of a group share one scale, so a vector would depend on its neighbours: one at a time.
const groupLimits = { fp32: { maxTexts: 16, maxPadded: 1024 }, int8: { maxTexts: 1, maxPadded: 512 } } as const

type LoadedModel = { tokenizer: UnigramTokenizer; model: PreTrainedModel }

/** Loads a model folder (`config.json`, `tokenizer.json`, `onnx/…`). */
export async function loadTextEncoder({ folder, precision }: { folder: string; precision: Precision }): Promise<TextEncoder> {
  env.localModelPath = dirname(folder)
  env.allowRemoteModels = false
  env.useBrowserCache = false
  const tokenizer = await readUnigramTokenizer(join(folder, 'tokenizer.json'))
  const model = await AutoModel.from_pretrained(basename(folder), { quantized: precision === 'int8' })
  const loaded = { tokenizer, model }
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

function encodeOne({ tokenizer }: LoadedModel, text: string): number[] {
  const ids = tokenizer.encode(text)
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), tokenizer.endToken]
}

async function runGroup({ model, tokenizer }: LoadedModel, group: readonly number[][]): Promise<Float32Array[]> {
  const width = Math.max(...group.map(ids => ids.length))
  const tokens = new BigInt64Array(group.length * width).fill(BigInt(tokenizer.padToken))
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
