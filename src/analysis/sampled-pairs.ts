import type { EventLevels } from './level-table.ts'

/** Fewer shared points than this, and the sample is too coarse: sets that share so little are small, and their exact sum is cheap. */
const leastShared = 60

/**
 * Expected events on both of two levels, from a sample of cars and instants drawn like the null's events: C × the share of points that carry both.
 * For null replicates only, which ask for thousands of pairs of large levels; what is reported of the data is summed exactly.
 *
 * @param sample levels of each point.
 * @param exact the sum over cars, for pairs with few points (relative error of the rest: under 13 %).
 */
export const createSampledExpectation = (options: { sample: EventLevels; points: number; levels: number; claims: number; exact: (a: number, b: number) => number }) => {
  const { sample, points, levels, claims, exact } = options
  const words = (points + 31) >>> 5
  const met = new Uint32Array(levels)
  for (let i = 0, end = sample.offsets[points]!; i < end; i++) met[sample.members[i]!]!++
  // A level met less often shares too little with any other.
  const bitsOf = Array.from(met, count => (count < leastShared ? undefined : new Uint32Array(words)))
  for (let point = 0; point < points; point++)
    for (let i = sample.offsets[point]!; i < sample.offsets[point + 1]!; i++) {
      const bits = bitsOf[sample.members[i]!]
      if (bits) bits[point >>> 5]! |= 1 << (point & 31)
    }
  const kept = new Map<number, number>()
  return (a: number, b: number): number => {
    const key = Math.min(a, b) * levels + Math.max(a, b)
    const known = kept.get(key)
    if (known !== undefined) return known
    const shared = sharedBits(bitsOf[a], bitsOf[b])
    const expected = shared < leastShared ? exact(a, b) : (claims * shared) / points
    kept.set(key, expected)
    return expected
  }
}

const sharedBits = (a: Uint32Array | undefined, b: Uint32Array | undefined): number => {
  if (!a || !b) return 0
  let count = 0
  for (let i = 0; i < a.length; i++) count += bitCount(a[i]! & b[i]!)
  return count
}

const bitCount = (word: number): number => {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
