import { expect, it } from 'vitest'
import { columnSums, quantizeColumns, transpose } from '../../../src/llm/model-files/weight-matrix.ts'

it('turns rows into columns', () => {
  // 1 2 3      1 4
  // 4 5 6  ->  2 5
  //            3 6
  expect([...transpose(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3)]).toEqual([1, 4, 2, 5, 3, 6])
})

it('gives each column its own scale: largest magnitude / 63', () => {
  // Column 0: the largest is 126, so the scale is 2; Math.round(−31.5) is −31. Column 1 is all zero.
  const { numbers, scales } = quantizeColumns(Float32Array.of(126, 0, -63, 0), 2)
  expect([...scales]).toEqual([2, 0])
  expect([...numbers]).toEqual([63, 0, -31, 0])
})

it('adds up what an offset of all inputs brings to each output', () => {
  expect([...columnSums(Int8Array.of(63, 1, -31, 2), Float32Array.of(2, 10))]).toEqual([64, 30])
})
