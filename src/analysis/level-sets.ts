import type { Baseline } from './baseline.ts'
import type { Minute, Projection } from './projection.ts'

export type Interval = readonly [from: Minute, to: Minute]

/** Cars on a level: those that carry it over their whole exposure, in order, and the others with their intervals. */
export type LevelSet = {
  whole: Uint32Array
  /** `whole` as a bit each, where it is so large that a bit a car of the fleet costs no more than the list. */
  bits: Uint32Array | null
  partial: ReadonlyMap<number, readonly Interval[]>
  vehicles: number
}

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

const createSet = (whole: Uint32Array, partial: ReadonlyMap<number, readonly Interval[]>, fleet: number): LevelSet => {
  const words = (fleet + 31) >>> 5
  const bits = whole.length >= words ? new Uint32Array(words) : null
  if (bits) for (const vehicle of whole) bits[vehicle >>> 5]! |= 1 << (vehicle & 31)
  return { whole, bits, partial, vehicles: whole.length + partial.size }
}

/** Expected events while a car carries both of two levels, summed over cars and kept; `pick` says which baseline a pair is held against. */
export const createPairExpectation = (sets: LevelSets, levels: number, pick: (a: number, b: number) => Baseline) => {
  const kept = new Map<number, number>()
  return (a: number, b: number): number => {
    const key = Math.min(a, b) * levels + Math.max(a, b)
    const known = kept.get(key)
    if (known !== undefined) return known
    const mass = massOfBoth(sets.of(a), sets.of(b), pick(a, b))
    kept.set(key, mass)
    return mass
  }
}

export const hasWhole = ({ bits, whole }: LevelSet, vehicle: number): boolean => {
  if (bits) return ((bits[vehicle >>> 5]! >>> (vehicle & 31)) & 1) === 1
  let [low, high] = [0, whole.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (whole[middle]! < vehicle) low = middle + 1
    else high = middle
  }
  return whole[low] === vehicle
}

const isOn = (set: LevelSet, vehicle: number): boolean => hasWhole(set, vehicle) || set.partial.has(vehicle)

/** Share of the cars on either set that are on both. */
export const jaccard = (x: LevelSet, y: LevelSet): number => {
  const [small, large] = x.vehicles <= y.vehicles ? [x, y] : [y, x]
  let both = 0
  for (const vehicle of small.whole) if (isOn(large, vehicle)) both++
  for (const vehicle of small.partial.keys()) if (isOn(large, vehicle)) both++
  const either = x.vehicles + y.vehicles - both
  return either === 0 ? 0 : both / either
}

/** Whether a car was on the set at an instant. */
export const holds = (set: LevelSet, vehicle: number, at: Minute): boolean =>
  hasWhole(set, vehicle) || (set.partial.get(vehicle)?.some(([from, to]) => from <= at && at < to) ?? false)

/** The set of whole cars given as indexes in order. */
export const setOfVehicles = (vehicles: readonly number[], fleet: number): LevelSet => createSet(Uint32Array.from(vehicles), new Map(), fleet)

const overlapOf = (a: readonly Interval[], b: readonly Interval[]): Interval[] =>
  a.flatMap(([from, to]) => b.map(([start, end]) => [Math.max(from, start), Math.min(to, end)] as const).filter(([x, y]) => x < y))

/** Calls back with each car of both sets; `intervals` is null where the car is on both over its whole exposure. */
const forBoth = (a: LevelSet, b: LevelSet, visit: (vehicle: number, intervals: readonly Interval[] | null) => void): void => {
  const [small, large] = a.vehicles <= b.vehicles ? [a, b] : [b, a]
  for (const vehicle of small.whole) {
    if (hasWhole(large, vehicle)) visit(vehicle, null)
    else if (large.partial.has(vehicle)) visit(vehicle, large.partial.get(vehicle)!)
  }
  for (const [vehicle, intervals] of small.partial) {
    if (hasWhole(large, vehicle)) visit(vehicle, intervals)
    else if (large.partial.has(vehicle)) visit(vehicle, overlapOf(intervals, large.partial.get(vehicle)!))
  }
}

/** Cars (and their time) on both sets. */
export const intersect = (a: LevelSet, b: LevelSet, fleet: number): LevelSet => {
  const whole: number[] = []
  const partial = new Map<number, readonly Interval[]>()
  forBoth(a, b, (vehicle, intervals) => {
    if (intervals === null) whole.push(vehicle)
    else if (intervals.length > 0) partial.set(vehicle, intervals)
  })
  return createSet(Uint32Array.from(whole), partial, fleet)
}

/** Calls back with each car of a set. */
export const forEachVehicle = (set: LevelSet, visit: (vehicle: number, intervals: readonly Interval[] | null) => void): void => {
  for (const vehicle of set.whole) visit(vehicle, null)
  for (const [vehicle, intervals] of set.partial) visit(vehicle, intervals)
}

const massOn = (baseline: Baseline, vehicle: number, intervals: readonly Interval[] | null): number => {
  if (intervals === null) return baseline.vehicleMass[vehicle]!
  let mass = 0
  for (const [from, to] of intervals) mass += baseline.mass(vehicle, from, to)
  return mass
}

/** Expected events on a set. */
export const massOf = (set: LevelSet, baseline: Baseline): number => {
  let mass = 0
  forEachVehicle(set, (vehicle, intervals) => (mass += massOn(baseline, vehicle, intervals)))
  return mass
}

/** Expected events on both of two sets. */
export const massOfBoth = (a: LevelSet, b: LevelSet, baseline: Baseline): number => {
  let mass = 0
  forBoth(a, b, (vehicle, intervals) => (mass += massOn(baseline, vehicle, intervals)))
  return mass
}

const collect = (projection: Projection, { groups }: Baseline, level: number): LevelSet => {
  const whole: number[] = []
  const partial = new Map<number, Interval[]>()
  for (const bundle of projection.levelBundles[level]!) {
    for (let i = projection.bundleEntryOffsets[bundle]!; i < projection.bundleEntryOffsets[bundle + 1]!; i++) {
      const entry = projection.bundleEntries[i]!
      const vehicle = projection.entryVehicle[entry]!
      if (groups.groupOf[vehicle]! < 0) continue
      const [sold, from, to] = [projection.soldAt[vehicle]!, projection.entryFrom[entry]!, projection.entryTo[entry]!]
      if (from >= groups.cutOff || to <= sold) continue
      if (from <= sold && to >= groups.cutOff) whole.push(vehicle)
      else partial.set(vehicle, joined([...(partial.get(vehicle) ?? []), [Math.max(from, sold), Math.min(to, groups.cutOff)]]))
    }
  }
  const distinct = Uint32Array.from(new Set(whole)).sort()
  if (partial.size > 0) for (const vehicle of distinct) partial.delete(vehicle)
  return createSet(distinct, partial, projection.ids.length)
}

const joined = (intervals: Interval[]): Interval[] => {
  if (intervals.length < 2) return intervals
  const result: [Minute, Minute][] = []
  for (const [from, to] of intervals.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
