import { expect, it } from 'vitest'
import { quantizeColumns, transpose } from '../../../src/llm/model-files/weight-matrix.ts'

it('turns rows into columns', () => {
  // 1 2 3      1 4
  // 4 5 6  ->  2 5
  //            3 6
  expect([...transpose(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3)]).toEqual([1, 4, 2, 5, 3, 6])
})

it('gives each column its own scale: largest magnitude / 127', () => {
  // Column 0: the largest is 127, so the scale is 1; Math.round(−63.5) is −63. Column 1 is all zero.
  const { numbers, scales } = quantizeColumns(Float32Array.of(127, 0, -63.5, 0), 2)
  expect([...scales]).toEqual([1, 0])
  expect([...numbers]).toEqual([127, 0, -63, 0])
})
