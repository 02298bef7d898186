import type { Baseline } from './baseline.ts'
import type { Minute, Projection } from './projection.ts'

/** Cars on a level: those that carry it over their whole exposure as a bit each, the others with their intervals. */
export type LevelSet = { full: Uint32Array; partial: ReadonlyMap<number, readonly (readonly [Minute, Minute])[]>; vehicles: number }

export type LevelSets = { of(level: number): LevelSet }

/** Sets of the cars under exposure, made when first asked for and kept. */
export const createLevelSets = (projection: Projection, baseline: Baseline): LevelSets => {
  const kept = new Map<number, LevelSet>()
  return {
    of(level) {
      const set = kept.get(level) ?? collect(projection, baseline, level)
      kept.set(level, set)
      return set
    },
  }
}

/** Expected events while a car carries both of two levels, summed over cars and kept; `pick` says which baseline a pair is held against. */
export const createPairExpectation = (sets: LevelSets, levels: number, pick: (a: number, b: number) => Baseline) => {
  const kept = new Map<number, number>()
  return (a: number, b: number): number => {
    const key = Math.min(a, b) * levels + Math.max(a, b)
    const known = kept.get(key)
    if (known !== undefined) return known
    const mass = massOf(intersect(sets.of(a), sets.of(b)), pick(a, b))
    kept.set(key, mass)
    return mass
  }
}

/** Share of the cars on either set that are on both. */
export const jaccard = (x: LevelSet, y: LevelSet): number => {
  let both = 0
  x.full.forEach((word, i) => (both += bitCount(word & y.full[i]!)))
  for (const vehicle of x.partial.keys()) if (hasBit(y.full, vehicle) || y.partial.has(vehicle)) both++
  for (const vehicle of y.partial.keys()) if (hasBit(x.full, vehicle)) both++
  const either = x.vehicles + y.vehicles - both
  return either === 0 ? 0 : both / either
}

/** Whether a car was on the set at an instant. */
export const holds = (set: LevelSet, vehicle: number, at: Minute): boolean =>
  hasBit(set.full, vehicle) || (set.partial.get(vehicle)?.some(([from, to]) => from <= at && at < to) ?? false)

/** The set of whole cars given as indexes. */
export const setOfVehicles = (vehicles: Iterable<number>, size: number): LevelSet => {
  const full = new Uint32Array((size + 31) >>> 5)
  let count = 0
  for (const vehicle of vehicles) {
    full[vehicle >>> 5]! |= 1 << (vehicle & 31)
    count++
  }
  return { full, partial: new Map(), vehicles: count }
}

/** Cars (and their time) on both sets. */
export const intersect = (a: LevelSet, b: LevelSet): LevelSet => {
  const full = a.full.map((word, i) => word & b.full[i]!)
  const partial = new Map<number, (readonly [Minute, Minute])[]>()
  for (const [some, other] of [[a, b], [b, a]] as const)
    for (const [vehicle, intervals] of some.partial) if (hasBit(other.full, vehicle)) partial.set(vehicle, [...intervals])
  for (const [vehicle, intervals] of a.partial) {
    const common = intervals.flatMap(([from, to]) =>
      (b.partial.get(vehicle) ?? []).map(([start, end]) => [Math.max(from, start), Math.min(to, end)] as const).filter(([x, y]) => x < y))
    if (common.length > 0) partial.set(vehicle, common)
  }
  let vehicles = partial.size
  full.forEach(word => (vehicles += bitCount(word)))
  return { full, partial, vehicles }
}

/** Calls back with each car of a set. */
export const forEachVehicle = (set: LevelSet, visit: (vehicle: number) => void): void => {
  set.full.forEach((bits, i) => {
    for (let word = bits; word !== 0; word &= word - 1) visit(i * 32 + 31 - Math.clz32(word & -word))
  })
  for (const vehicle of set.partial.keys()) visit(vehicle)
}

/** Expected events on a set. */
export const massOf = (set: LevelSet, baseline: Baseline): number => {
  let mass = 0
  forEachVehicle(set, vehicle => {
    const intervals = set.partial.get(vehicle)
    if (!intervals) mass += baseline.vehicleMass[vehicle]!
    else for (const [from, to] of intervals) mass += baseline.mass(vehicle, from, to)
  })
  return mass
}

export const hasBit = (bits: Uint32Array, i: number): boolean => ((bits[i >>> 5]! >>> (i & 31)) & 1) === 1

const bitCount = (word: number): number => {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

const collect = (projection: Projection, { groups }: Baseline, level: number): LevelSet => {
  const full = new Uint32Array((projection.ids.length + 31) >>> 5)
  const partial = new Map<number, [Minute, Minute][]>()
  for (const bundle of projection.levelBundles[level]!) {
    for (let i = projection.bundleEntryOffsets[bundle]!; i < projection.bundleEntryOffsets[bundle + 1]!; i++) {
      const entry = projection.bundleEntries[i]!
      const vehicle = projection.entryVehicle[entry]!
      if (groups.groupOf[vehicle]! < 0) continue
      const [sold, from, to] = [projection.soldAt[vehicle]!, projection.entryFrom[entry]!, projection.entryTo[entry]!]
      if (from >= groups.cutOff || to <= sold) continue
      if (from <= sold && to >= groups.cutOff) full[vehicle >>> 5]! |= 1 << (vehicle & 31)
      else partial.set(vehicle, joined([...(partial.get(vehicle) ?? []), [Math.max(from, sold), Math.min(to, groups.cutOff)]]))
    }
  }
  for (const vehicle of partial.keys()) if (hasBit(full, vehicle)) partial.delete(vehicle)
  let vehicles = partial.size
  full.forEach(word => (vehicles += bitCount(word)))
  return { full, partial, vehicles }
}

const joined = (intervals: [Minute, Minute][]): [Minute, Minute][] => {
  const result: [Minute, Minute][] = []
  for (const [from, to] of intervals.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
