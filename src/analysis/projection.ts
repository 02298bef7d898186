import { buildWeekOf, unknownLevel, type Dimension } from '../domain/dimension.ts'
import type { FleetVehicle } from '../domain/fleet.ts'

/** Minutes since 1970 UTC; fits an Int32 for four thousand years. */
export type Minute = number
export const never: Minute = 0x7fff_ffff
export const always: Minute = -0x7fff_ffff

/** Minute of an instant or of a day's start; `null` gives `otherwise`. */
export const toMinute = (instant: string | null | undefined, otherwise: Minute): Minute =>
  instant == null ? otherwise : Math.floor(Date.parse(instant) / 60_000)

export type Level = { dimension: Dimension; level: string; component: string | null; known: boolean }

/**
 * The fleet in columns. A car's entries each point at a bundle of levels that come together (all factors of the car itself; lot, part
 * number, supplier and condition of one fitted part) and hold for an interval.
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
}

type Growable = { push(value: number): void; take(): Int32Array; readonly length: number }

const createGrowable = (): Growable => {
  let values = new Int32Array(1024)
  let length = 0
  return {
    push(value) {
      if (length === values.length) {
        const larger = new Int32Array(values.length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    take: () => values.slice(0, length),
    get length() {
      return length
    },
  }
}

const createInterner = <T>(spell: (value: T) => string) => {
  const indexes = new Map<string, number>()
  const values: T[] = []
  return {
    values,
    indexOf(value: T): number {
      const key = spell(value)
      const known = indexes.get(key)
      if (known !== undefined) return known
      indexes.set(key, values.length)
      return values.push(value) - 1
    },
  }
}

const escapeLevel = (text: string): string => text.replaceAll('/', '%2F').replaceAll('@', '%40')
const weekEpochMs = Date.UTC(1969, 11, 29)

/**
 * Collects cars one by one and lays them out in columns.
 *
 * A car that lacks a component which most cars of its model carry gets the level `unknown` for it: missing genealogy is not random.
 */
export const createProjectionBuilder = () => {
  const levels = createInterner<Level>(one => `${one.dimension}\0${one.level}`)
  const bundles = createInterner<number[]>(one => one.join(','))
  const models = createInterner<string>(name => name)
  const ids: string[] = []
  const column = { soldAt: createGrowable(), model: createGrowable(), region: createGrowable(), plant: createGrowable(), week: createGrowable() }
  const entry = { vehicle: createGrowable(), bundle: createGrowable(), from: createGrowable(), to: createGrowable() }
  const componentsByModel = new Map<number, Map<string, number>>()
  const componentsOf: string[][] = []

  const levelIndex = (dimension: Dimension, level: string | null, component: string | null = null, prefix = ''): number =>
    levels.indexOf({ dimension, level: prefix + (level ?? unknownLevel), component, known: level !== null })

  const ownLevels = (row: FleetVehicle): { all: number[]; region: number; plant: number } => {
    const region = levelIndex('region', row.region)
    const plant = levelIndex('plant', row.plant)
    const all = [
      levelIndex('model', row.model),
      levelIndex('model-year', row.modelYear === null ? null : String(row.modelYear)),
      levelIndex('trim', row.trim),
      plant,
      levelIndex('build-week', row.builtOn === null ? null : buildWeekOf(row.builtOn)),
      region,
      ...row.options.map(option => levelIndex('option', option)),
    ]
    return { all: all.sort((a, b) => a - b), region, plant }
  }

  const fitLevels = (part: FleetVehicle['parts'][number]): number[] => {
    const partNo = escapeLevel(part.partNo)
    return [
      levelIndex('lot', part.lot === null ? null : escapeLevel(part.lot), part.component, `${partNo}/`),
      levelIndex('part-number', partNo, part.component),
      levelIndex('supplier', part.supplier, part.component, `${part.component}/`),
      levelIndex('condition', part.condition, part.component, `${part.component}/`),
    ].sort((a, b) => a - b)
  }

  const addEntry = (vehicle: number, bundle: number[], from: Minute, to: Minute): void => {
    entry.vehicle.push(vehicle)
    entry.bundle.push(bundles.indexOf(bundle))
    entry.from.push(from)
    entry.to.push(to)
  }

  return {
    add(row: FleetVehicle): void {
      const vehicle = ids.push(row.id) - 1
      const model = models.indexOf(row.make === null ? row.model : `${row.make} ${row.model}`)
      const own = ownLevels(row)
      column.soldAt.push(row.excluded ? never : toMinute(row.soldOn, never))
      column.model.push(model)
      column.region.push(own.region)
      column.plant.push(own.plant)
      column.week.push(row.builtOn === null ? -1 : Math.floor((Date.parse(row.builtOn) - weekEpochMs) / (7 * 86_400_000)))
      addEntry(vehicle, own.all, always, never)
      for (const part of row.parts) addEntry(vehicle, fitLevels(part), toMinute(part.from, always), toMinute(part.to, never))
      for (const run of row.software)
        addEntry(vehicle, [levelIndex('software', `${escapeLevel(run.module)}@${escapeLevel(run.version)}`)], toMinute(run.from, always), toMinute(run.to, never))
      for (const visit of row.serviceCenters) addEntry(vehicle, [levelIndex('service-center', visit.id)], toMinute(visit.from, always), never)
      const carried = [...new Set(row.parts.map(part => part.component))]
      componentsOf.push(carried)
      const counts = componentsByModel.get(model) ?? new Map<string, number>()
      componentsByModel.set(model, counts)
      for (const component of carried) counts.set(component, (counts.get(component) ?? 0) + 1)
    },

    build(): Projection {
      addMissingComponents({ componentsByModel, componentsOf, model: column.model.take(), add: (vehicle, component) =>
        addEntry(vehicle, (['lot', 'supplier'] as const).map(dimension => levelIndex(dimension, null, component, `${component}/`)), always, never) })
      return layOut({ ids, column, entry, levels: levels.values, bundles: bundles.values, models: models.values })
    },
  }
}

