import { runtimeDomain, type OnnxGraph, type OnnxNode, type OnnxTensor } from './onnx-file.ts'
import type { ModelShape, PackedModel } from './packed-model.ts'
import { decodeQ4Numbers, q4ScaleBytes } from './q4-block.ts'
import { quantizeColumns, transpose } from './weight-matrix.ts'

export type Precision = 'fp32' | 'int8'

type Parts = { nodes: OnnxNode[]; tensors: OnnxTensor[] }

/**
 * The BERT encoder of a packed model as an ONNX graph: `input_ids` and `attention_mask` in, `last_hidden_state` out.
 * The word table keeps its 4-bit numbers (as int8) and block scales, so it is exact at a quarter of the size.
 *
 * @param precision `fp32`: products of the encoder in 32-bit floats over the exact weights.
 *   `int8`: its weights rounded to int8 per output column, activations quantised as they come.
 */
export async function buildEncoderGraph(model: PackedModel, precision: Precision): Promise<OnnxGraph> {
  const { shape } = model
  const parts: Parts = { nodes: [], tensors: [] }
  await addEmbeddings(parts, model)
  let hidden = 'embeddings'
  for (let layer = 0; layer < shape.layers; layer += 1) {
    hidden = await addLayer(parts, { model, precision, layer, hidden })
  }
  parts.nodes.push({ operator: 'Identity', inputs: [hidden], outputs: ['last_hidden_state'] })
  return {
    name: 'multilingual-e5-small',
    producer: 'fishbone',
    inputs: ['input_ids', 'attention_mask'].map(name => ({ name, type: 'int64', dims: ['batch', 'sequence'] })),
    outputs: [{ name: 'last_hidden_state', type: 'float32', dims: ['batch', 'sequence', shape.hidden] }],
    ...parts,
  }
}

async function addEmbeddings({ nodes, tensors }: Parts, model: PackedModel): Promise<void> {
  const { shape } = model
  const blocksPerRow = shape.hidden / shape.blockSize
  tensors.push(
    {
      name: 'word.numbers',
      type: 'int8',
      dims: [shape.vocabulary, shape.hidden],
      byteLength: shape.vocabulary * shape.hidden,
      chunks: () => mapChunks(model.blocks('emb.word'), blocks => new Uint8Array(decodeQ4Numbers(blocks).buffer)),
    },
    {
      name: 'word.scales',
      type: 'float16',
      dims: [shape.vocabulary, blocksPerRow, 1],
      byteLength: shape.vocabulary * blocksPerRow * 2,
      chunks: () => mapChunks(model.blocks('emb.word'), q4ScaleBytes),
    },
    integers('shape.blocks', [0, 0, blocksPerRow, shape.blockSize]),
    integers('shape.hidden', [0, 0, shape.hidden]),
    integers('axis.0', [0]),
    integers('index.1', [1]),
    integers('index.2', [2]),
    floats('positions', [shape.maxPositions, shape.hidden], await positionsWithType(model)),
    ...(await vectors(model, ['emb.ln.w', 'emb.ln.b'])),
  )
  nodes.push(
    // Gather before Cast: the other way round the runtime would fold the whole table to floats at load.
    { operator: 'Gather', inputs: ['word.numbers', 'input_ids'], outputs: ['rows.int8'] },
    { operator: 'Cast', inputs: ['rows.int8'], outputs: ['rows.float'], attributes: { to: { int: 1 } } },
    { operator: 'Reshape', inputs: ['rows.float', 'shape.blocks'], outputs: ['rows.blocks'] },
    { operator: 'Gather', inputs: ['word.scales', 'input_ids'], outputs: ['scales.half'] },
    { operator: 'Cast', inputs: ['scales.half'], outputs: ['scales.float'], attributes: { to: { int: 1 } } },
    { operator: 'Mul', inputs: ['rows.blocks', 'scales.float'], outputs: ['rows.scaled'] },
    { operator: 'Reshape', inputs: ['rows.scaled', 'shape.hidden'], outputs: ['words'] },
    { operator: 'Shape', inputs: ['input_ids'], outputs: ['ids.shape'] },
    { operator: 'Slice', inputs: ['ids.shape', 'index.1', 'index.2'], outputs: ['ids.length'] },
    { operator: 'Slice', inputs: ['positions', 'axis.0', 'ids.length', 'axis.0'], outputs: ['positions.used'] },
    { operator: 'Add', inputs: ['words', 'positions.used'], outputs: ['words.placed'] },
    {
      operator: 'LayerNormalization',
      inputs: ['words.placed', 'emb.ln.w', 'emb.ln.b'],
      outputs: ['embeddings'],
      attributes: { axis: { int: -1 }, epsilon: { float: shape.layerNormEpsilon } },
    },
    { operator: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: { int: 6 } } },
  )
}

/** Every token has type 0, so its row is added to each position once and for all. */
async function positionsWithType(model: PackedModel): Promise<Float32Array> {
  const positions = await model.floats('emb.pos')
  const types = await model.floats('emb.type')
  return positions.map((value, index) => value + (types[index % model.shape.hidden] ?? 0))
}

type LayerOptions = { model: PackedModel; precision: Precision; layer: number; hidden: string }

async function addLayer(parts: Parts, { model, precision, layer, hidden }: LayerOptions): Promise<string> {
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
    dense(input, output, dense) {
      constants(output, dense)
      const inputs = [input, `${output}.w`, `${output}.scale`, '', `${output}.b`]
      nodes.push({ operator: 'DynamicQuantizeMatMul', domain: runtimeDomain, inputs, outputs: [output] })
    },
  }
}

function heads(shape: ModelShape) {
  return { num_heads: { int: shape.heads } }
}

/** Matrices with rows of outputs, turned and set side by side: [inputs, outputs of all]. */
async function joinedColumns(model: PackedModel, names: string[], inputs: number): Promise<Float32Array> {
  const rows = concatFloats(await Promise.all(names.map(name => model.floats(name))))
  return transpose(rows, rows.length / inputs, inputs)
}

async function vectors(model: PackedModel, names: string[]): Promise<OnnxTensor[]> {
  return Promise.all(names.map(async name => {
    const values = await model.floats(name)
    return floats(name, [values.length], values)
  }))
}

function floats(name: string, dims: readonly number[], values: Float32Array): OnnxTensor {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  return { name, type: 'float32', dims, byteLength: bytes.length, chunks: () => [bytes] }
}

function integers(name: string, values: readonly number[]): OnnxTensor {
  const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
  return { name, type: 'int64', dims: [values.length], byteLength: bytes.length, chunks: () => [bytes] }
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

async function* mapChunks(chunks: AsyncIterable<Uint8Array>, convert: (chunk: Uint8Array) => Uint8Array) {
  for await (const chunk of chunks) yield convert(chunk)
}
