import type { Minute, Projection } from './projection.ts'

/** Calls back once a level and interval that a car carries inside [from, to); overlapping entries of one level count once. */
export type LevelWalk = (vehicle: number, from: Minute, to: Minute, visit: (level: number, from: Minute, to: Minute) => void) => void

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

  return (vehicle, from, to, visit) => {
    tick++
    let count = 0
    const conflicted = new Set<number>()
    for (let e = entryOffsets[vehicle]!; e < entryOffsets[vehicle + 1]!; e++) {
      const start = Math.max(from, entryFrom[e]!)
      const end = Math.min(to, entryTo[e]!)
      if (start >= end) continue
      const bundle = entryBundle[e]!
      for (let b = bundleOffsets[bundle]!; b < bundleOffsets[bundle + 1]!; b++) {
        const level = bundleLevels[b]!
        if (stamp[level] !== tick) {
          stamp[level] = tick
          seen[count++] = level
          slotFrom[level] = start
          slotTo[level] = end
        } else if (start < slotFrom[level]! || end > slotTo[level]!) conflicted.add(level)
      }
    }
    for (let i = 0; i < count; i++) {
      const level = seen[i]!
      if (!conflicted.has(level)) visit(level, slotFrom[level]!, slotTo[level]!)
      else for (const [start, end] of pieces(vehicle, level, from, to)) visit(level, start, end)
    }
  }
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

/** Cars that carry a level at some time, each once, in order. */
export const vehiclesOnLevel = (projection: Projection, level: number): Uint32Array => {
  const members = new Set<number>()
  for (const bundle of projection.levelBundles[level]!)
    for (let i = projection.bundleEntryOffsets[bundle]!; i < projection.bundleEntryOffsets[bundle + 1]!; i++)
      members.add(projection.entryVehicle[projection.bundleEntries[i]!]!)
  return Uint32Array.from(members).sort()
}