const addMissingComponents = (options: {
  componentsByModel: ReadonlyMap<number, ReadonlyMap<string, number>>
  componentsOf: readonly (readonly string[])[]
  model: Int32Array
  add: (vehicle: number, component: string) => void
}): void => {
  const carsOfModel = new Map<number, number>()
  for (const model of options.model) carsOfModel.set(model, (carsOfModel.get(model) ?? 0) + 1)
  const usual = new Map([...options.componentsByModel].map(([model, counts]) =>
    [model, [...counts].filter(([, count]) => count >= carsOfModel.get(model)! / 2).map(([component]) => component)]))
  options.componentsOf.forEach((carried, vehicle) => {
    const expected = usual.get(options.model[vehicle]!) ?? []
    if (carried.length >= expected.length && expected.every(component => carried.includes(component))) return
    for (const component of expected) if (!carried.includes(component)) options.add(vehicle, component)
  })
}

/** Indexes of `keys` grouped by key, as offsets and members: a counting sort that keeps the order given. */
export const groupBy = (keys: ArrayLike<number>, groups: number): { offsets: Uint32Array; members: Uint32Array } => {
  const offsets = new Uint32Array(groups + 1)
  for (let i = 0; i < keys.length; i++) offsets[keys[i]! + 1]!++
  for (let g = 0; g < groups; g++) offsets[g + 1]! += offsets[g]!
  const next = offsets.slice()
  const members = new Uint32Array(keys.length)
  for (let i = 0; i < keys.length; i++) members[next[keys[i]!]!++] = i
  return { offsets, members }
}

const runningTotals = (lengths: readonly number[]): Uint32Array => {
  const offsets = new Uint32Array(lengths.length + 1)
  lengths.forEach((length, i) => (offsets[i + 1] = offsets[i]! + length))
  return offsets
}

const layOut = (parts: {
  ids: string[]
  column: Record<'soldAt' | 'model' | 'region' | 'plant' | 'week', Growable>
  entry: Record<'vehicle' | 'bundle' | 'from' | 'to', Growable>
  levels: Level[]
  bundles: number[][]
  models: string[]
}): Projection => {
  const { ids, column, levels, bundles } = parts
  const order = groupBy(parts.entry.vehicle.take(), ids.length)
  const reorder = (values: Int32Array): Int32Array => Int32Array.from(order.members, i => values[i]!)
  const entryBundle = Uint32Array.from(reorder(parts.entry.bundle.take()))
  const byBundle = groupBy(entryBundle, bundles.length)
  const flat = bundles.flat()
  const byLevel = groupBy(flat, levels.length)
  const bundleOfFlat = Uint32Array.from(bundles.flatMap((members, bundle) => members.map(() => bundle)))
  const rawWeek = column.week.take()
  const knownWeeks = rawWeek.filter(week => week >= 0)
  const firstWeek = knownWeeks.reduce((least, week) => Math.min(least, week), Infinity)
  const lastWeek = knownWeeks.reduce((most, week) => Math.max(most, week), -Infinity)
  return {
    ids,
    soldAt: column.soldAt.take(),
    model: Uint16Array.from(column.model.take()),
    region: column.region.take(),
    plant: column.plant.take(),
    week: rawWeek.map(week => (week < 0 ? -1 : week - firstWeek)),
    weekNames: knownWeeks.length === 0 ? [] : Array.from({ length: lastWeek - firstWeek + 1 }, (_, w) =>
      buildWeekOf(new Date(weekEpochMs + (firstWeek + w) * 7 * 86_400_000).toISOString().slice(0, 10))),
    models: parts.models,
    levels,
    bundleOffsets: runningTotals(bundles.map(members => members.length)),
    bundleLevels: Uint32Array.from(flat),
    entryOffsets: order.offsets,
    entryBundle,
    entryFrom: reorder(parts.entry.from.take()),
    entryTo: reorder(parts.entry.to.take()),
    bundleEntryOffsets: byBundle.offsets,
    bundleEntries: byBundle.members,
    entryVehicle: Uint32Array.from(reorder(parts.entry.vehicle.take())),
    levelBundles: levels.map((_, level) =>
      Uint32Array.from(byLevel.members.subarray(byLevel.offsets[level], byLevel.offsets[level + 1]), i => bundleOfFlat[i]!)),
  }
}
