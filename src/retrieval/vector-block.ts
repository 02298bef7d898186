import { createFloatArena, floatsPerStep, type FloatArena } from './dot-products.ts'

/** Unit vectors by document number, in one growing block of 32-bit floats. */
export type VectorBlock = {
  set(document: number, vector: ArrayLike<number>): void
  clear(document: number): void
  has(document: number): boolean
  /** Cosine similarity in [-1, 1] with a unit vector; the document must have a vector. */
  cosine(document: number, query: ArrayLike<number>): number
  /** Those of all documents numbered below `count` in `into`, at their numbers; `NaN` where there is no vector. */
  cosines(query: ArrayLike<number>, into: Float32Array, count: number): void
  /** Cosine similarity of two documents; both must have a vector. */
  between(a: number, b: number): number
  /** The vector of a document, until the next `set`. */
  of(document: number): Float32Array
}

/** Rows answered by one call of the arena. */
const rowsPerCall = 1_024

const norm = (vector: ArrayLike<number>): number => {
  let sum = 0
  for (let at = 0; at < vector.length; at++) sum += vector[at]! * vector[at]!
  return Math.sqrt(sum)
}

/** The arena holds the question, then the answers of one call, then the rows. */
export function createVectorBlock(dimensions: number, arena: FloatArena = createFloatArena()): VectorBlock {
  const stride = Math.ceil(dimensions / floatsPerStep) * floatsPerStep
  const [query, out, rows] = [0, stride, stride + rowsPerCall] as const
  arena.reserve(rows)
  let present = new Uint8Array(64)
  const startOf = (document: number): number => rows + document * stride

  const reserve = (document: number): void => {
    arena.reserve(startOf(document + 1))
    if (document < present.length) return
    const larger = new Uint8Array(Math.max(document + 1, present.length * 2))
    larger.set(present)
    present = larger
  }
  const ask = (vector: ArrayLike<number>): void => {
    if (vector.length !== dimensions) throw new RangeError(`a vector of ${dimensions} numbers is wanted, not of ${vector.length}`)
    arena.floats().set(vector, query)
  }
  const one = (document: number, against: number): number => {
    arena.dots({ rows: startOf(document), count: 1, query: against, out, stride })
    return arena.floats()[out]!
  }

  return {
    set(document, vector) {
      const length = norm(vector)
      // A vector of zeros or of another model's length says nothing and would match everything alike.
      if (vector.length !== dimensions || !(length > 0)) return
      reserve(document)
      const floats = arena.floats()
      for (let at = 0; at < dimensions; at++) floats[startOf(document) + at] = vector[at]! / length
      present[document] = 1
    },
    clear(document) {
      if (document < present.length) present[document] = 0
    },
    has: document => present[document] === 1,
    between: (a, b) => one(a, startOf(b)),
    cosine(document, vector) {
      ask(vector)
      return one(document, query)
    },
    cosines(vector, into, count) {
      ask(vector)
      arena.reserve(startOf(count))
      const floats = arena.floats()
      for (let from = 0; from < count; from += rowsPerCall) {
        const some = Math.min(rowsPerCall, count - from)
        arena.dots({ rows: startOf(from), count: some, query, out, stride })
        into.set(floats.subarray(out, out + some), from)
      }
      for (let document = 0; document < count; document++) if (present[document] !== 1) into[document] = NaN
    },
    of: document => arena.floats().subarray(startOf(document), startOf(document) + dimensions),
  }
}
