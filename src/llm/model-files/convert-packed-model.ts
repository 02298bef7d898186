import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buildEncoderGraph } from './encoder-graph.ts'
import type { Precision } from './encoder-layer.ts'
import { writeOnnxFile } from './onnx-file.ts'
import { openPackedModel } from './packed-model.ts'
import { writeTokenizerFiles } from './tokenizer-files.ts'

/** File of each precision inside a model folder, as the model library expects it. */
export const graphFileOf = { fp32: 'onnx/model.onnx', int8: 'onnx/model_quantized.onnx' } as const satisfies Record<Precision, string>

/** Turns a packed 4-bit model into a model folder: tokenizer, configuration, and one ONNX file a precision. */
export async function convertPackedModel(packedPath: string, folder: string): Promise<void> {
  const model = await openPackedModel(packedPath)
  try {
    await mkdir(join(folder, 'onnx'), { recursive: true })
    await writeTokenizerFiles(folder, model)
    for (const precision of ['fp32', 'int8'] as const) {
      await writeOnnxFile(join(folder, graphFileOf[precision]), await buildEncoderGraph(model, precision))
    }
  } finally {
    await model.close()
  }
}
