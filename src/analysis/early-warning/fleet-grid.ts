import { groupBy, never, type Minute, type Projection } from '../projection.ts'
import { minutesPerWeek } from './warning-parameters.ts'

/** A part of the fleet whose cohorts are watched: one supplier of one component, one plant, or all cars. */
export type Cell = { dimension: 'all' | 'plant' | 'supplier'; level: string; component: string | null }

/**
 * The fleet counted by build week × model × week of sale (a stratum) and cell, so that a scan works on counts instead of cars. Weeks are
 * counted from the first sale; the last ends at `cutOff`. Cars never sold by then, without a build week or excluded are in no stratum.
 */
export type FleetGrid = {
  readonly cutOff: Minute
  readonly weeks: number
  readonly buildWeeks: number
  readonly weekNames: readonly string[]
  readonly models: number
  readonly cells: readonly Cell[]
  /** Stratum of each car, −1 for none. */
  readonly stratumOf: Int32Array
  readonly build: Int32Array
  readonly model: Int32Array
  readonly sold: Int32Array
  /** Cars by model × week of sale, `soldCars[model * weeks + sold]`. */
  readonly soldCars: Float64Array
  /** Cars of each cell by stratum: entries of cell c are `entryOffsets[c]` to `entryOffsets[c + 1]`. */
  readonly entryOffsets: Uint32Array
  readonly entryStratum: Uint32Array
  readonly entryCars: Float64Array
  /** Cars in order of their week of sale: those of week s are `carOffsets[s]` to `carOffsets[s + 1]`. */
  readonly carOffsets: Uint32Array
  readonly carsBySale: Uint32Array
  /** Running number of the calendar quarter that holds the middle of each week, from 0. */
  readonly quarterOf: Int32Array
  readonly quarters: number
  /** Cells of a car as it was sold. */
  cellsOf(vehicle: number): Uint32Array
  /** Week of an instant before the cut-off; negative before the first sale. */
  weekOf(at: Minute): number
}

/** Counts the cars of a projection by stratum and cell as of an instant. */
export const createFleetGrid = ({ projection, cutOff }: { projection: Projection; cutOff: Minute }): FleetGrid => {
  const isIn = (car: number): boolean => projection.week[car]! >= 0 && projection.soldAt[car]! !== never && projection.soldAt[car]! < cutOff
  let first = cutOff - 1
  for (let car = 0; car < projection.ids.length; car++) if (isIn(car)) first = Math.min(first, projection.soldAt[car]!)
  const weeks = 1 + Math.floor((cutOff - 1 - first) / minutesPerWeek)
  const weekOf = (at: Minute): number => weeks - 1 - Math.floor((cutOff - 1 - at) / minutesPerWeek)
  const strata = stratify(projection, isIn, weekOf, weeks)
  const cells = cellsOfFleet(projection)
  const byLevel = new Map(cells.flatMap((cell, index) => (cell.levelIndex < 0 ? [] : [[cell.levelIndex, index] as const])))
  const quarterOf = Int32Array.from({ length: weeks }, (_, week) => quarterNumber(cutOff - (weeks - 1 - week) * minutesPerWeek - minutesPerWeek / 2))
  const firstQuarter = quarterOf[0]!
  const soldCars = new Float64Array(projection.models.length * weeks)
  strata.stratumOf.forEach(stratum => stratum >= 0 && soldCars[strata.model[stratum]! * weeks + strata.sold[stratum]!]!++)
  const inGrid = Uint32Array.from(strata.stratumOf.keys()).filter(car => strata.stratumOf[car]! >= 0)
  const bySale = groupBy(Int32Array.from(inGrid, car => strata.sold[strata.stratumOf[car]!]!), weeks)
  return {
    cutOff, weeks, weekOf, soldCars, ...strata,
    buildWeeks: projection.weekNames.length,
    weekNames: projection.weekNames,
    models: projection.models.length,
    cells: cells.map(({ dimension, level, component }) => ({ dimension, level, component })),
    ...countCells(projection, cells.map(cell => cell.levelIndex), strata.stratumOf, strata.build.length),
    carOffsets: bySale.offsets,
    carsBySale: bySale.members.map(position => inGrid[position]!),
    quarterOf: quarterOf.map(quarter => quarter - firstQuarter),
    quarters: quarterOf.at(-1)! - firstQuarter + 1,
    cellsOf: vehicle => cellsOfCar(projection, byLevel, vehicle),
  }
}

