import type { Baseline } from './baseline.ts'
import type { Minute, Projection } from './projection.ts'

/**
 * Cars on a level: those that carry it over their whole exposure, and intervals of the others. Both lists are in order of cars; a car's intervals
 * follow each other and do not overlap.
 */
export type LevelSet = {
  whole: Uint32Array
  /** `whole` as a bit each, where it is so large that a bit a car of the fleet costs no more than the list. */
  bits: Uint32Array | null
  partial: { car: Uint32Array; from: Int32Array; to: Int32Array }
  vehicles: number
}

export type LevelSets = { of(level: number): LevelSet }

/** Sets of the cars under exposure, made when first asked for and kept. */
export const createLevelSets = (projection: Projection, baseline: Baseline): LevelSets => {
  const kept = new Map<number, LevelSet>()
  const scratch = createScratch()
  return {
    of(level) {
      const set = kept.get(level) ?? collect(projection, baseline, level, scratch)
      kept.set(level, set)
      return set
    },
  }
}

type Partial = LevelSet['partial']

const createSet = (whole: Uint32Array, partial: Partial, fleet: number): LevelSet => {
  const words = (fleet + 31) >>> 5
  const bits = whole.length >= words ? new Uint32Array(words) : null
  if (bits) for (const vehicle of whole) bits[vehicle >>> 5]! |= 1 << (vehicle & 31)
  let vehicles = whole.length
  for (let i = 0; i < partial.car.length; i++) if (i === 0 || partial.car[i - 1] !== partial.car[i]) vehicles++
  return { whole, bits, vehicles, partial }
}

const noIntervals: Partial = { car: new Uint32Array(0), from: new Int32Array(0), to: new Int32Array(0) }

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

/** Index of the first element that is not below `value`. */
const lowerBound = (sorted: Uint32Array, value: number): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

export const hasWhole = ({ bits, whole }: LevelSet, vehicle: number): boolean =>
  bits ? ((bits[vehicle >>> 5]! >>> (vehicle & 31)) & 1) === 1 : whole[lowerBound(whole, vehicle)] === vehicle

const isOn = (set: LevelSet, vehicle: number): boolean =>
  hasWhole(set, vehicle) || set.partial.car[lowerBound(set.partial.car, vehicle)] === vehicle

/** Share of the cars on either set that are on both. */
export const jaccard = (x: LevelSet, y: LevelSet): number => {
  const [small, large] = x.vehicles <= y.vehicles ? [x, y] : [y, x]
  let both = 0
  forEachCar(small, vehicle => (both += isOn(large, vehicle) ? 1 : 0))
  const either = x.vehicles + y.vehicles - both
  return either === 0 ? 0 : both / either
}

/** Whether a car was on the set at an instant. */
export const holds = (set: LevelSet, vehicle: number, at: Minute): boolean => {
  if (hasWhole(set, vehicle)) return true
  const { car, from, to } = set.partial
  for (let i = lowerBound(car, vehicle); car[i] === vehicle; i++) if (from[i]! <= at && at < to[i]!) return true
  return false
}

/** The set of whole cars given as indexes in order. */
export const setOfVehicles = (vehicles: readonly number[], fleet: number): LevelSet => createSet(Uint32Array.from(vehicles), noIntervals, fleet)

type VisitShared = { whole(vehicle: number): void; part(vehicle: number, from: Minute, to: Minute): void }

/** Calls back with what two sets share: whole cars, and intervals of the others. */
const forBoth = (a: LevelSet, b: LevelSet, visit: VisitShared): void => {
  const [small, large] = a.whole.length <= b.whole.length ? [a, b] : [b, a]
  for (const vehicle of small.whole) if (hasWhole(large, vehicle)) visit.whole(vehicle)
  for (const [some, other] of [[a, b], [b, a]] as const) {
    if (other.whole.length === 0) continue
    const { car, from, to } = some.partial
    for (let i = 0; i < car.length; i++) if (hasWhole(other, car[i]!)) visit.part(car[i]!, from[i]!, to[i]!)
  }
  const [x, y] = [a.partial, b.partial]
  for (let i = 0, j = 0; i < x.car.length && j < y.car.length; ) {
    if (x.car[i]! < y.car[j]!) i++
    else if (x.car[i]! > y.car[j]!) j++
    else {
      const [from, to] = [Math.max(x.from[i]!, y.from[j]!), Math.min(x.to[i]!, y.to[j]!)]
      if (from < to) visit.part(x.car[i]!, from, to)
      if (x.to[i]! <= y.to[j]!) i++
      else j++
    }
  }
}

/** Cars (and their time) on both sets. */
export const intersect = (a: LevelSet, b: LevelSet, fleet: number): LevelSet => {
  const [whole, car, from, to]: [number[], number[], number[], number[]] = [[], [], [], []]
  forBoth(a, b, {
    whole: vehicle => whole.push(vehicle),
    part: (vehicle, start, end) => {
      car.push(vehicle)
      from.push(start)
      to.push(end)
    },
  })
  return createSet(Uint32Array.from(whole), inOrder({ car: Uint32Array.from(car), from: Int32Array.from(from), to: Int32Array.from(to) }), fleet)
}

