import type { Dimension } from '../domain/dimension.ts'
import { estimateBaseline, type Baseline } from './baseline.ts'
import type { ClassEvents } from './class-events.ts'
import { createExposureGroups, weekCalendar, type ExposureGroups, type LagWeight } from './exposure.ts'
import { contrastExpected, largeLevels, tabulateLevels, type EventLevels, type LevelTable } from './level-table.ts'
import type { LevelSets } from './level-sets.ts'
import type { LevelWalk } from './level-walk.ts'
import { analysisParameters } from './parameters.ts'
import { never, type Minute, type Projection } from './projection.ts'
import { softwareExpectations } from './software-strata.ts'

/** The cars of a question: `mask` is 1 for those in it. */
export type Population = { projection: Projection; mask: Uint8Array; cutOff: Minute; lag: LagWeight }

/** First sale inside the population; the calendar starts there. */
const firstSale = ({ projection, mask, cutOff }: Population): Minute => {
  let first = cutOff
  for (let v = 0; v < mask.length; v++) if (mask[v] === 1 && projection.soldAt[v]! !== never && projection.soldAt[v]! < first) first = projection.soldAt[v]!
  return first
}

export const exposureGroupsOf = (population: Population, byModel: boolean, calendarWeeks: number = analysisParameters.calendarWeeks): ExposureGroups =>
  createExposureGroups({ ...population, calendar: weekCalendar(firstSale(population), population.cutOff, calendarWeeks), byModel })

const { nuisanceRatio } = analysisParameters
/** One period for all time. */
const noCalendar = 10_000

/** Expected events of every level, each dimension against the baseline that does not hold it. */
export type LevelExpectations = {
  table: LevelTable
  expected: Float64Array
  /** Known levels with exposure, a dimension each (K). */
  known: ReadonlyMap<Dimension, number>
  /** E of each level without the allowance for what models, regions and workshops differ by in everything: what a pair must beat. */
  plain: Float64Array
  /** The baseline that leaves out what a set of levels is about: model or region. */
  baselineFor(levels: readonly number[]): Baseline
}


/**
 * @param baseline the common baseline (cells by model, margin by region).
 * @returns E of each level; small levels from the common baseline, large ones against the other cars of each cell, software versions against the other
 *   cars of each week, model from cells without model, region without its margin; model, region and workshop count from a ratio of 1.25 on, which is what they
 *   differ by in everything.
 */
export const expectLevels = (options: {
  population: Population
  walk: LevelWalk
  baseline: Baseline
  events: ClassEvents
  eventLevels: EventLevels
  sets: LevelSets
}): LevelExpectations => {
  const { population, walk, baseline, events, eventLevels, sets } = options
  const { projection } = population
  const table = tabulateLevels(projection, walk, baseline, eventLevels)
  const expected = table.mass.slice()
  const plain = expected.slice()
  const of = (level: number): Dimension => projection.levels[level]!.dimension
  const inUse = projection.levels.map((_, level) => level).filter(level => table.time[level]! > 0)
  const inDimension = (dimension: Dimension): number[] => inUse.filter(level => of(level) === dimension)
  const noMargin = estimateBaseline(baseline.groups, events, null)
  const anyModel = estimateBaseline(exposureGroupsOf(population, false), events, projection.region)
  const contrast = (against: Baseline, levels: readonly number[], nullRatio = 1): void =>
    contrastExpected({ sets, groups: against.groups, weights: against.multiplier, events, eventLevels, levels, observed: table.observed, nullRatio })
      .forEach((e, level) => [expected[level], plain[level]] = [e.expected, e.plain])
  const hasExcess = (level: number): boolean => table.observed[level]! > table.mass[level]!
  contrast(baseline, largeLevels(table).filter(level => hasExcess(level) && !['model', 'region', 'software', 'service-center'].includes(of(level))))
  contrast(baseline, inDimension('service-center').filter(hasExcess), nuisanceRatio)
  contrast(anyModel, inDimension('model'), nuisanceRatio)
  contrast(noMargin, inDimension('region'), nuisanceRatio)
  const timeless = estimateBaseline(exposureGroupsOf(population, true, noCalendar), events, projection.region)
  softwareExpectations({ projection, baseline: timeless, events, eventLevels, levels: inDimension('software'), observed: table.observed })
    .forEach((e, level) => (expected[level] = plain[level] = e))
  const known = new Map<Dimension, number>()
  for (const level of inUse) if (projection.levels[level]!.known) known.set(of(level), (known.get(of(level)) ?? 0) + 1)
  const baselineFor = (levels: readonly number[]): Baseline => {
    if (levels.some(level => of(level) === 'region')) return noMargin
    return levels.some(level => of(level) === 'model') ? anyModel : baseline
  }
  return { table, expected, plain, known, baselineFor }
}
