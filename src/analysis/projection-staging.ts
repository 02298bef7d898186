import { buildWeekOf, unknownLevel, type Dimension } from '../domain/dimension.ts'
import type { FleetVehicle } from '../domain/fleet.ts'
import { escapeLevel, lotLevel, softwareLevel } from '../domain/identifiers.ts'
import { always, never, toMinute, type Level, type Minute } from './projection-columns.ts'

const chunkBits = 16
const chunkMask = (1 << chunkBits) - 1

/** Numbers that grow a chunk at a time: nothing is copied and nothing doubled. */
const createColumn = () => {
  const chunks: Int32Array[] = []
  let length = 0
  return {
    push(value: number): void {
      if ((length & chunkMask) === 0) chunks.push(new Int32Array(1 << chunkBits))
      chunks[length >>> chunkBits]![length++ & chunkMask] = value
    },
    at: (i: number): number => chunks[i >>> chunkBits]![i & chunkMask]!,
    get length() {
      return length
    },
  }
}

/** Indexes of values by a path of keys, without a text made of them. */
const createTrie = <K>() => {
  type Node = { value: number; next: Map<K, Node> | null }
  const root: Node = { value: -1, next: null }
  /** @param make the index of a path that is met for the first time. */
  return (path: readonly K[], make: () => number): number => {
    let node = root
    for (const key of path) {
      node.next ??= new Map()
      let next = node.next.get(key)
      if (next === undefined) node.next.set(key, (next = { value: -1, next: null }))
      node = next
    }
    if (node.value < 0) node.value = make()
    return node.value
  }
}

/** Levels as they are first met; a level that is spelled `unknown` is one that is not known. */
const createLevels = () => {
  const levels: Level[] = []
  const find = createTrie<string>()
  const indexOf = (dimension: Dimension, level: string | null, component: string | null = null, spell: (level: string | null) => string = text => text ?? unknownLevel) => {
    const spelled = spell(level)
    // A part number that two components share is a level of each.
    return find([dimension, spelled, component ?? ''], () => levels.push({ dimension, level: spelled, component, known: level !== null && level !== unknownLevel }) - 1)
  }
  return { levels, indexOf }
}

/** Bundles of levels, each once, however often it is met. */
const createBundles = () => {
  const offsets: number[] = [0]
  const members: number[] = []
  const find = createTrie<number>()
  return {
    offsets,
    members,
    indexOf: (levels: number[]): number => {
      const sorted = levels.length > 1 ? [...new Set(levels)].sort((a, b) => a - b) : levels
      return find(sorted, () => {
        for (const level of sorted) members.push(level)
        return offsets.push(members.length) - 2
      })
    },
  }
}

const weekEpochMs = Date.UTC(1969, 11, 29)
/** Running number of the week of a day, from the one of 1970-01-01. */
const weekNumber = (day: string): number => Math.floor((Date.parse(day) - weekEpochMs) / (7 * 86_400_000))
/** Name of the week with a running number. */
export const weekName = (week: number): string => buildWeekOf(new Date(weekEpochMs + week * 7 * 86_400_000).toISOString().slice(0, 10))

/** Days come by the million and are few: what is derived of each is kept. */
const perDay = <T>(derive: (day: string) => T): ((day: string) => T) => {
  const days = new Map<string, T>()
  return day => {
    let derived = days.get(day)
    if (derived === undefined) days.set(day, (derived = derive(day)))
    return derived
  }
}

/** Entries of one car, one after the other. */
export type Scratch = { bundle: number[]; from: number[]; to: number[]; length: number }

/** Cars to lay out: from rows, or from a projection. Indexes of levels, bundles and models are the source's own. */
export type CarSource = {
  readonly cars: number
  readonly levels: readonly Level[]
  readonly models: readonly string[]
  readonly bundleOffsets: ArrayLike<number>
  readonly bundleLevels: ArrayLike<number>
  id(car: number): string
  car(car: number): { soldAt: Minute; model: number; region: number; plant: number; week: number }
  /** Writes the entries of a car over what is in `into`. */
  read(car: number, into: Scratch): void
}

/** Which cars are laid out, in this order: the source and the car within it. */
export type Picks = { source: Uint8Array; car: Uint32Array }

/** Calls back with the entries of each picked car, in `scratch` until the next. */
export const forEachCar = (
  sources: readonly CarSource[],
  picks: Picks,
  visit: (i: number, source: number, car: number, scratch: Scratch) => void,
): void => {
  const scratch: Scratch = { bundle: [], from: [], to: [], length: 0 }
  for (let i = 0; i < picks.car.length; i++) {
    const source = picks.source[i]!
    sources[source]!.read(picks.car[i]!, scratch)
    visit(i, source, picks.car[i]!, scratch)
  }
}

