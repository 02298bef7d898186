import { daysOfBuildWeek } from '../../domain/dimension.ts'
import { FishboneError } from '../../domain/error.ts'
import type { AnalysisPopulation } from '../../domain/root-cause-analysis.ts'
import type { Projection } from '../../analysis/projection.ts'

const lower = (names: readonly string[]): Set<string> => new Set(names.map(name => name.toLowerCase()))

/** Bundles that hold one of the levels wanted; a car passes when one of its bundles does. */
const bundlesWith = ({ levels, levelBundles }: Projection, dimension: string, isWanted: (level: string) => boolean): Set<number> => {
  const bundles = new Set<number>()
  levels.forEach((level, index) => {
    if (level.dimension === dimension && level.known && isWanted(level.level)) for (const bundle of levelBundles[index] ?? []) bundles.add(bundle)
  })
  return bundles
}

/**
 * 1 for the cars of a population. Names are compared without case; build dates by whole build weeks, which is all the columns hold: a week
 * counts when any of its days lies within the limits.
 *
 * @throws FB_INVALID where no car is left of a fleet that has some.
 */
export const populationMask = (projection: Projection, population: AnalysisPopulation | undefined): Uint8Array => {
  const mask = new Uint8Array(projection.ids.length).fill(1)
  const { models, modelYears, regions, builtFrom, builtTo } = population ?? {}
  const keepCarsWith = (bundles: ReadonlySet<number>): void => {
    for (let vehicle = 0; vehicle < mask.length; vehicle++) {
      let passes = false
      for (let entry = projection.entryOffsets[vehicle]!; entry < projection.entryOffsets[vehicle + 1]! && !passes; entry++) passes = bundles.has(projection.entryBundle[entry]!)
      if (!passes) mask[vehicle] = 0
    }
  }
  if (models) keepCarsWith(bundlesWith(projection, 'model', level => lower(models).has(level.toLowerCase())))
  if (modelYears) keepCarsWith(bundlesWith(projection, 'model-year', level => modelYears.includes(Number(level))))
  if (regions) keepCarsWith(bundlesWith(projection, 'region', level => lower(regions).has(level.toLowerCase())))
  if (builtFrom ?? builtTo) {
    const isInside = projection.weekNames.map(name => {
      const { from, to } = daysOfBuildWeek(name)
      return (builtFrom === undefined || to >= builtFrom) && (builtTo === undefined || from <= builtTo)
    })
    projection.week.forEach((week, vehicle) => (mask[vehicle] = week >= 0 && isInside[week] === true ? mask[vehicle]! : 0))
  }
  if (mask.length > 0 && !mask.includes(1)) throw new FishboneError('FB_INVALID', 'no car matches the population: check models, model years, regions and build dates')
  return mask
}
