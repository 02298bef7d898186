import type { Random } from '../random.ts'

/** Standard normal number, by Box and Muller. */
const drawNormal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Gamma number of a shape ≥ 1 and mean 1. @see Marsaglia & Tsang 2000. */
export const drawGamma = (random: Random, shape: number): number => {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = drawNormal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / shape
  }
}

/** Poisson count; large means are drawn in pieces, so that the product of uniforms does not vanish. */
export const drawPoisson = (random: Random, mean: number): number => {
  let count = 0
  for (let rest = mean; rest > 0; rest -= 30) {
    const floor = Math.exp(-Math.min(rest, 30))
    for (let product = random(); product > floor; product *= random()) count++
  }
  return count
}

/** Index of the first running total above a uniform share of the last. @param totals non-decreasing, the last above 0. */
export const drawIndex = (random: Random, totals: Float64Array): number => {
  const target = random() * totals[totals.length - 1]!
  let [low, high] = [0, totals.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (totals[middle]! > target) high = middle
    else low = middle + 1
  }
  return low
}

/** Seed of one named part of a seeded run (FNV-1a over the name), so that parts do not depend on the order in which they run. */
export const seedOf = (seed: number, name: string): number => {
  let hash = 0x811c9dc5
  for (const character of `${seed}/${name}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  return hash >>> 0
}

/** Smallest value that at least the given share of the values does not exceed. */
export const upperQuantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!
}