/** Takes in cars row by row. */
export const createStaging = (): { add(row: FleetVehicle): void; source: CarSource } => {
  const { levels, indexOf } = createLevels()
  const bundles = createBundles()
  const minuteOfDay = perDay(day => toMinute(day, never))
  const minuteOf = (instant: string | null, otherwise: Minute): Minute =>
    instant?.length === 10 ? minuteOfDay(instant) : toMinute(instant, otherwise)
  const weekOf = perDay(weekNumber)
  const models: string[] = []
  const ids: string[] = []
  const column = { soldAt: createColumn(), model: createColumn(), region: createColumn(), plant: createColumn(), week: createColumn(), end: createColumn() }
  const entry = { bundle: createColumn(), from: createColumn(), to: createColumn() }
  const findModel = createTrie<string>()
  const bundlesOfRow = createRowBundles(indexOf, bundles.indexOf)

  const addEntry = (bundle: number, from: Minute, to: Minute): void => {
    entry.bundle.push(bundle)
    entry.from.push(from)
    entry.to.push(to)
  }
  return {
    add(row) {
      ids.push(row.id)
      const name = row.make === null ? row.model : `${row.make} ${row.model}`
      column.model.push(findModel([name], () => models.push(name) - 1))
      column.soldAt.push(row.excluded ? never : minuteOf(row.soldOn, never))
      column.region.push(indexOf('region', row.region))
      column.plant.push(indexOf('plant', row.plant))
      column.week.push(row.builtOn === null ? -1 : weekOf(row.builtOn))
      for (const bundle of bundlesOfRow.own(row)) addEntry(bundle, always, never)
      for (const part of row.parts) addEntry(bundlesOfRow.part(part), minuteOf(part.from, always), minuteOf(part.to, never))
      for (const run of row.software) addEntry(bundlesOfRow.run(run), minuteOf(run.from, always), minuteOf(run.to, never))
      for (const visit of row.serviceCenters) addEntry(bundles.indexOf([indexOf('service-center', visit.id)]), minuteOf(visit.from, always), never)
      column.end.push(entry.bundle.length)
    },
    source: {
      get cars() {
        return ids.length
      },
      levels,
      models,
      bundleOffsets: bundles.offsets,
      bundleLevels: bundles.members,
      id: car => ids[car]!,
      car: car => ({
        soldAt: column.soldAt.at(car), model: column.model.at(car), region: column.region.at(car), plant: column.plant.at(car), week: column.week.at(car),
      }),
      read(car, into) {
        const first = car === 0 ? 0 : column.end.at(car - 1)
        into.length = column.end.at(car) - first
        for (let i = 0; i < into.length; i++) {
          into.bundle[i] = entry.bundle.at(first + i)
          into.from[i] = entry.from.at(first + i)
          into.to[i] = entry.to.at(first + i)
        }
      },
    },
  }
}

type Part = FleetVehicle['parts'][number]
type LevelIndex = ReturnType<typeof createLevels>['indexOf']

const createRowBundles = (indexOf: LevelIndex, bundleOf: (levels: number[]) => number) => {
  const [findPart, findRun] = [createTrie<string | null>(), createTrie<string>()]
  const weekOf = perDay(buildWeekOf)
  return {
    /** What the car itself is. Few combinations each: all of it in one bundle would be a bundle a car. */
    own: (row: FleetVehicle): number[] => [
      bundleOf([indexOf('model', row.model), indexOf('model-year', row.modelYear === null ? null : String(row.modelYear)), indexOf('trim', row.trim)]),
      bundleOf([indexOf('plant', row.plant), indexOf('build-week', row.builtOn === null ? null : weekOf(row.builtOn))]),
      bundleOf([indexOf('region', row.region)]),
      ...(row.options.length === 0 ? [] : [bundleOf(row.options.map(option => indexOf('option', option)))]),
    ],
    part: ({ component, partNo, lot, supplier, condition }: Part): number =>
      findPart([component, partNo, lot, supplier, condition], () => {
        const ofComponent = (level: string | null): string => `${component}/${level ?? unknownLevel}`
        return bundleOf([
          indexOf('lot', lot, component, level => lotLevel(partNo, level)),
          indexOf('part-number', partNo, component, () => escapeLevel(partNo)),
          indexOf('supplier', supplier, component, ofComponent),
          indexOf('condition', condition, component, ofComponent),
        ])
      }),
    run: ({ module, version }: FleetVehicle['software'][number]): number =>
      findRun([module, version], () => bundleOf([indexOf('software', softwareLevel(module, version))])),
  }
}
