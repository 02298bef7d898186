import type { Minute, Projection } from './projection.ts'

/** The levels of one car over time; overlapping entries of one level count once. */
export type LevelWalk = {
  /** Calls back once a level and interval that a car carries inside [from, to). */
  over(vehicle: number, from: Minute, to: Minute, visit: (level: number, from: Minute, to: Minute) => void): void
  /** Calls back once a level that a car carries at an instant. */
  at(vehicle: number, instant: Minute, visit: (level: number) => void): void
  /** Whether some level stands on the car twice at a time (two parts of one lot): its entries may not be added up. */
  isOverlapping(vehicle: number): boolean
}

export const createLevelWalk = (projection: Projection): LevelWalk => {
  const { entryOffsets, entryBundle, entryFrom, entryTo, bundleOffsets, bundleLevels, levels } = projection
  const stamp = new Uint32Array(levels.length)
  const [slotFrom, slotTo] = [new Int32Array(levels.length), new Int32Array(levels.length)]
  const seen = new Uint32Array(levels.length)
  let tick = 0

  const pieces = (vehicle: number, level: number, from: Minute, to: Minute): [Minute, Minute][] => {
    const found: [Minute, Minute][] = []
    for (let e = entryOffsets[vehicle]!; e < entryOffsets[vehicle + 1]!; e++) {
      const bundle = entryBundle[e]!
      for (let b = bundleOffsets[bundle]!; b < bundleOffsets[bundle + 1]!; b++)
        if (bundleLevels[b] === level) found.push([Math.max(from, entryFrom[e]!), Math.min(to, entryTo[e]!)])
    }
    return unionOf(found.filter(([start, end]) => start < end))
  }

  const over: LevelWalk['over'] = (vehicle, from, to, visit) => {
    tick++
    let count = 0
    let conflicted: Set<number> | null = null
    for (let e = entryOffsets[vehicle]!; e < entryOffsets[vehicle + 1]!; e++) {
      const [start, end] = [Math.max(from, entryFrom[e]!), Math.min(to, entryTo[e]!)]
      if (start >= end) continue
      const bundle = entryBundle[e]!
      for (let b = bundleOffsets[bundle]!; b < bundleOffsets[bundle + 1]!; b++) {
        const level = bundleLevels[b]!
        if (stamp[level] !== tick) {
          stamp[level] = tick
          seen[count++] = level
          slotFrom[level] = start
          slotTo[level] = end
        } else if (start < slotFrom[level]! || end > slotTo[level]!) (conflicted ??= new Set()).add(level)
      }
    }
    for (let i = 0; i < count; i++) {
      const level = seen[i]!
      if (conflicted === null || !conflicted.has(level)) visit(level, slotFrom[level]!, slotTo[level]!)
      else for (const [start, end] of pieces(vehicle, level, from, to)) visit(level, start, end)
    }
  }

  const at: LevelWalk['at'] = (vehicle, instant, visit) => {
    tick++
    for (let e = entryOffsets[vehicle]!; e < entryOffsets[vehicle + 1]!; e++) {
      if (entryFrom[e]! > instant || entryTo[e]! <= instant) continue
      const bundle = entryBundle[e]!
      for (let b = bundleOffsets[bundle]!; b < bundleOffsets[bundle + 1]!; b++) {
        const level = bundleLevels[b]!
        if (stamp[level] === tick) continue
        stamp[level] = tick
        visit(level)
      }
    }
  }

  const { overlapping } = projection
  return { over, at, isOverlapping: vehicle => ((overlapping[vehicle >>> 5]! >>> (vehicle & 31)) & 1) === 1 }
}

const unionOf = (intervals: [Minute, Minute][]): [Minute, Minute][] => {
  const merged: [Minute, Minute][] = []
  for (const [start, end] of intervals.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}
