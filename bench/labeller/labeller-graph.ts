import { middleLayer } from '../../src/llm/model-files/encoder-graph.ts'
import { addLayer, type EncoderWeights, floats, type Parts } from '../../src/llm/model-files/encoder-layer.ts'
import type { OnnxGraph } from '../../src/llm/model-files/onnx-file.ts'

/** Layers whose states tell the events: lower ones know more of everyday words than the last, which learned symptoms. */
export const eventLayers = [middleLayer, 9, 12] as const

/** How many labels of symptoms, components and of a quality issue, and how many events. */
export type LabelCounts = { labels: number; events: number }

/**
 * The text labeller as an ONNX graph for one text: the upper layers of the encoder, trained on labelled texts, and for each label an attention over the
 * tokens and the evidence of those it attends to; the same for events over several layers. `hidden_states` [1, tokens, hidden] and `attention_mask` in,
 * `chances` [1, labels + events] out. Layers in int8: a quarter of the size of floats, and of their time on one thread.
 */
export async function buildLabellerGraph(model: EncoderWeights, { labels, events }: LabelCounts): Promise<OnnxGraph> {
  const { shape } = model
  const parts: Parts = { nodes: [{ operator: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: { int: 6 } } }], tensors: [] }
  const states = ['hidden_states']
  for (let layer = middleLayer; layer < shape.layers; layer += 1) states.push(await addLayer(parts, { model, precision: 'int8', layer, hidden: states.at(-1) as string }))
  const axis = new Uint8Array(BigInt64Array.from([1n]).buffer)
  parts.tensors.push({ name: 'axis.tokens', type: 'int64', dims: [1], byteLength: axis.length, chunks: () => [axis] })
  parts.nodes.push({ operator: 'Concat', inputs: eventLayers.map(layer => states[Math.min(layer - middleLayer, states.length - 1)] as string), outputs: ['event.states'], attributes: { axis: { int: 2 } } })
  await addAttended(parts, model, { name: '', states: states.at(-1) as string, dims: [shape.hidden, labels] })
  await addAttended(parts, model, { name: 'event.', states: 'event.states', dims: [shape.hidden * eventLayers.length, events] })
  parts.nodes.push(
    { operator: 'Concat', inputs: ['logits', 'event.logits'], outputs: ['all.logits'], attributes: { axis: { int: 1 } } },
    { operator: 'Sigmoid', inputs: ['all.logits'], outputs: ['chances'] },
  )
  return {
    name: 'fishbone-text-labeller', producer: 'fishbone',
    inputs: [{ name: 'hidden_states', type: 'float32', dims: [1, 'sequence', shape.hidden] }, { name: 'attention_mask', type: 'int64', dims: [1, 'sequence'] }],
    outputs: [{ name: 'chances', type: 'float32', dims: [1, labels + events] }],
    ...parts,
  }
}

/** `<name>logits`: for each label a softmax over the tokens, and the evidence of those it attends to. */
async function addAttended(parts: Parts, model: EncoderWeights, { name, states, dims }: { name: string; states: string; dims: [number, number] }): Promise<void> {
  for (const side of ['attend', 'tell']) parts.tensors.push(floats(`${name}${side}.w`, dims, await model.floats(`${name}${side}`)))
  parts.tensors.push(floats(`${name}bias`, [dims[1]], await model.floats(`${name}bias`)))
  parts.nodes.push(
    { operator: 'MatMul', inputs: [states, `${name}attend.w`], outputs: [`${name}attend`] },
    { operator: 'Softmax', inputs: [`${name}attend`], outputs: [`${name}attention`], attributes: { axis: { int: 1 } } },
    { operator: 'MatMul', inputs: [states, `${name}tell.w`], outputs: [`${name}tell`] },
    { operator: 'Mul', inputs: [`${name}attention`, `${name}tell`], outputs: [`${name}evidence`] },
    { operator: 'ReduceSum', inputs: [`${name}evidence`, 'axis.tokens'], outputs: [`${name}evidence.sum`], attributes: { keepdims: { int: 0 } } },
    { operator: 'Add', inputs: [`${name}evidence.sum`, `${name}bias`], outputs: [`${name}logits`] },
  )
}
