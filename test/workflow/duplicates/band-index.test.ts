import { expect, it } from 'vitest'
import { createBandIndex, type BandedText, type SharedBands } from '../../../src/workflow/duplicates/band-index.ts'

/** Text `at` has the hashes at, at + 1 … at + 3: it shares one with the text three after it, three with the next. */
const texts: BandedText[] = Array.from({ length: 500 }, (_, at) => ({ id: `t${at}`, hasVehicle: at % 2 === 0, hashes: [at, at + 1, at + 2, at + 3] }))
const sharedWith = (index: ReturnType<typeof createBandIndex>, hashes: readonly number[]): Map<string, SharedBands> => {
  const shared = new Map<string, SharedBands>()
  index.count(hashes, shared)
  return shared
}

it('finds texts that came one by one, loose or sorted in, like those that were there at first', () => {
  const index = createBandIndex(texts.slice(0, 100))
  // Backwards, so that what is sorted in goes before and between.
  for (const text of texts.slice(100).reverse()) index.add(text)
  expect(index.size).toBe(2_000)
  for (const at of [0, 99, 100, 250, 496])
    expect(sharedWith(index, texts[at]!.hashes)).toEqual(sharedWith(createBandIndex(texts), texts[at]!.hashes))
  expect([...sharedWith(index, [250]).keys()].sort()).toEqual(['t247', 't248', 't249', 't250'])
  expect(sharedWith(index, texts[250]!.hashes).get('t251')).toEqual({ bands: 3, hasVehicle: false })
})
