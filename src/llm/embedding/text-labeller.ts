import { join } from 'node:path'
import ort from 'onnxruntime-node'

/** What the model's middle layer says of one text: a row of `dimensions` numbers a token. */
export type MiddleState = { rows: Float32Array; tokens: number; dimensions: number }

/** Chances of all labels for one text, in the order of `labels.json` beside the networks. */
export type TextLabeller = { label(state: MiddleState): Promise<Float32Array> }

/**
 * The networks in the folder of the labeller. Those asked `together` are trained alike from other beginnings, and what they say is averaged; what they say together the one asked
 * `alone` has learned from them, for texts with which two would take longer than triage can wait.
 */
export const networkFiles = { together: ['labeller-1.onnx', 'labeller-2.onnx'], alone: 'labeller.onnx' } as const

/** Tokens up to which the networks are asked together. */
const longestTogether = 100
/** Tokens up to which a text is read as a whole; the networks learned from texts of some sentences. */
const longestRead = 200
/** About so many tokens of a longer one are read at once. */
const partTokens = 110

/**
 * Loads the labeller of a folder: the upper layers of the encoder once more, trained on labelled texts. A long text is read part by part, each label as loud
 * as in its loudest part.
 */
export async function loadTextLabeller(folder: string): Promise<TextLabeller> {
  // One thread: those of the encoder still spin when its turn comes, and on two cores five times the time went by waiting for them.
  const load = (name: string) => ort.InferenceSession.create(join(folder, name), { executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1 })
  const [alone, ...together] = await Promise.all([networkFiles.alone, ...networkFiles.together].map(load)) as [ort.InferenceSession, ...ort.InferenceSession[]]
  return {
    async label(state) {
      const answers: Float32Array[] = []
      if (state.tokens <= longestTogether) {
        for (const network of together) answers.push(await run(network, state))
        return mean(answers)
      }
      for (const part of partsOf(state)) answers.push(await run(alone, part))
      return answers.reduce((loudest, other) => loudest.map((chance, label) => Math.max(chance, other[label] as number)))
    },
  }
}

async function run(network: ort.InferenceSession, { rows, tokens, dimensions }: MiddleState): Promise<Float32Array> {
  const mask = new BigInt64Array(tokens).fill(1n)
  const { chances } = await network.run({ hidden_states: new ort.Tensor('float32', rows, [1, tokens, dimensions]), attention_mask: new ort.Tensor('int64', mask, [1, tokens]) })
  return Float32Array.from(chances?.data as Float32Array)
}

const mean = (all: readonly Float32Array[]): Float32Array =>
  (all[0] as Float32Array).map((_, label) => all.reduce((sum, chances) => sum + (chances[label] as number), 0) / all.length)

/** Parts of about equal length, each between the first and the last token of the text, as every text stands between them. */
function partsOf(state: MiddleState): MiddleState[] {
  const { rows, tokens, dimensions } = state
  if (tokens <= longestRead) return [state]
  const inner = tokens - 2
  const count = Math.ceil(inner / partTokens)
  const row = (from: number, to: number): Float32Array => rows.subarray(from * dimensions, to * dimensions)
  return Array.from({ length: count }, (_, part) => {
    const [from, to] = [part, part + 1].map(edge => 1 + Math.round((edge * inner) / count)) as [number, number]
    const own = new Float32Array((to - from + 2) * dimensions)
    own.set(row(0, 1))
    own.set(row(from, to), dimensions)
    own.set(row(tokens - 1, tokens), (to - from + 1) * dimensions)
    return { rows: own, tokens: to - from + 2, dimensions }
  })
}
