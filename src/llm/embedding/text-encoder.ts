import { basename, dirname, join } from 'node:path'
import { AutoModel, env, Tensor, type PreTrainedModel } from '@xenova/transformers'
import type { Precision } from '../model-files/encoder-layer.ts'
import { groupByLength } from './text-batches.ts'
import { loadTextLabeller, longestLabelled, type TextLabeller } from './text-labeller.ts'
import { readUnigramTokenizer, type UnigramTokenizer } from './unigram-tokenizer.ts'
import { meanUnitVector } from './unit-vector.ts'

/** Turns prefixed texts into unit vectors in this process; a call blocks the event loop while the model runs. */
export type TextEncoder = {
  /** @returns a unit vector a text; one that begins with `query: ` and is not long is followed by the chances of the labels where there is a labeller. */
  encode(texts: readonly string[]): Promise<Float32Array[]>
  /** Token ids as the model sees them, cut to its limit. */
  tokenIds(text: string): number[]
}

const maxTokens = 512
// In int8 the attention's activations of a group share one scale, so a vector would depend on its neighbours: one at a time.
const groupLimits = { fp32: { maxTexts: 16, maxPadded: 1024 }, int8: { maxTexts: 1, maxPadded: 512 } } as const

type LoadedModel = { tokenizer: UnigramTokenizer; model: PreTrainedModel; labeller: TextLabeller | null }

type EncoderFolders = { folder: string; precision: Precision; /** Of the labeller that goes on from the middle of this very model; null for none. */ labellerFolder?: string | null }

/** Loads a model folder (`config.json`, `tokenizer.json`, `onnx/…`). */
export async function loadTextEncoder({ folder, precision, labellerFolder = null }: EncoderFolders): Promise<TextEncoder> {
  env.localModelPath = dirname(folder)
  env.allowRemoteModels = false
  env.useBrowserCache = false
  const tokenizer = await readUnigramTokenizer(join(folder, 'tokenizer.json'))
  const model = await AutoModel.from_pretrained(basename(folder), { quantized: precision === 'int8' })
  const labeller = labellerFolder === null ? null : await loadTextLabeller(labellerFolder)
  const loaded = { tokenizer, model, labeller }
  const tokenIds = (text: string) => encodeOne(loaded, text)
  return {
    tokenIds,
    async encode(texts) {
      const ids = texts.map(tokenIds)
      const vectors: Float32Array[] = new Array<Float32Array>(texts.length)
      for (const group of groupByLength(ids.map(one => one.length), groupLimits[precision])) {
        const found = await runGroup(loaded, group.map(index => ({ ids: ids[index] ?? [], isLabelled: isLabelled(texts[index] ?? '') })))
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

const queryPrefix = 'query: '
const isLabelled = (text: string): boolean => text.startsWith(queryPrefix) && text.length <= queryPrefix.length + longestLabelled

type Tokens = { ids: readonly number[]; isLabelled: boolean }

async function runGroup({ model, tokenizer, labeller }: LoadedModel, group: readonly Tokens[]): Promise<Float32Array[]> {
  const width = Math.max(...group.map(({ ids }) => ids.length))
  const tokens = new BigInt64Array(group.length * width).fill(BigInt(tokenizer.padToken))
  const mask = new BigInt64Array(group.length * width)
  group.forEach(({ ids }, row) => ids.forEach((id, column) => {
    tokens[row * width + column] = BigInt(id)
    mask[row * width + column] = 1n
  }))
  const dims = [group.length, width]
  const { last_hidden_state: last, middle_hidden_state: middle } = await (model as unknown as RunModel)({
    input_ids: new Tensor('int64', tokens, dims),
    attention_mask: new Tensor('int64', mask, dims),
  })
  const dimensions = last.dims[2] ?? 0
  const answers: Float32Array[] = []
  for (const [row, { ids, isLabelled: isAsked }] of group.entries()) {
    const [offset, length] = [row * width * dimensions, ids.length]
    const vector = meanUnitVector(last.data, { offset, length, dimensions })
    answers.push(isAsked && labeller !== null && middle !== undefined ? joined(vector, await labeller.label({ rows: middle.data.subarray(offset, offset + length * dimensions), tokens: length, dimensions })) : vector)
  }
  return answers
}

function joined(vector: Float32Array, chances: Float32Array): Float32Array {
  const both = new Float32Array(vector.length + chances.length)
  both.set(vector)
  both.set(chances, vector.length)
  return both
}

type State = { data: Float32Array; dims: number[] }
/** The library declares its models callable in a way that TypeScript does not see. A model of the hub has no middle state. */
type RunModel = (inputs: Record<string, Tensor>) => Promise<{ last_hidden_state: State; middle_hidden_state?: State }>
