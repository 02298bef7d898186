/** Protocol Buffers wire format, the little of it that an ONNX file needs. @see https://protobuf.dev/programming-guides/encoding/ */

const wireType = { varint: 0, lengthDelimited: 2, fixed32: 5 } as const

/** Base-128 varint of a non-negative integer up to 2^53 − 1; negative ones take the ten bytes of their 64-bit two's complement. */
export function encodeVarint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

export function integerField(field: number, value: number): Uint8Array {
  return concatBytes([tag(field, wireType.varint), encodeVarint(value)])
}

export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return concatBytes([tag(field, wireType.fixed32), bytes])
}

export function textField(field: number, value: string): Uint8Array {
  return bytesField(field, new TextEncoder().encode(value))
}

/** A bytes field, or an embedded message whose fields are already encoded. */
export function bytesField(field: number, value: Uint8Array): Uint8Array {
  return concatBytes([lengthPrefix(field, value.length), value])
}

export function messageField(field: number, parts: readonly Uint8Array[]): Uint8Array {
  return bytesField(field, concatBytes(parts))
}

/** What stands before a length-delimited value, for values that are streamed after it. */
export function lengthPrefix(field: number, byteLength: number): Uint8Array {
  return concatBytes([tag(field, wireType.lengthDelimited), encodeVarint(byteLength)])
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

function tag(field: number, type: number): Uint8Array {
  return encodeVarint(field * 8 + type)
}
