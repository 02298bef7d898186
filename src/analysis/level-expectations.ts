import type { Dimension } from '../domain/dimension.ts'
import { estimateBaseline, type Baseline } from './baseline.ts'
import type { ClassEvents } from './class-events.ts'
import { createExposureGroups, quarterCalendar, weekCalendar, type ExposureGroups, type LagWeight } from './exposure.ts'
import { contrastExpected, largeLevels, tabulateLevels, type EventLevels, type LevelTable } from './level-table.ts'
import type { LevelWalk } from './level-walk.ts'
import { analysisParameters } from './parameters.ts'
import { never, type Minute, type Projection } from './projection.ts'

export type Population = { projection: Projection; mask: Uint8Array; cutOff: Minute; lag: LagWeight }

/** First sale inside the population; the calendar starts there. */
const firstSale = ({ projection, mask, cutOff }: Population): Minute => {
  let first = cutOff
  projection.soldAt.forEach((at, vehicle) => {
    if (mask[vehicle] === 1 && at !== never && at < first) first = at
  })
  return first
}

export const quarterGroups = (population: Population, byModel: boolean): ExposureGroups =>
  createExposureGroups({ ...population, calendar: quarterCalendar(firstSale(population), population.cutOff), byModel })

const sixWeekGroups = (population: Population): ExposureGroups =>
  createExposureGroups({
    ...population,
    calendar: weekCalendar(firstSale(population), population.cutOff, analysisParameters.swCalendarWeeks),
    byModel: true,
  })

/** Expected events of every level, each dimension against the baseline that does not hold it. */
export type LevelExpectations = {
  table: LevelTable
  expected: Float64Array
  /** Known levels with exposure, a dimension each (K). */
  known: ReadonlyMap<Dimension, number>
  /** The baseline that leaves out what a set of levels is about: model or region. */
  baselineFor(levels: readonly number[]): Baseline
}

/**
 * @param baseline the common baseline (cells by model, margin by region).
 * @returns E of each level; small levels from the common baseline, large ones and software versions from rates outside the level, model
 *   from cells without model, region without its margin.
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
  const contrast = (groups: ExposureGroups, weights: Float64Array, levels: readonly number[]): void => {
    if (levels.length === 0) return
    contrastExpected({ projection, walk, groups, weights, events, eventLevels, levels }).forEach((e, level) => (expected[level] = e))
  }
  const of = (level: number): Dimension => projection.levels[level]!.dimension
  const inUse = projection.levels.map((_, level) => level).filter(level => table.time[level]! > 0)
  const large = largeLevels(table)
  const withoutModel = quarterGroups(population, false)
  const noMargin = estimateBaseline(baseline.groups, events, null)
  contrast(baseline.groups, baseline.multiplier, large.filter(level => !['model', 'region', 'software'].includes(of(level))))
  const anyModel = estimateBaseline(withoutModel, events, projection.region)
  contrast(withoutModel, anyModel.multiplier, inUse.filter(level => of(level) === 'model'))
  contrast(baseline.groups, noMargin.multiplier, inUse.filter(level => of(level) === 'region'))
  contrast(sixWeekGroups(population), baseline.multiplier, inUse.filter(level => of(level) === 'software'))
  const known = new Map<Dimension, number>()
  for (const level of inUse) if (projection.levels[level]!.known) known.set(of(level), (known.get(of(level)) ?? 0) + 1)
  const baselineFor = (levels: readonly number[]): Baseline => {
    if (levels.some(level => of(level) === 'region')) return noMargin
    return levels.some(level => of(level) === 'model') ? anyModel : baseline
  }
  return { table, expected, known, baselineFor }
}
