import { middleLayer } from '../../src/llm/model-files/encoder-graph.ts'
import { addLayer, type EncoderWeights, floats, type Parts } from '../../src/llm/model-files/encoder-layer.ts'
import type { OnnxGraph } from '../../src/llm/model-files/onnx-file.ts'

/**
 * The text labeller as an ONNX graph for one text: the upper layers of the encoder, trained on labelled texts, and for each label an attention over the
 * tokens and the evidence of those it attends to. `hidden_states` [1, tokens, hidden] and `attention_mask` in, `chances` [1, labels] out.
 * Layers in int8: a quarter of the size of floats, and of their time on one thread.
 */
export async function buildLabellerGraph(model: EncoderWeights, labels: number): Promise<OnnxGraph> {
  const { shape } = model
  const parts: Parts = { nodes: [{ operator: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: { int: 6 } } }], tensors: [] }
  let hidden = 'hidden_states'
  for (let layer = middleLayer; layer < shape.layers; layer += 1) hidden = await addLayer(parts, { model, precision: 'int8', layer, hidden })
  for (const name of ['attend', 'tell']) parts.tensors.push(floats(`${name}.w`, [shape.hidden, labels], await model.floats(name)))
  parts.tensors.push(floats('bias', [labels], await model.floats('bias')))
  const axis = new Uint8Array(BigInt64Array.from([1n]).buffer)
  parts.tensors.push({ name: 'axis.tokens', type: 'int64', dims: [1], byteLength: axis.length, chunks: () => [axis] })
  parts.nodes.push(
    { operator: 'MatMul', inputs: [hidden, 'attend.w'], outputs: ['attend.logits'] },
    { operator: 'Softmax', inputs: ['attend.logits'], outputs: ['attention'], attributes: { axis: { int: 1 } } },
    { operator: 'MatMul', inputs: [hidden, 'tell.w'], outputs: ['tell'] },
    { operator: 'Mul', inputs: ['attention', 'tell'], outputs: ['evidence'] },
    { operator: 'ReduceSum', inputs: ['evidence', 'axis.tokens'], outputs: ['evidence.sum'], attributes: { keepdims: { int: 0 } } },
    { operator: 'Add', inputs: ['evidence.sum', 'bias'], outputs: ['logits'] },
    { operator: 'Sigmoid', inputs: ['logits'], outputs: ['chances'] },
  )
  return {
    name: 'fishbone-text-labeller', producer: 'fishbone',
    inputs: [{ name: 'hidden_states', type: 'float32', dims: [1, 'sequence', shape.hidden] }, { name: 'attention_mask', type: 'int64', dims: [1, 'sequence'] }],
    outputs: [{ name: 'chances', type: 'float32', dims: [1, labels] }],
    ...parts,
  }
}
