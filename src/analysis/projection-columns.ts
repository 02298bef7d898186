import type { Dimension } from '../domain/dimension.ts'

/** Minutes since 1970 UTC; fits an Int32 for four thousand years. */
export type Minute = number
export const never: Minute = 0x7fff_ffff
export const always: Minute = -0x7fff_ffff

/** Minute of an instant or of a day's start; `null` gives `otherwise`. */
export const toMinute = (instant: string | null | undefined, otherwise: Minute): Minute =>
  instant == null ? otherwise : Math.floor(Date.parse(instant) / 60_000)

export type Level = { dimension: Dimension; level: string; component: string | null; known: boolean }

/**
 * The fleet in columns. A car's entries each point at a bundle of levels that come together (lot, part number, supplier and condition of one
 * fitted part; model, model year and trim; plant and build week; region; the set of options) and hold for an interval.
 *
 * All typed arrays lie on shared memory: a worker thread that is sent a projection reads the same bytes.
 */
export type Projection = {
  readonly ids: readonly string[]
  /** Start of exposure, `never` for unsold or excluded cars. */
  readonly soldAt: Int32Array
  readonly model: Uint16Array
  /** Index of the level, per car. */
  readonly region: Int32Array
  readonly plant: Int32Array
  /** Build week as a running number, −1 where unknown; `weekNames[w]` spells it. */
  readonly week: Int32Array
  readonly weekNames: readonly string[]
  /** Weeks from the one of 1970-01-01 to week 0. */
  readonly firstWeek: number
  readonly models: readonly string[]
  readonly levels: readonly Level[]
  readonly bundleOffsets: Uint32Array
  readonly bundleLevels: Uint32Array
  readonly entryOffsets: Uint32Array
  readonly entryBundle: Uint32Array
  readonly entryFrom: Int32Array
  readonly entryTo: Int32Array
  /** Entries of a bundle, in order of cars. */
  readonly bundleEntryOffsets: Uint32Array
  readonly bundleEntries: Uint32Array
  readonly entryVehicle: Uint32Array
  /** Bundles that hold a level. */
  readonly levelBundles: readonly Uint32Array[]
  /** A bit a car: set where the car carries one level in two entries whose intervals overlap. */
  readonly overlapping: Uint32Array
}

/** Typed arrays on memory that worker threads share. */
export const sharedColumns = {
  int32: (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4)),
  uint32: (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4)),
  uint16: (length: number): Uint16Array => new Uint16Array(new SharedArrayBuffer(length * 2)),
}

/** Indexes of `keys` grouped by key, as offsets and members on shared memory: a counting sort that keeps the order given. */
export const groupBy = (keys: ArrayLike<number>, groups: number): { offsets: Uint32Array; members: Uint32Array } => {
  const offsets = sharedColumns.uint32(groups + 1)
  for (let i = 0; i < keys.length; i++) offsets[keys[i]! + 1]!++
  for (let g = 0; g < groups; g++) offsets[g + 1]! += offsets[g]!
  const next = offsets.slice()
  const members = sharedColumns.uint32(keys.length)
  for (let i = 0; i < keys.length; i++) members[next[keys[i]!]!++] = i
  return { offsets, members }
}

/** What follows from the other columns; a saved projection leaves it out. */
export type DerivedColumn = 'bundleEntryOffsets' | 'bundleEntries' | 'entryVehicle' | 'levelBundles' | 'overlapping'

/** Completes a projection by the columns that follow from the others. */
export const withDerivedColumns = (columns: Omit<Projection, DerivedColumn>): Projection => {
  const { entryOffsets, entryBundle, bundleOffsets, bundleLevels, levels, ids } = columns
  const entryVehicle = sharedColumns.uint32(entryBundle.length)
  for (let v = 0; v < ids.length; v++) entryVehicle.fill(v, entryOffsets[v], entryOffsets[v + 1])
  const bundles = bundleOffsets.length - 1
  const byBundle = groupBy(entryBundle, bundles)
  const byLevel = groupBy(bundleLevels, levels.length)
  // From places in `bundleLevels` to the bundles they belong to.
  const bundleOfPlace = new Uint32Array(bundleLevels.length)
  for (let b = 0; b < bundles; b++) bundleOfPlace.fill(b, bundleOffsets[b], bundleOffsets[b + 1])
  byLevel.members.forEach((place, i) => (byLevel.members[i] = bundleOfPlace[place]!))
  return {
    ...columns,
    bundleEntryOffsets: byBundle.offsets,
    bundleEntries: byBundle.members,
    entryVehicle,
    levelBundles: levels.map((_, level) => byLevel.members.subarray(byLevel.offsets[level], byLevel.offsets[level + 1])),
    overlapping: overlappingCars(columns),
  }
}

type Entries = Pick<Projection, 'entryOffsets' | 'entryBundle' | 'entryFrom' | 'entryTo' | 'bundleOffsets' | 'bundleLevels'>

const overlappingCars = (columns: Entries & Pick<Projection, 'levels' | 'ids'>): Uint32Array => {
  const { entryOffsets, entryBundle, bundleOffsets, bundleLevels, levels, ids } = columns
  const overlapping = sharedColumns.uint32((ids.length + 31) >>> 5)
  const stamp = new Uint32Array(levels.length)
  const repeated: number[] = []
  for (let v = 0; v < ids.length; v++) {
    repeated.length = 0
    for (let e = entryOffsets[v]!; e < entryOffsets[v + 1]!; e++) {
      const bundle = entryBundle[e]!
      for (let b = bundleOffsets[bundle]!; b < bundleOffsets[bundle + 1]!; b++) {
        const level = bundleLevels[b]!
        if (stamp[level] === v + 1) repeated.push(level)
        stamp[level] = v + 1
      }
    }
    if (repeated.some(level => overlapsItself(columns, v, level))) overlapping[v >>> 5]! |= 1 << (v & 31)
  }
  return overlapping
}

/** Whether a car holds one level in two entries at one time. */
const overlapsItself = (columns: Entries, vehicle: number, level: number): boolean => {
  const { entryOffsets, entryBundle, entryFrom, entryTo, bundleOffsets, bundleLevels } = columns
  const entries: number[] = []
  for (let e = entryOffsets[vehicle]!; e < entryOffsets[vehicle + 1]!; e++) {
    if (entryFrom[e]! >= entryTo[e]!) continue
    const bundle = entryBundle[e]!
    for (let b = bundleOffsets[bundle]!; b < bundleOffsets[bundle + 1]!; b++) if (bundleLevels[b] === level) entries.push(e)
  }
  return entries.some((a, i) => entries.slice(i + 1).some(b => entryFrom[a]! < entryTo[b]! && entryFrom[b]! < entryTo[a]!))
}
