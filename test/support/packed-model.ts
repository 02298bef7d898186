/** A tiny random model in the packed 4-bit format, laid out byte by byte as the format is described, not by the code under test. */
const shape = { hidden: 64, layers: 2, heads: 2, feedForward: 128, maxPositions: 16, typeVocabulary: 2 }
const vocabulary: [string, number][] = [
  ['<s>', 0], ['<pad>', 0], ['</s>', 0], ['<unk>', 0],
  ['▁', -2], ['query', -3], ['passage', -3], [':', -2], ['▁charging', -5], ['▁stops', -5], ['▁brake', -5], ['充电', -5], ['中断', -5],
]

/** @param seed of the weights. */
export function tinyPackedModel(seed = 1): Buffer {
  const random = mulberry32(seed)
  const names: [string, number, boolean][] = [
    ['emb.word', vocabulary.length * shape.hidden, true],
    ['emb.pos', shape.maxPositions * shape.hidden, false],
    ['emb.type', shape.typeVocabulary * shape.hidden, false],
    ['emb.ln.w', shape.hidden, false],
    ['emb.ln.b', shape.hidden, false],
    ...Array.from({ length: shape.layers }, (_, layer) => layerTensors(`l${layer}`)).flat(),
  ]
  const head = Buffer.concat([fileHead(), vocabularyPart(), normaliserPart()])
  const tableLength = 4 + names.reduce((sum, [name]) => sum + 2 + name.length + 21, 0)
  const table: Buffer[] = [int32(names.length)]
  const bodies: Buffer[] = []
  let offset = head.length + tableLength
  for (const [name, count, isQuantized] of names) {
    const body = isQuantized ? q4(count, random) : floats(count, name.endsWith('ln.w') ? () => 1 + random() * 0.1 : () => (random() - 0.5) * 0.5)
    const entry = Buffer.alloc(23 + name.length)
    entry.writeUInt16LE(name.length, 0)
    entry.write(name, 2)
    entry.writeUInt8(isQuantized ? 1 : 0, 2 + name.length)
    entry.writeUInt32LE(count, 3 + name.length)
    entry.writeBigUInt64LE(BigInt(offset), 7 + name.length)
    entry.writeBigUInt64LE(BigInt(body.length), 15 + name.length)
    table.push(entry)
    bodies.push(body)
    offset += body.length
  }
  return Buffer.concat([head, ...table, ...bodies])
}

function layerTensors(layer: string): [string, number, boolean][] {
  const { hidden, feedForward } = shape
  const products: [string, number, number][] = [
    ['q', hidden, hidden], ['k', hidden, hidden], ['v', hidden, hidden], ['ao', hidden, hidden],
    ['fi', feedForward, hidden], ['fo', hidden, feedForward],
  ]
  return [
    ...products.flatMap(([name, rows, columns]): [string, number, boolean][] => [
      [`${layer}.${name}.w`, rows * columns, true], [`${layer}.${name}.b`, rows, false],
    ]),
    ...['aln.w', 'aln.b', 'oln.w', 'oln.b'].map((name): [string, number, boolean] => [`${layer}.${name}`, hidden, false]),
  ]
}

function fileHead(): Buffer {
  const epsilon = Buffer.alloc(4)
  epsilon.writeFloatLE(1e-12)
  const sizes = [shape.hidden, shape.layers, shape.heads, shape.feedForward, vocabulary.length, shape.maxPositions, shape.typeVocabulary]
  return Buffer.concat([Buffer.from('E5S1'), int32(1), ...sizes.map(int32), epsilon, int32(32)])
}

function vocabularyPart(): Buffer {
  const pieces = vocabulary.map(([piece]) => Buffer.from(piece))
  const blob = Buffer.concat(pieces)
  let end = 0
  const offsets = [int32(0), ...pieces.map(piece => int32((end += piece.length)))]
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(blob.length))
  let index = 0
  const scores = floats(vocabulary.length, () => vocabulary[index++]?.[1] ?? 0)
  return Buffer.concat([int32(vocabulary.length), int32(0), int32(2), int32(1), int32(3), length, ...offsets, scores, blob])
}

function normaliserPart(): Buffer {
  // One entry: full-width A becomes A.
  const entry = Buffer.concat([int32(0xff21), Buffer.of(1), int32(0x41)])
  return Buffer.concat([int32(1), int32(entry.length), entry])
}

function q4(count: number, random: () => number): Buffer {
  const blocks = Array.from({ length: count / 32 }, () => {
    const block = Buffer.alloc(18)
    block.writeUInt16LE(0x2c00, 0) // binary16 of 1/16
    for (let j = 2; j < 18; j += 1) block.writeUInt8(Math.floor(random() * 256), j)
    return block
  })
  return Buffer.concat(blocks)
}

function floats(count: number, next: () => number): Buffer {
  const bytes = Buffer.alloc(count * 4)
  for (let index = 0; index < count; index += 1) bytes.writeFloatLE(next(), index * 4)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

/** A small seeded generator of numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
