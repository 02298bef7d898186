import { addLayer, floats, type Parts, type Precision, vectors } from './encoder-layer.ts'
import { integers, type OnnxGraph } from './onnx-file.ts'
import type { PackedModel } from './packed-model.ts'
import { decodeQ4Numbers, q4ScaleBytes } from './q4-block.ts'

/** Layers whose output the graph gives out as `middle_hidden_state`: what the text labeller goes on from. */
export const middleLayer = 6

/**
 * The BERT encoder of a packed model as an ONNX graph: `input_ids` and `attention_mask` in, `last_hidden_state` and `middle_hidden_state` out.
 * The word table keeps its 4-bit numbers (as int8) and block scales, so it is exact at a quarter of the size.
 *
 * @param precision `fp32`: products of the encoder in 32-bit floats over the exact weights.
 *   `int8`: its weights rounded to int8 per output column, activations quantised as they come, token by token behind the attention; for one text at a time.
 */
export async function buildEncoderGraph(model: PackedModel, precision: Precision): Promise<OnnxGraph> {
  const { shape } = model
  const parts: Parts = { nodes: [], tensors: [] }
  await addEmbeddings(parts, model)
  let hidden = 'embeddings'
  for (let layer = 0; layer < shape.layers; layer += 1) {
    hidden = await addLayer(parts, { model, precision, layer, hidden })
    if (layer + 1 === Math.min(middleLayer, shape.layers)) parts.nodes.push({ operator: 'Identity', inputs: [hidden], outputs: ['middle_hidden_state'] })
  }
  parts.nodes.push({ operator: 'Identity', inputs: [hidden], outputs: ['last_hidden_state'] })
  return {
    name: 'multilingual-e5-small',
    producer: 'fishbone',
    inputs: ['input_ids', 'attention_mask'].map(name => ({ name, type: 'int64', dims: ['batch', 'sequence'] })),
    outputs: ['last_hidden_state', 'middle_hidden_state'].map(name => ({ name, type: 'float32', dims: ['batch', 'sequence', shape.hidden] })),
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

async function* mapChunks(chunks: AsyncIterable<Uint8Array>, convert: (chunk: Uint8Array) => Uint8Array) {
  for await (const chunk of chunks) yield convert(chunk)
}
