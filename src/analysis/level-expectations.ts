import type { Dimension } from '../domain/dimension.ts'
import { estimateBaseline, type Baseline } from './baseline.ts'
import type { ClassEvents } from './class-events.ts'
import { createExposureGroups, weekCalendar, type ExposureGroups, type LagWeight } from './exposure.ts'
import { contrastExpected, largeLevels, tabulateLevels, type EventLevels, type LevelTable } from './level-table.ts'
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
  /** The baseline that leaves out what a set of levels is about, model or region, and what they may differ by without being a cause. */
  baselineFor(levels: readonly number[]): { baseline: Baseline; nullRatio: number }
}

/** Dimensions whose levels differ a little in all their troubles. */
const nuisanceDimensions: ReadonlySet<Dimension> = new Set(['model', 'region', 'service-center'])

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
}): LevelExpectations => {
  const { population, walk, baseline, events, eventLevels } = options
  const { projection } = population
  const table = tabulateLevels(projection, walk, baseline, eventLevels)
  const expected = table.mass.slice()
  const put = (found: ReadonlyMap<number, number>): void => found.forEach((e, level) => (expected[level] = e))
  const of = (level: number): Dimension => projection.levels[level]!.dimension
  const inUse = projection.levels.map((_, level) => level).filter(level => table.time[level]! > 0)
  const inDimension = (dimension: Dimension): number[] => inUse.filter(level => of(level) === dimension)
  const noMargin = estimateBaseline(baseline.groups, events, null)
  const anyModel = estimateBaseline(exposureGroupsOf(population, false), events, projection.region)
  const contrast = (against: Baseline, levels: readonly number[], nullRatio = 1): void =>
    put(contrastExpected({ projection, walk, groups: against.groups, weights: against.multiplier, events, eventLevels, levels, observed: table.observed, nullRatio }))
  contrast(baseline, largeLevels(table).filter(level => !['model', 'region', 'software', 'service-center'].includes(of(level))))
  contrast(baseline, inDimension('service-center'), nuisanceRatio)
  contrast(anyModel, inDimension('model'), nuisanceRatio)
  contrast(noMargin, inDimension('region'), nuisanceRatio)
  const timeless = estimateBaseline(exposureGroupsOf(population, true, noCalendar), events, projection.region)
  put(softwareExpectations({ projection, baseline: timeless, events, eventLevels, levels: inDimension('software'), observed: table.observed }))
  const known = new Map<Dimension, number>()
  for (const level of inUse) if (projection.levels[level]!.known) known.set(of(level), (known.get(of(level)) ?? 0) + 1)
  const baselineFor = (levels: readonly number[]): { baseline: Baseline; nullRatio: number } => {
    const nullRatio = levels.some(level => nuisanceDimensions.has(of(level))) ? nuisanceRatio : 1
    if (levels.some(level => of(level) === 'region')) return { baseline: noMargin, nullRatio }
    return { baseline: levels.some(level => of(level) === 'model') ? anyModel : baseline, nullRatio }
  }
  return { table, expected, known, baselineFor }
}