/** Calls back once a car of a set. */
export const forEachCar = ({ whole, partial: { car } }: LevelSet, visit: (vehicle: number) => void): void => {
  for (const vehicle of whole) visit(vehicle)
  for (let i = 0; i < car.length; i++) if (i === 0 || car[i] !== car[i - 1]) visit(car[i]!)
}

/** Expected events on a set. */
export const massOf = ({ whole, partial }: LevelSet, baseline: Baseline): number => {
  let mass = 0
  for (const vehicle of whole) mass += baseline.vehicleMass[vehicle]!
  for (let i = 0; i < partial.car.length; i++) mass += baseline.mass(partial.car[i]!, partial.from[i]!, partial.to[i]!)
  return mass
}

/** Expected events on both of two sets. */
export const massOfBoth = (a: LevelSet, b: LevelSet, baseline: Baseline): number => {
  let mass = 0
  forBoth(a, b, {
    whole: vehicle => (mass += baseline.vehicleMass[vehicle]!),
    part: (vehicle, from, to) => (mass += baseline.mass(vehicle, from, to)),
  })
  return mass
}

/** Arrays of at least a size, used again by the next set: what is kept of them is copied out. */
const createScratch = () => {
  let kept = { whole: new Uint32Array(0), partial: noIntervals }
  return (size: number): { whole: Uint32Array; partial: Partial } => {
    if (kept.whole.length < size) kept = { whole: new Uint32Array(size), partial: { car: new Uint32Array(size), from: new Int32Array(size), to: new Int32Array(size) } }
    return kept
  }
}

const collect = (projection: Projection, { groups }: Baseline, level: number, scratch: ReturnType<typeof createScratch>): LevelSet => {
  const { levelBundles, bundleEntryOffsets, bundleEntries, entryVehicle, entryFrom, entryTo, soldAt } = projection
  const bundles = levelBundles[level]!
  let size = 0
  for (const bundle of bundles) size += bundleEntryOffsets[bundle + 1]! - bundleEntryOffsets[bundle]!
  const { whole, partial } = scratch(size)
  let [wholes, parts] = [0, 0]
  for (const bundle of bundles) {
    for (let i = bundleEntryOffsets[bundle]!; i < bundleEntryOffsets[bundle + 1]!; i++) {
      const entry = bundleEntries[i]!
      const car = entryVehicle[entry]!
      if (groups.groupOf[car]! < 0) continue
      const [sold, from, to] = [soldAt[car]!, entryFrom[entry]!, entryTo[entry]!]
      if (from >= groups.cutOff || to <= sold) continue
      if (from <= sold && to >= groups.cutOff) whole[wholes++] = car
      else {
        partial.car[parts] = car
        partial.from[parts] = Math.max(from, sold)
        partial.to[parts++] = Math.min(to, groups.cutOff)
      }
    }
  }
  const fleet = projection.ids.length
  const cars = distinct(bundles.length > 1 ? whole.subarray(0, wholes).sort() : whole.subarray(0, wholes))
  if (parts === 0) return createSet(cars, noIntervals, fleet)
  const intervals = { car: partial.car.subarray(0, parts), from: partial.from.subarray(0, parts), to: partial.to.subarray(0, parts) }
  return createSet(cars, joined(inOrder(intervals), createSet(cars, noIntervals, fleet)), fleet)
}

/** Sorted values, each once. */
const distinct = (sorted: Uint32Array): Uint32Array => {
  let length = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[length - 1]) sorted[length++] = sorted[i]!
  return sorted.slice(0, length)
}

/** The same intervals by car, of one car by their start. */
const inOrder = ({ car, from, to }: Partial): Partial => {
  let isSorted = true
  for (let i = 1; i < car.length && isSorted; i++) isSorted = car[i - 1]! < car[i]! || (car[i - 1] === car[i] && from[i - 1]! <= from[i]!)
  if (isSorted) return { car, from, to }
  const order = Uint32Array.from(car.keys()).sort((a, b) => car[a]! - car[b]! || from[a]! - from[b]!)
  return { car: Uint32Array.from(order, i => car[i]!), from: Int32Array.from(order, i => from[i]!), to: Int32Array.from(order, i => to[i]!) }
}

/** Intervals in order with those of one car that touch or overlap as one, without cars that are on the level throughout. */
const joined = ({ car, from, to }: Partial, whole: LevelSet): Partial => {
  const out = { car: new Uint32Array(car.length), from: new Int32Array(car.length), to: new Int32Array(car.length) }
  let length = 0
  for (let i = 0; i < car.length; i++) {
    if (hasWhole(whole, car[i]!)) continue
    const last = length - 1
    if (last >= 0 && out.car[last] === car[i] && from[i]! <= out.to[last]!) out.to[last] = Math.max(out.to[last]!, to[i]!)
    else {
      out.car[length] = car[i]!
      out.from[length] = from[i]!
      out.to[length++] = to[i]!
    }
  }
  return { car: out.car.slice(0, length), from: out.from.slice(0, length), to: out.to.slice(0, length) }
}
