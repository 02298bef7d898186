import { expect, it } from 'vitest'
import { checkVectors, meanUnitVector, toUnitVector } from '../../../src/llm/embedding/unit-vector.ts'

it('averages the rows that are no padding and scales to length 1', () => {
  // Rows (2, 4) and (4, 4), then padding (100, 100): mean (3, 4), length 5.
  const rows = Float32Array.of(9, 9, 2, 4, 4, 4, 100, 100)
  const unit = meanUnitVector(rows, { offset: 2, length: 2, dimensions: 2 })
  expect([...unit]).toEqual([Math.fround(0.6), Math.fround(0.8)])
})

it('leaves a zero vector zero', () => {
  expect([...toUnitVector([0, 0])]).toEqual([0, 0])
})

it.each([
  ['a vector too few', []],
  ['another length', [Float32Array.of(1)]],
  ['a number that is not finite', [Float32Array.of(1, Number.NaN)]],
  ['a zero vector', [Float32Array.of(0, 0)]],
])('refuses %s', (_, vectors) => {
  expect(() => checkVectors(vectors, { count: 1, dimensions: 2, modelId: 'm/fp32' })).toThrowError(
    expect.objectContaining({ code: 'FB_EMBEDDER_UNAVAILABLE' }) as Error,
  )
})

it('takes a good vector', () => {
  expect(() => checkVectors([Float32Array.of(0.6, 0.8)], { count: 1, dimensions: 2, modelId: 'm/fp32' })).not.toThrow()
})
