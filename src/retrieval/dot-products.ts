/**
 * Dot products of rows of 32-bit floats, by the vector unit of the processor where Node offers it (WebAssembly SIMD): a quarter of the time of the
 * same loop in JavaScript. All offsets and lengths are in floats; a row is as long as `stride`, a multiple of `floatsPerStep`.
 */
export type FloatArena = {
  /** The whole memory; to be asked for again after `reserve`. */
  floats(): Float32Array
  /** Makes room for so many floats, contents kept. */
  reserve(length: number): void
  /** `out[i]` is the product of row `i` from `rows` on with the row at `query`. */
  dots(job: { rows: number; count: number; query: number; out: number; stride: number }): void
}

export const floatsPerStep = 16
const floatBytes = 4
const pageBytes = 65_536
/** Four gigabytes: what 32-bit addresses reach. */
const mostPages = 65_536

const unsigned = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)])
const signed = (value: number): number[] => (value < 64 ? [value] : [(value & 127) | 128, ...signed(value >> 7)])
const list = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()]
const text = (word: string): number[] => list([...word].map(letter => [letter.charCodeAt(0)]))
const section = (id: number, body: readonly number[]): number[] => [id, ...unsigned(body.length), ...body]

/** The instructions used, as the core specification encodes them. */
const code = {
  block: [0x02, 0x40], loop: [0x03, 0x40], end: [0x0b],
  branch: (depth: number) => [0x0c, depth], branchIf: (depth: number) => [0x0d, depth],
  get: (local: number) => [0x20, local], set: (local: number) => [0x21, local], tee: (local: number) => [0x22, local],
  integer: (value: number) => [0x41, ...signed(value)], isZero: [0x45], isLess: [0x49], add: [0x6a], subtract: [0x6b],
  addFloats: [0x92], storeFloat: [0x38, 2, 0],
  loadFour: (offset: number) => [0xfd, ...unsigned(0), 4, ...unsigned(offset)], zeroFour: [0xfd, ...unsigned(12), ...new Array<number>(16).fill(0)],
  lane: (at: number) => [0xfd, ...unsigned(31), at], addFour: [0xfd, ...unsigned(228)], multiplyFour: [0xfd, ...unsigned(230)],
} as const

// Parameters, in bytes, and locals of the one function; the last four each sum four lanes, so that additions need not wait for each other.
const [row, left, query, out, rowBytes, at, end, ...sums] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const
const types = { integer: 0x7f, four: 0x7b }

const stepOf = (sum: number, offset: number): number[] =>
  [code.get(sum), code.get(row), code.loadFour(offset), code.get(at), code.loadFour(offset), code.multiplyFour, code.addFour, code.set(sum)].flat()

const sumLanes = (sum: number): number[] =>
  [[0, 1], [2, 3]].flatMap(pair => [...pair.flatMap(lane => [...code.get(sum), ...code.lane(lane)]), ...code.addFloats]).concat(code.addFloats)

/** while (left > 0) { sums = 0; for (at = query; at < query + rowBytes; at += 64, row += 64) sums += row[at] * query[at]; *out++ = total; left-- } */
const dotsBody = [
  list([[2, types.integer], [4, types.four]]),
  code.block, code.loop,
  code.get(left), code.isZero, code.branchIf(1),
  code.get(query), code.tee(at), code.get(rowBytes), code.add, code.set(end),
  sums.flatMap(sum => [...code.zeroFour, ...code.set(sum)]),
  code.loop,
  sums.flatMap((sum, lane) => stepOf(sum, lane * 16)),
  code.get(row), code.integer(floatsPerStep * floatBytes), code.add, code.set(row),
  code.get(at), code.integer(floatsPerStep * floatBytes), code.add, code.tee(at), code.get(end), code.isLess, code.branchIf(0),
  code.end,
  sums.slice(1).reduce<number[]>((total, sum) => [...total, ...code.get(sum), ...code.addFour], code.get(sums[0])), code.set(sums[0]),
  code.get(out), sumLanes(sums[0]), code.storeFloat,
  code.get(out), code.integer(floatBytes), code.add, code.set(out),
  code.get(left), code.integer(1), code.subtract, code.set(left),
  code.branch(0),
  code.end, code.end, code.end,
].flat()

const moduleBytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from([
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  ...section(1, list([[0x60, ...list(new Array<number[]>(5).fill([types.integer])), ...list([])]])),
  ...section(2, list([[...text('host'), ...text('memory'), 2, 0, ...unsigned(1)]])),
  ...section(3, list([[0]])),
  ...section(7, list([[...text('dots'), 0, 0]])),
  ...section(10, list([[...unsigned(dotsBody.length), ...dotsBody]])),
])

/** What is used of WebAssembly: Node has it, its type declarations do not. */
type WasmHost = {
  Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer; grow(pages: number): number }
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  Instance: new (module: object, imports: Record<string, Record<string, object>>) => { exports: Record<string, unknown> }
}

/** Null where this Node has no vector instructions, or no room for the memory to grow in. */
export function createSimdArena(): FloatArena | null {
  try {
    const wasm = (globalThis as unknown as { WebAssembly: WasmHost }).WebAssembly
    const memory = new wasm.Memory({ initial: 1, maximum: mostPages })
    const { exports } = new wasm.Instance(new wasm.Module(moduleBytes()), { host: { memory } })
    const dots = exports['dots'] as (row: number, count: number, query: number, out: number, rowBytes: number) => void
    let floats = new Float32Array(memory.buffer)
    return {
      floats: () => floats,
      reserve(length) {
        const missing = Math.ceil((length * floatBytes - memory.buffer.byteLength) / pageBytes)
        if (missing <= 0) return
        memory.grow(missing)
        floats = new Float32Array(memory.buffer)
      },
      dots: job => dots(job.rows * floatBytes, job.count, job.query * floatBytes, job.out * floatBytes, job.stride * floatBytes),
    }
  } catch {
    return null
  }
}

/** The same in JavaScript. */
export function createPlainArena(): FloatArena {
  let floats = new Float32Array(0)
  return {
    floats: () => floats,
    reserve(length) {
      if (length <= floats.length) return
      const larger = new Float32Array(Math.max(length, floats.length * 2))
      larger.set(floats)
      floats = larger
    },
    dots({ rows, count, query: from, out: to, stride }) {
      for (let one = 0; one < count; one++) {
        const start = rows + one * stride
        let [a, b, c, d] = [0, 0, 0, 0]
        for (let place = 0; place < stride; place += 4) {
          a += floats[start + place]! * floats[from + place]!
          b += floats[start + place + 1]! * floats[from + place + 1]!
          c += floats[start + place + 2]! * floats[from + place + 2]!
          d += floats[start + place + 3]! * floats[from + place + 3]!
        }
        floats[to + one] = a + b + c + d
      }
    },
  }
}

export const createFloatArena = (): FloatArena => createSimdArena() ?? createPlainArena()