const quarterNumber = (at: Minute): number => {
  const date = new Date(at * 60_000)
  return date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3)
}

const stratify = (projection: Projection, isIn: (car: number) => boolean, weekOf: (at: Minute) => number, weeks: number) => {
  const stratumOf = new Int32Array(projection.ids.length).fill(-1)
  const known = new Map<number, number>()
  const [build, model, sold]: [number[], number[], number[]] = [[], [], []]
  for (let car = 0; car < stratumOf.length; car++) {
    if (!isIn(car)) continue
    const week = weekOf(projection.soldAt[car]!)
    const key = (projection.week[car]! * projection.models.length + projection.model[car]!) * weeks + week
    let stratum = known.get(key)
    if (stratum === undefined) {
      known.set(key, (stratum = build.push(projection.week[car]!) - 1))
      model.push(projection.model[car]!)
      sold.push(week)
    }
    stratumOf[car] = stratum
  }
  return { stratumOf, build: Int32Array.from(build), model: Int32Array.from(model), sold: Int32Array.from(sold) }
}

/** All cars, then plants, then suppliers: of cohorts with the same evidence the first is named. */
const cellsOfFleet = (projection: Projection): (Cell & { levelIndex: number })[] => {
  const levels = projection.levels.map((one, levelIndex) => ({ ...one, levelIndex })).filter(one => one.known)
  const of = (dimension: 'plant' | 'supplier') =>
    levels.filter(one => one.dimension === dimension).map(({ level, component, levelIndex }) => ({ dimension, level, component, levelIndex }))
  return [{ dimension: 'all', level: 'all', component: null, levelIndex: -1 }, ...of('plant'), ...of('supplier')]
}

/** Entry of a car that holds at an instant; parts replaced later do not move a car out of the cohort it was built in. */
const holdsAt = (projection: Projection, entry: number, at: Minute): boolean => projection.entryFrom[entry]! <= at && at < projection.entryTo[entry]!

const countCells = (projection: Projection, levels: readonly number[], stratumOf: Int32Array, strata: number) => {
  const offsets = new Uint32Array(levels.length + 1)
  const [entryStratum, entryCars]: [number[], number[]] = [[], []]
  const counts = new Float64Array(strata)
  const lastCell = new Int32Array(stratumOf.length).fill(-1)
  levels.forEach((level, cell) => {
    const count = (car: number): void => {
      const stratum = stratumOf[car]!
      if (stratum < 0 || lastCell[car] === cell) return
      lastCell[car] = cell
      counts[stratum]!++
    }
    if (level < 0) for (let car = 0; car < stratumOf.length; car++) count(car)
    else
      for (const bundle of projection.levelBundles[level]!)
        for (let i = projection.bundleEntryOffsets[bundle]!; i < projection.bundleEntryOffsets[bundle + 1]!; i++) {
          const entry = projection.bundleEntries[i]!
          const car = projection.entryVehicle[entry]!
          if (holdsAt(projection, entry, projection.soldAt[car]!)) count(car)
        }
    for (let stratum = 0; stratum < strata; stratum++) {
      if (counts[stratum] === 0) continue
      entryStratum.push(stratum)
      entryCars.push(counts[stratum]!)
      counts[stratum] = 0
    }
    offsets[cell + 1] = entryStratum.length
  })
  return { entryOffsets: offsets, entryStratum: Uint32Array.from(entryStratum), entryCars: Float64Array.from(entryCars) }
}

const cellsOfCar = (projection: Projection, byLevel: ReadonlyMap<number, number>, vehicle: number): Uint32Array => {
  const cells = new Set([0])
  for (let entry = projection.entryOffsets[vehicle]!; entry < projection.entryOffsets[vehicle + 1]!; entry++) {
    if (!holdsAt(projection, entry, projection.soldAt[vehicle]!)) continue
    const bundle = projection.entryBundle[entry]!
    for (let i = projection.bundleOffsets[bundle]!; i < projection.bundleOffsets[bundle + 1]!; i++) {
      const cell = byLevel.get(projection.bundleLevels[i]!)
      if (cell !== undefined) cells.add(cell)
    }
  }
  return Uint32Array.from(cells)
}
