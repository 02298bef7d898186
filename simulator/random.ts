/** Seeded draws; the same seed gives the same fleet on every machine. */
export type Draw = {
  /** Uniform in [0, 1). */
  unit(): number
  /** Whole number in [low, high]. */
  int(low: number, high: number): number
  chance(p: number): boolean
  pick<T>(items: readonly T[]): T
  /** Index drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number
  normal(): number
  exponential(mean: number): number
  poisson(mean: number): number
  /** An independent sequence under a name, so that one part of the fleet can change without moving the others. */
  fork(name: string): Draw
}

const hash = (text: string): number => {
  let h = 2166136261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  return h >>> 0
}

export const createDraw = (seed: string): Draw => {
  let state = hash(seed)
  // Mulberry32: one 32-bit word of state is enough for a simulated fleet.
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const draw: Draw = {
    unit,
    int: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    chance: p => unit() < p,
    pick: items => items[Math.floor(unit() * items.length)]!,
    weighted(weights) {
      let rest = unit() * weights.reduce((sum, weight) => sum + weight, 0)
      const index = weights.findIndex(weight => (rest -= weight) < 0)
      return index < 0 ? weights.length - 1 : index
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    exponential: mean => -mean * Math.log(1 - unit()),
    poisson(mean) {
      if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * draw.normal()))
      let [count, product] = [0, unit()]
      for (const limit = Math.exp(-mean); product > limit; count++) product *= unit()
      return count
    },
    fork: name => createDraw(`${seed}/${name}`),
  }
  return draw
}
