import { open } from 'node:fs/promises'
import { concatBytes, floatField, integerField, lengthPrefix, messageField, textField } from './protobuf-writer.ts'

// Numbers of TensorProto.DataType and AttributeProto.AttributeType in onnx.proto.
const elementTypes = { float32: 1, int8: 3, int32: 6, int64: 7, float16: 10 } as const
const attributeTypes = { float: 1, int: 2, ints: 7 } as const
const irVersion = 8
const onnxOpset = 17
/** Operators of ONNX Runtime itself: fused attention, layer norm and GELU, quantised products. */
export const runtimeDomain = 'com.microsoft'

export type ElementType = keyof typeof elementTypes

/** A constant of the graph; its bytes are asked for only while the file is written, so no two tensors share the memory. */
export type OnnxTensor = {
  name: string
  type: ElementType
  dims: readonly number[]
  byteLength: number
  /** Little-endian values, row by row; the chunks together have `byteLength` bytes. */
  chunks: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

type Attribute = { int: number } | { float: number } | { ints: readonly number[] }

export type OnnxNode = {
  operator: string
  domain?: string
  inputs: readonly string[]
  outputs: readonly string[]
  attributes?: Readonly<Record<string, Attribute>>
}

/** Inputs and outputs: a number is a fixed size, a word names a free one. */
export type OnnxValue = { name: string; type: ElementType; dims: readonly (number | string)[] }

export type OnnxGraph = {
  name: string
  producer: string
  inputs: readonly OnnxValue[]
  outputs: readonly OnnxValue[]
  nodes: readonly OnnxNode[]
  tensors: readonly OnnxTensor[]
}

/** A constant list of integers. */
export function integers(name: string, values: readonly number[]): OnnxTensor {
  const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
  return { name, type: 'int64', dims: [values.length], byteLength: bytes.length, chunks: () => [bytes] }
}

/**
 * Writes a graph as an ONNX file, one tensor at a time: memory stays at the size of the largest chunk.
 *
 * @throws Error when a tensor yields another number of bytes than it said.
 */
export async function writeOnnxFile(path: string, graph: OnnxGraph): Promise<void> {
  const head = concatBytes([
    textField(2, graph.name),
    ...graph.inputs.map(value => messageField(11, encodeValue(value))),
    ...graph.outputs.map(value => messageField(12, encodeValue(value))),
    ...graph.nodes.map(node => messageField(1, encodeNode(node))),
  ])
  const tensors = graph.tensors.map(tensor => ({ tensor, prefix: encodeTensorPrefix(tensor) }))
  const graphLength = tensors.reduce((sum, { tensor, prefix }) => sum + prefix.length + tensor.byteLength, head.length)
  const file = await open(path, 'w')
  try {
    await file.write(concatBytes([...encodeModelHead(graph.producer), lengthPrefix(7, graphLength), head]))
    for (const { tensor, prefix } of tensors) {
      await file.write(prefix)
      let written = 0
      for await (const chunk of tensor.chunks()) {
        await file.write(chunk)
        written += chunk.length
      }
      if (written !== tensor.byteLength) throw new Error(`Tensor ${tensor.name} has ${written} bytes, expected ${tensor.byteLength}`)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

function encodeModelHead(producer: string): Uint8Array[] {
  return [
    integerField(1, irVersion),
    textField(2, producer),
    messageField(8, [textField(1, ''), integerField(2, onnxOpset)]),
    messageField(8, [textField(1, runtimeDomain), integerField(2, 1)]),
  ]
}

function encodeTensorPrefix(tensor: OnnxTensor): Uint8Array {
  const head = concatBytes([
    ...tensor.dims.map(size => integerField(1, size)),
    integerField(2, elementTypes[tensor.type]),
    textField(8, tensor.name),
    lengthPrefix(9, tensor.byteLength),
  ])
  return concatBytes([lengthPrefix(5, head.length + tensor.byteLength), head])
}

function encodeValue(value: OnnxValue): Uint8Array[] {
  const dims = value.dims.map(size => messageField(1, [typeof size === 'number' ? integerField(1, size) : textField(2, size)]))
  const tensorType = messageField(1, [integerField(1, elementTypes[value.type]), messageField(2, dims)])
  return [textField(1, value.name), messageField(2, [tensorType])]
}

function encodeNode(node: OnnxNode): Uint8Array[] {
  return [
    ...node.inputs.map(name => textField(1, name)),
    ...node.outputs.map(name => textField(2, name)),
    textField(3, node.outputs[0] ?? node.operator),
    textField(4, node.operator),
    ...Object.entries(node.attributes ?? {}).map(([name, value]) =>
      messageField(5, [textField(1, name), ...encodeAttribute(value)]),
    ),
    ...(node.domain === undefined ? [] : [textField(7, node.domain)]),
  ]
}

function encodeAttribute(value: Attribute): Uint8Array[] {
  if ('int' in value) return [integerField(3, value.int), integerField(20, attributeTypes.int)]
  if ('float' in value) return [floatField(2, value.float), integerField(20, attributeTypes.float)]
  return [...value.ints.map(one => integerField(8, one)), integerField(20, attributeTypes.ints)]
}
