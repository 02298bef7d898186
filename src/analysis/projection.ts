import type { FleetVehicle } from '../domain/fleet.ts'
import type { Projection } from './projection-columns.ts'
import { layOut } from './projection-layout.ts'
import { createStaging, type CarSource, type Picks } from './projection-staging.ts'

export { always, groupBy, never, toMinute } from './projection-columns.ts'
export type { Level, Minute, Projection } from './projection-columns.ts'

export type ProjectionBuilder = {
  /** Takes a car in; with `order: 'id'` a car that comes again replaces the earlier row. */
  add(row: FleetVehicle): void
  build(): Projection
}

/**
 * Collects cars one by one and lays them out in columns.
 *
 * @param options.order of the cars: as added, or by id, which is the same whatever order they are read in.
 * @param options.base a projection in order of ids whose cars are kept where no row replaces them; the order is then by id.
 */
export const createProjectionBuilder = (options: { order?: 'added' | 'id'; base?: Projection } = {}): ProjectionBuilder => {
  const { base, order = base ? 'id' : 'added' } = options
  const staging = createStaging()
  return {
    add: row => staging.add(row),
    build() {
      if (base) return layOut([staging.source, fromProjection(base)], mergeById(staging.source, base.ids))
      const cars = order === 'id' ? latestById(staging.source) : Uint32Array.from({ length: staging.source.cars }, (_, car) => car)
      return layOut([staging.source], { source: new Uint8Array(cars.length), car: cars })
    },
  }
}

/**
 * A projection with some cars added or replaced; the others keep their columns and are not read again. Equal to one that is built of all cars.
 *
 * @param old a projection in order of ids.
 */
export const mergeProjection = (old: Projection, changed: Iterable<FleetVehicle>): Projection => {
  const builder = createProjectionBuilder({ base: old })
  for (const row of changed) builder.add(row)
  return builder.build()
}

/** Index of a car by its id; undefined where it is not in the projection. */
export const vehicleIndex = ({ ids }: Pick<Projection, 'ids'>): ((id: string) => number | undefined) => {
  if (ids.every((id, i) => i === 0 || ids[i - 1]! < id)) return id => findSorted(ids, id)
  const indexes = new Map(ids.map((id, i) => [id, i]))
  return id => indexes.get(id)
}

const findSorted = (ids: readonly string[], id: string): number | undefined => {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ids[middle]! < id) low = middle + 1
    else high = middle
  }
  return ids[low] === id ? low : undefined
}

/** Cars by id; of those that came more than once the last. */
const latestById = (source: CarSource): Uint32Array => {
  const cars = Uint32Array.from({ length: source.cars }, (_, car) => car)
  cars.sort((a, b) => {
    const [x, y] = [source.id(a), source.id(b)]
    return x < y ? -1 : x > y ? 1 : a - b
  })
  return cars.filter((car, i) => i === cars.length - 1 || source.id(cars[i + 1]!) !== source.id(car))
}

/** Staged cars are source 0, those of the base source 1. */
const mergeById = (staged: CarSource, ids: readonly string[]): Picks => {
  const changed = latestById(staged)
  const picks: Picks = { source: new Uint8Array(changed.length + ids.length), car: new Uint32Array(changed.length + ids.length) }
  let [length, old] = [0, 0]
  const keepBefore = (id: string | null): void => {
    for (; old < ids.length && (id === null || ids[old]! < id); old++) {
      picks.source[length] = 1
      picks.car[length++] = old
    }
  }
  for (const car of changed) {
    const id = staged.id(car)
    keepBefore(id)
    if (ids[old] === id) old++
    picks.car[length++] = car
  }
  keepBefore(null)
  return { source: picks.source.subarray(0, length), car: picks.car.subarray(0, length) }
}

const fromProjection = (projection: Projection): CarSource => {
  const { ids, levels, models, bundleOffsets, bundleLevels, entryOffsets, entryBundle, entryFrom, entryTo } = projection
  const isStandIn = standIns(projection)
  return {
    cars: ids.length,
    levels,
    models,
    bundleOffsets,
    bundleLevels,
    id: car => ids[car]!,
    car: car => ({
      soldAt: projection.soldAt[car]!, model: projection.model[car]!, region: projection.region[car]!, plant: projection.plant[car]!,
      week: projection.week[car]! < 0 ? -1 : projection.week[car]! + projection.firstWeek,
    }),
    read(car, into) {
      into.length = 0
      for (let e = entryOffsets[car]!; e < entryOffsets[car + 1]!; e++) {
        const bundle = entryBundle[e]!
        if (isStandIn[bundle] === 1) continue
        const i = into.length++
        into.bundle[i] = bundle
        into.from[i] = entryFrom[e]!
        into.to[i] = entryTo[e]!
      }
    },
  }
}

/** Bundles that stand for a part a car lacks: a lot without part number. Who lacks what depends on the whole fleet and is found anew. */
const standIns = ({ levels, bundleOffsets, bundleLevels }: Projection): Uint8Array =>
  Uint8Array.from({ length: bundleOffsets.length - 1 }, (_, bundle) => {
    const dimensions = Array.from(bundleLevels.subarray(bundleOffsets[bundle], bundleOffsets[bundle + 1]), level => levels[level]!.dimension)
    return dimensions.includes('lot') && !dimensions.includes('part-number') ? 1 : 0
  })
