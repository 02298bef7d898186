import { always, never, sharedColumns, withDerivedColumns, type Projection } from './projection-columns.ts'
import { findLacking, type Lacking } from './projection-lacking.ts'
import { uniteLevels, type UnitedLevels, type Use } from './projection-levels.ts'
import { forEachCar, weekName, type CarSource, type Picks, type Scratch } from './projection-staging.ts'

/**
 * Lays cars out in columns. Levels, bundles, models and the entries of a car are in an order that follows from what they are, not from where they
 * were read: the same cars in the same order give the same columns, whether read at once or merged.
 *
 * A car that lacks a component which most cars of its model carry gets the level `unknown` for it: missing genealogy is not random.
 */
export const layOut = (sources: readonly CarSource[], picks: Picks): Projection => {
  const use = findUse(sources, picks)
  const lacking = findLacking(sources, picks)
  const united = uniteLevels(sources, use, lacking.components)
  const entries = layOutEntries(sources, picks, united, lacking)
  const own = layOutCars(sources, picks, united)
  return withDerivedColumns({
    ids: Array.from(picks.car, (car, i) => sources[picks.source[i]!]!.id(car)),
    ...own,
    ...entries,
    models: united.models,
    levels: united.levels,
    bundleOffsets: united.bundleOffsets,
    bundleLevels: united.bundleLevels,
  })
}

const findUse = (sources: readonly CarSource[], picks: Picks): Use[] => {
  const use = sources.map(source => ({ bundles: new Uint8Array(source.bundleOffsets.length - 1), models: new Uint8Array(source.models.length) }))
  forEachCar(sources, picks, (_, source, car, scratch) => {
    use[source]!.models[sources[source]!.car(car).model] = 1
    for (let e = 0; e < scratch.length; e++) use[source]!.bundles[scratch.bundle[e]!] = 1
  })
  return use
}

const layOutCars = (sources: readonly CarSource[], picks: Picks, united: UnitedLevels) => {
  const cars = picks.car.length
  const columns = {
    soldAt: sharedColumns.int32(cars), model: sharedColumns.uint16(cars), region: sharedColumns.int32(cars), plant: sharedColumns.int32(cars),
    week: sharedColumns.int32(cars),
  }
  let [firstWeek, lastWeek] = [Infinity, -Infinity]
  for (let i = 0; i < cars; i++) {
    const source = picks.source[i]!
    const car = sources[source]!.car(picks.car[i]!)
    columns.soldAt[i] = car.soldAt
    columns.model[i] = united.modelOf[source]![car.model]!
    columns.region[i] = united.levelOf[source]![car.region]!
    columns.plant[i] = united.levelOf[source]![car.plant]!
    columns.week[i] = car.week
    if (car.week < 0) continue
    firstWeek = Math.min(firstWeek, car.week)
    lastWeek = Math.max(lastWeek, car.week)
  }
  if (firstWeek > lastWeek) return { ...columns, firstWeek: 0, weekNames: [] }
  columns.week.forEach((week, i) => (columns.week[i] = week < 0 ? -1 : week - firstWeek))
  return { ...columns, firstWeek, weekNames: Array.from({ length: lastWeek - firstWeek + 1 }, (_, w) => weekName(firstWeek + w)) }
}

const layOutEntries = (sources: readonly CarSource[], picks: Picks, united: UnitedLevels, lacking: Lacking) => {
  const entryOffsets = sharedColumns.uint32(picks.car.length + 1)
  forEachCar(sources, picks, (i, source, _, scratch) => {
    entryOffsets[i + 1] = entryOffsets[i]! + scratch.length + lacking.of(i, source, scratch).length
  })
  const entries = entryOffsets.at(-1)!
  const columns = { entryBundle: sharedColumns.uint32(entries), entryFrom: sharedColumns.int32(entries), entryTo: sharedColumns.int32(entries) }
  forEachCar(sources, picks, (i, source, _, scratch) => {
    const missing = lacking.of(i, source, scratch)
    for (let e = 0; e < scratch.length; e++) scratch.bundle[e] = united.bundleOf[source]![scratch.bundle[e]!]!
    for (const component of missing) {
      const e = scratch.length++
      scratch.bundle[e] = united.lackingBundle[component]!
      scratch.from[e] = always
      scratch.to[e] = never
    }
    sortEntries(scratch)
    for (let e = 0; e < scratch.length; e++) {
      columns.entryBundle[entryOffsets[i]! + e] = scratch.bundle[e]!
      columns.entryFrom[entryOffsets[i]! + e] = scratch.from[e]!
      columns.entryTo[entryOffsets[i]! + e] = scratch.to[e]!
    }
  })
  return { entryOffsets, ...columns }
}

/** By bundle, then interval; insertion, for a few dozen that are mostly in order. */
const sortEntries = ({ bundle, from, to, length }: Scratch): void => {
  for (let i = 1; i < length; i++) {
    const [b, start, end] = [bundle[i]!, from[i]!, to[i]!]
    let at = i - 1
    while (at >= 0 && (bundle[at]! > b || (bundle[at] === b && (from[at]! > start || (from[at] === start && to[at]! > end))))) {
      bundle[at + 1] = bundle[at]!
      from[at + 1] = from[at]!
      to[at + 1] = to[at]!
      at--
    }
    bundle[at + 1] = b
    from[at + 1] = start
    to[at + 1] = end
  }
}
