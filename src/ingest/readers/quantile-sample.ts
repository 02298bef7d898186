/** Values kept of one signal: up to this many, its quantiles are exact. */
const defaultCapacity = 4_096

/** Small seeded generator, so that the same file gives the same ranges. @see mulberry32, Tommy Ettinger 2017 (public domain). */
const seededRandom = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const quantileOf = (sorted: readonly number[], share: number): number => {
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)]!
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below)
}

/**
 * Keeps an even sample of a stream of numbers in bounded memory; lowest, highest and count are exact.
 *
 * Quantiles interpolate between neighbours (type 7 of Hyndman and Fan, 1996). They are exact up to `capacity` values; beyond, the standard error of the *rank* of p01
 * and p99 is √(0.01·0.99/capacity), 0.16 % for 4,096.
 *
 * @see Vitter, "Random sampling with a reservoir", ACM TOMS 1985, algorithm R.
 */
export function createQuantileSample({ capacity = defaultCapacity, seed = 1 }: { capacity?: number; seed?: number } = {}) {
  const random = seededRandom(seed)
  const kept: number[] = []
  let seen = 0
  let lowest = Infinity
  let highest = -Infinity
  return {
    add(value: number): void {
      seen++
      lowest = Math.min(lowest, value)
      highest = Math.max(highest, value)
      if (kept.length < capacity) kept.push(value)
      else {
        const place = Math.floor(random() * seen)
        if (place < capacity) kept[place] = value
      }
    },
    /** @throws RangeError before the first value. */
    summary(): { seen: number; lowest: number; p01: number; p50: number; p99: number; highest: number } {
      if (seen === 0) throw new RangeError('no value yet')
      const sorted = [...kept].sort((a, b) => a - b)
      return { seen, lowest, p01: quantileOf(sorted, 0.01), p50: quantileOf(sorted, 0.5), p99: quantileOf(sorted, 0.99), highest }
    },
  }
}
