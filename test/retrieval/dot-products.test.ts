import { describe, expect, it } from 'vitest'
import { createPlainArena, createSimdArena } from '../../src/retrieval/dot-products.ts'
import { createVectorBlock } from '../../src/retrieval/vector-block.ts'

describe.each([['vector instructions', createSimdArena()], ['JavaScript', createPlainArena()]])('%s', (_, arena) => {
  it('is there', () => expect(arena).not.toBeNull())

  it('multiplies rows with a row', () => {
    arena!.reserve(32 + 2 + 64)
    // The question at 0 counts 0, 1, … 31; two rows at 34: all ones, and a single 1 at place 5.
    arena!.floats().set(Array.from({ length: 32 }, (_, at) => at), 0)
    arena!.floats().fill(1, 34, 66)
    arena!.floats()[66 + 5] = 1
    arena!.dots({ rows: 34, count: 2, query: 0, out: 32, stride: 32 })
    // 0 + 1 + … + 31 = 496
    expect([...arena!.floats().subarray(32, 34)]).toEqual([496, 5])
  })

  it('keeps what it holds while it grows', () => {
    arena!.reserve(1_000_000)
    expect(arena!.floats().length).toBeGreaterThanOrEqual(1_000_000)
    expect(arena!.floats()[31]).toBe(31)
  })
})

describe('createVectorBlock', () => {
  const block = createVectorBlock(3)
  block.set(0, [3, 4, 0])
  block.set(1_500, [0, 0, 2])
  block.set(2, [0, 0, 0])

  it('answers one document, or all of them', () => {
    expect(block.cosine(0, [0, 1, 0])).toBeCloseTo(0.8, 6)
    const all = new Float32Array(1_501)
    block.cosines([0, 0, 1], all, 1_501)
    // Without a vector there is nothing to say; a vector of zeros is none.
    expect([all[0], all[1], all[2], all[1_500]]).toEqual([0, NaN, NaN, 1])
    expect(block.between(0, 1_500)).toBe(0)
    expect([...block.of(0)].map(value => Math.round(value * 1e6) / 1e6)).toEqual([0.6, 0.8, 0])
  })

  it('forgets, and refuses a question of another model', () => {
    block.clear(1_500)
    expect(block.has(1_500)).toBe(false)
    expect(() => block.cosine(0, [1, 0])).toThrow(RangeError)
  })
})
