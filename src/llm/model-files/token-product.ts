import { integers, runtimeDomain, type OnnxNode, type OnnxTensor } from './onnx-file.ts'

type TokenProduct = { input: string; output: string; inputs: number; outputs: number }

/**
 * A product of one text's activations with int8 weights, where each token has a scale and a zero of its own: the greatest activations of these models sit in a few
 * tokens, and a scale for all of them would round the others away. Takes the constants `<output>.w` (int8), `.scale`, `.sums` (of a column, scaled) and `.b`.
 */
export function addTokenProduct({ nodes, tensors }: { nodes: OnnxNode[]; tensors: OnnxTensor[] }, { input, output, inputs, outputs }: TokenProduct): void {
  const at = (name: string) => `${output}.${name}`
  tensors.push(
    integers(at('as.rows'), [-1, inputs]), integers(at('as.list'), [-1]), integers(at('as.text'), [1, -1, outputs]),
    number(at('none'), 0), number(at('least'), 1e-9), number(at('step'), 1 / 255), number(at('one'), 1),
  )
  const axis = { axes: { ints: [1] } }
  const op = (operator: string, from: readonly string[], to: string, attributes: OnnxNode['attributes'] = {}, domain = '') =>
    nodes.push({ operator, inputs: from.map(name => (name === input ? input : at(name))), outputs: [to === output ? output : at(to)], attributes, ...(domain && { domain }) })
  op('Reshape', [input, 'as.rows'], 'rows')
  // 0 lies in the range of every token, or its zero would not be a number of 8 bits.
  op('ReduceMin', ['rows'], 'least.of', axis)
  op('Min', ['least.of', 'none'], 'from')
  op('ReduceMax', ['rows'], 'most.of', axis)
  op('Max', ['most.of', 'none'], 'to')
  op('Sub', ['to', 'from'], 'range')
  op('Max', ['range', 'least'], 'range.some')
  op('Mul', ['range.some', 'step'], 'token.scale')
  op('Div', ['from', 'token.scale'], 'steps')
  op('Round', ['steps'], 'steps.whole')
  op('Neg', ['steps.whole'], 'zero')
  op('Cast', ['zero'], 'zero.8', { to: { int: 2 } })
  op('Reshape', ['zero.8', 'as.list'], 'zeros')
  op('Reshape', ['token.scale', 'as.list'], 'scales')
  op('QuantizeLinear', ['rows', 'scales', 'zeros'], 'numbers', { axis: { int: 0 } })
  op('MatMulIntegerToFloat', ['numbers', 'w', 'one', 'scale'], 'product', {}, runtimeDomain)
  op('Mul', ['product', 'token.scale'], 'scaled')
  op('Mul', ['token.scale', 'steps.whole'], 'offset')
  op('Gemm', ['offset', 'sums', 'b'], 'shift')
  op('Add', ['scaled', 'shift'], 'sum')
  op('Reshape', ['sum', 'as.text'], output)
}

function number(name: string, value: number): OnnxTensor {
  const bytes = new Uint8Array(Float32Array.of(value).buffer)
  return { name, type: 'float32', dims: [], byteLength: bytes.length, chunks: () => [bytes] }
}
