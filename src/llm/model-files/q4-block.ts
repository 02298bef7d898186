/** A q4 block: a 16-bit float scale, then 16 bytes with 32 weights of 4 bits. */
export const weightsPerBlock = 32
export const bytesPerBlock = 18

/**
 * The whole numbers −8..7 of consecutive q4 blocks; a weight is its number times the scale of its block.
 * The low half of byte j is weight j, the high half weight j + 16.
 */
export function decodeQ4Numbers(blocks: Uint8Array): Int8Array {
  const count = blocks.length / bytesPerBlock
  const numbers = new Int8Array(count * weightsPerBlock)
  for (let block = 0; block < count; block += 1) {
    const from = block * bytesPerBlock + 2
    const to = block * weightsPerBlock
    for (let j = 0; j < 16; j += 1) {
      const byte = blocks[from + j] ?? 0
      numbers[to + j] = (byte & 0x0f) - 8
      numbers[to + j + 16] = (byte >> 4) - 8
    }
  }
  return numbers
}

/** The scales of consecutive q4 blocks as they lie in the file: little-endian 16-bit floats, two bytes each. */
export function q4ScaleBytes(blocks: Uint8Array): Uint8Array {
  const count = blocks.length / bytesPerBlock
  const scales = new Uint8Array(count * 2)
  for (let block = 0; block < count; block += 1) {
    scales.set(blocks.subarray(block * bytesPerBlock, block * bytesPerBlock + 2), block * 2)
  }
  return scales
}

/** The weights of consecutive q4 blocks as 32-bit floats, without loss. */
export function decodeQ4(blocks: Uint8Array): Float32Array {
  const numbers = decodeQ4Numbers(blocks)
  const scales = q4ScaleBytes(blocks)
  const weights = new Float32Array(numbers.length)
  for (let index = 0; index < weights.length; index += 1) {
    const block = Math.floor(index / weightsPerBlock)
    weights[index] = (numbers[index] ?? 0) * float16At(scales, block * 2)
  }
  return weights
}

/** IEEE 754 binary16, little-endian: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
function float16At(bytes: Uint8Array, offset: number): number {
  const bits = (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8)
  const sign = bits >> 15 === 0 ? 1 : -1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
