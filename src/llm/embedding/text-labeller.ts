import { join } from 'node:path'
import ort from 'onnxruntime-node'

/** What the model's middle layer says of one text: a row of `dimensions` numbers a token. */
export type MiddleState = { rows: Float32Array; tokens: number; dimensions: number }

/** Chances of all labels for one text, in the order of `labels.json` beside the model. */
export type TextLabeller = { label(state: MiddleState): Promise<Float32Array> }

/** Characters of a text beyond which it speaks of several things, and nobody asks what it is about as a whole (`longestWhole` of the linker). */
export const longestLabelled = 600

/** File of the labeller in its folder. */
export const labellerFile = 'labeller.onnx'

/** Loads the labeller of a folder: the upper layers of the encoder once more, trained on labelled texts. */
export async function loadTextLabeller(folder: string): Promise<TextLabeller> {
  // One thread: those of the encoder still spin when its turn comes, and on two cores five times the time went by waiting for them.
  const session = await ort.InferenceSession.create(join(folder, labellerFile), { executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1 })
  return {
    async label({ rows, tokens, dimensions }) {
      const mask = new BigInt64Array(tokens).fill(1n)
      const { chances } = await session.run({ hidden_states: new ort.Tensor('float32', rows, [1, tokens, dimensions]), attention_mask: new ort.Tensor('int64', mask, [1, tokens]) })
      return Float32Array.from(chances?.data as Float32Array)
    },
  }
}
