import { expect, it } from 'vitest'
import fc from 'fast-check'
import { groupByLength } from '../../../src/llm/embedding/text-batches.ts'

it('puts texts of like length together and lets a long one stand alone', () => {
  // Sorted: 5 (index 1), 6 (3), 7 (2), 100 (0). 5, 6, 7 padded: 3 · 7 = 21 ≤ 40; with 100: 4 · 100 > 40.
  expect(groupByLength([100, 5, 7, 6], { maxTexts: 8, maxPadded: 40 })).toEqual([[1, 3, 2], [0]])
  expect(groupByLength([1, 1, 1], { maxTexts: 2, maxPadded: 40 })).toEqual([[0, 1], [2]])
  expect(groupByLength([], { maxTexts: 2, maxPadded: 40 })).toEqual([])
})

it('loses and doubles no text and keeps to its limits', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 60 }), lengths => {
    const groups = groupByLength(lengths, { maxTexts: 8, maxPadded: 512 })
    expect(groups.flat().sort((a, b) => a - b)).toEqual([...lengths.keys()])
    for (const group of groups) {
      expect(group.length).toBeLessThanOrEqual(8)
      const widest = Math.max(...group.map(index => lengths[index] ?? 0))
      expect(group.length === 1 || group.length * widest <= 512).toBe(true)
    }
  }), { seed: 20261122 })
})
