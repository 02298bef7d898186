import { dimensions, unknownLevel } from '../domain/dimension.ts'
import { sharedColumns, type Level } from './projection-columns.ts'
import type { CarSource } from './projection-staging.ts'

/** What of a source the cars at hand carry: a byte each, 1 where one does. */
export type Use = { bundles: Uint8Array; models: Uint8Array }

/** One numbering of models, levels and bundles for several sources: each `…Of` leads from a source's number to it. */
export type UnitedLevels = {
  models: string[]
  levels: Level[]
  bundleOffsets: Uint32Array
  bundleLevels: Uint32Array
  /** −1 for a model, level or bundle that no car has any more. */
  modelOf: Int32Array[]
  levelOf: Int32Array[]
  bundleOf: Int32Array[]
  /** Bundle of lot and supplier unknown, a component each; −1 for components that no car lacks. */
  lackingBundle: Int32Array
}

/**
 * Numbers what is in use by what it is: levels by dimension, name and component, bundles by their levels, models by name.
 *
 * @param used one a source.
 * @param components of which some car lacks what most carry, null where none does.
 */
export const uniteLevels = (sources: readonly CarSource[], used: readonly Use[], components: readonly (string | null)[]): UnitedLevels => {
  const inUse = sources.map((source, s) => levelsInUse(source, used[s]!.bundles))
  const lacking = components.map(component => (component === null ? [] : lackingLevels(component)))
  const keyed = new Map<string, Level>()
  for (const level of [...inUse.flatMap((uses, s) => sources[s]!.levels.filter((_, i) => uses[i] === 1)), ...lacking.flat()]) keyed.set(keyOf(level), level)
  const keys = [...keyed.keys()].sort()
  const numberOf = new Map(keys.map((key, number) => [key, number]))
  const levelOf = sources.map((source, s) => Int32Array.from(source.levels, (level, i) => (inUse[s]![i] === 1 ? numberOf.get(keyOf(level))! : -1)))
  const models = [...new Set(sources.flatMap((source, s) => source.models.filter((_, m) => used[s]!.models[m] === 1)))].sort()
  const modelNumber = new Map(models.map((model, number) => [model, number]))
  return {
    models,
    levels: keys.map(key => keyed.get(key)!),
    ...uniteBundles(sources, used.map(({ bundles }) => bundles), levelOf, lacking.map(levels => levels.map(level => numberOf.get(keyOf(level))!))),
    modelOf: sources.map(source => Int32Array.from(source.models, model => modelNumber.get(model) ?? -1)),
    levelOf,
  }
}

const keyOf = ({ dimension, level, component }: Level): string =>
  `${String(dimensions.indexOf(dimension)).padStart(2, '0')}\0${level}\0${component ?? ''}`

const lackingLevels = (component: string): Level[] =>
  (['lot', 'supplier'] as const).map(dimension => ({ dimension, level: `${component}/${unknownLevel}`, component, known: false }))

const levelsInUse = (source: CarSource, used: Uint8Array): Uint8Array => {
  const uses = new Uint8Array(source.levels.length)
  used.forEach((isUsed, bundle) => {
    for (let b = source.bundleOffsets[bundle]!; isUsed === 1 && b < source.bundleOffsets[bundle + 1]!; b++) uses[source.bundleLevels[b]!] = 1
  })
  return uses
}

type Bundle = { levels: number[]; assign: (number: number) => void }

const uniteBundles = (sources: readonly CarSource[], used: readonly Uint8Array[], levelOf: readonly Int32Array[], lacking: readonly number[][]) => {
  const bundleOf = used.map(one => new Int32Array(one.length).fill(-1))
  const lackingBundle = new Int32Array(lacking.length).fill(-1)
  const bundles: Bundle[] = []
  const add = (levels: number[], assign: Bundle['assign']): void => void bundles.push({ levels: levels.sort((a, b) => a - b), assign })
  sources.forEach((source, s) => used[s]!.forEach((isUsed, bundle) => {
    if (isUsed === 0) return
    const levels: number[] = []
    for (let b = source.bundleOffsets[bundle]!; b < source.bundleOffsets[bundle + 1]!; b++) levels.push(levelOf[s]![source.bundleLevels[b]!]!)
    add(levels, number => (bundleOf[s]![bundle] = number))
  }))
  lacking.forEach((levels, component) => {
    if (levels.length > 0) add(levels, number => (lackingBundle[component] = number))
  })
  const distinct: number[][] = []
  for (const { levels, assign } of bundles.sort((a, b) => compareLists(a.levels, b.levels))) {
    if (distinct.length === 0 || compareLists(distinct.at(-1)!, levels) !== 0) distinct.push(levels)
    assign(distinct.length - 1)
  }
  const bundleOffsets = sharedColumns.uint32(distinct.length + 1)
  distinct.forEach((levels, i) => (bundleOffsets[i + 1] = bundleOffsets[i]! + levels.length))
  const bundleLevels = sharedColumns.uint32(bundleOffsets.at(-1)!)
  distinct.forEach((levels, i) => bundleLevels.set(levels, bundleOffsets[i]))
  return { bundleOffsets, bundleLevels, bundleOf, lackingBundle }
}

const compareLists = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}
