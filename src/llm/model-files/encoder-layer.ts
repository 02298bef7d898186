import { runtimeDomain, type OnnxNode, type OnnxTensor } from './onnx-file.ts'
import type { ModelShape } from './packed-model.ts'
import { addTokenProduct } from './token-product.ts'
import { columnSums, quantizeColumns, transpose } from './weight-matrix.ts'

export type Precision = 'fp32' | 'int8'

/** A graph being put together. */
export type Parts = { nodes: OnnxNode[]; tensors: OnnxTensor[] }

/** Where the weights of an encoder come from; rows of a matrix are output features. */
export type EncoderWeights = { shape: ModelShape; floats(name: string): Promise<Float32Array> }

type LayerOptions = { model: EncoderWeights; precision: Precision; layer: number; hidden: string }

/**
 * One BERT layer with post-layer-norm over `hidden`, with weights `l<layer>.…` and the input `mask` (int32).
 *
 * @returns the name of its output.
 */
export async function addLayer(parts: Parts, { model, precision, layer, hidden }: LayerOptions): Promise<string> {
  const { shape } = model
  const at = (name: string) => `l${layer}.${name}`
  const product = precision === 'fp32' ? floatProducts(parts, shape) : int8Products(parts, shape)
  const join = async (names: string[]) => ({
    weights: await joinedColumns(model, names.map(name => at(`${name}.w`)), shape.hidden),
    bias: concatFloats(await Promise.all(names.map(name => model.floats(at(`${name}.b`))))),
  })
  const single = async (name: string, inputs: number, outputs: number) => ({
    weights: transpose(await model.floats(at(`${name}.w`)), outputs, inputs),
    bias: await model.floats(at(`${name}.b`)),
  })
  product.attention(hidden, at('attention'), await join(['q', 'k', 'v']))
  product.dense(at('attention'), at('ao'), await single('ao', shape.hidden, shape.hidden), shape.hidden)
  parts.tensors.push(...(await vectors(model, ['aln.w', 'aln.b', 'oln.w', 'oln.b'].map(at))))
  parts.nodes.push(addAndNormalise([at('ao'), hidden, at('aln.w'), at('aln.b')], at('attended'), shape))
  product.dense(at('attended'), at('fi'), await single('fi', shape.hidden, shape.feedForward), shape.hidden)
  parts.nodes.push({ operator: 'Gelu', domain: runtimeDomain, inputs: [at('fi')], outputs: [at('gelu')] })
  product.dense(at('gelu'), at('fo'), await single('fo', shape.feedForward, shape.hidden), shape.feedForward)
  parts.nodes.push(addAndNormalise([at('fo'), at('attended'), at('oln.w'), at('oln.b')], at('output'), shape))
  return at('output')
}

function addAndNormalise(inputs: string[], output: string, shape: ModelShape): OnnxNode {
  const attributes = { epsilon: { float: shape.layerNormEpsilon } }
  return { operator: 'SkipLayerNormalization', domain: runtimeDomain, inputs, outputs: [output], attributes }
}

/** Weights with one column an output feature, [inputs, outputs]. */
type Dense = { weights: Float32Array; bias: Float32Array }
type Products = {
  attention(input: string, output: string, dense: Dense): void
  dense(input: string, output: string, dense: Dense, inputs: number): void
}

function floatProducts({ nodes, tensors }: Parts, shape: ModelShape): Products {
  const constants = (output: string, { weights, bias }: Dense, inputs: number) => {
    tensors.push(floats(`${output}.w`, [inputs, bias.length], weights), floats(`${output}.b`, [bias.length], bias))
  }
  return {
    attention(input, output, dense) {
      constants(output, dense, shape.hidden)
      const inputs = [input, `${output}.w`, `${output}.b`, 'mask']
      nodes.push({ operator: 'Attention', domain: runtimeDomain, inputs, outputs: [output], attributes: heads(shape) })
    },
    dense(input, output, dense, inputs) {
      constants(output, dense, inputs)
      nodes.push(
        { operator: 'MatMul', inputs: [input, `${output}.w`], outputs: [`${output}.product`] },
        { operator: 'Add', inputs: [`${output}.product`, `${output}.b`], outputs: [output] },
      )
    },
  }
}

function int8Products({ nodes, tensors }: Parts, shape: ModelShape): Products {
  const constants = (output: string, { weights, bias }: Dense) => {
    const { numbers, scales } = quantizeColumns(weights, bias.length)
    const dims = [weights.length / bias.length, bias.length]
    const bytes = new Uint8Array(numbers.buffer)
    tensors.push(
      { name: `${output}.w`, type: 'int8', dims, byteLength: bytes.length, chunks: () => [bytes] },
      floats(`${output}.scale`, [bias.length], scales),
      floats(`${output}.b`, [bias.length], bias),
    )
    return { numbers, scales }
  }
  return {
    attention(input, output, dense) {
      constants(output, dense)
      const quantized = [`${output}.in`, `${output}.in.scale`, `${output}.in.zero`]
      const [numbers = '', scale = '', zero = ''] = quantized
      const inputs = [numbers, `${output}.w`, `${output}.b`, scale, `${output}.scale`, 'mask', zero]
      nodes.push(
        { operator: 'DynamicQuantizeLinear', inputs: [input], outputs: quantized },
        { operator: 'QAttention', domain: runtimeDomain, inputs, outputs: [output], attributes: heads(shape) },
      )
    },
    dense(input, output, dense, inputs) {
      const { numbers, scales } = constants(output, dense)
      tensors.push(floats(`${output}.sums`, [1, scales.length], columnSums(numbers, scales)))
      addTokenProduct({ nodes, tensors }, { input, output, inputs, outputs: scales.length })
    },
  }
}

function heads(shape: ModelShape) {
  return { num_heads: { int: shape.heads } }
}

/** Matrices with rows of outputs, turned and set side by side: [inputs, outputs of all]. */
async function joinedColumns(model: EncoderWeights, names: string[], inputs: number): Promise<Float32Array> {
  const rows = concatFloats(await Promise.all(names.map(name => model.floats(name))))
  return transpose(rows, rows.length / inputs, inputs)
}

export async function vectors(model: EncoderWeights, names: string[]): Promise<OnnxTensor[]> {
  return Promise.all(names.map(async name => {
    const values = await model.floats(name)
    return floats(name, [values.length], values)
  }))
}

export function floats(name: string, dims: readonly number[], values: Float32Array): OnnxTensor {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  return { name, type: 'float32', dims, byteLength: bytes.length, chunks: () => [bytes] }
}

function concatFloats(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}
