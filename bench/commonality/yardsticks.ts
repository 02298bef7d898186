import { fisherOneSided } from '../../src/analysis/stratified-odds.ts'
import { scanLlr } from '../../src/analysis/scan-score.ts'
import { createLevelWalk } from '../../src/analysis/level-walk.ts'
import type { Report } from '../../src/analysis/class-events.ts'
import type { Population } from '../../src/analysis/level-expectations.ts'
import { never } from '../../src/analysis/projection.ts'

/** Levels in order of suspicion by a method that is not ours. */
export type Yardstick = { name: 'naive lift' | 'fisher' | 'oracle'; ranked: number[] }

type Counts = { affected: Float64Array; cars: Float64Array; totalAffected: number; totalCars: number }

/** Cars that ever carried a level while sold, and those of them with a report: the table a spreadsheet would hold. */
const countCars = ({ projection, cutOff }: Population, reports: readonly Report[]): Counts => {
  const walk = createLevelWalk(projection)
  const counts: Counts = { affected: new Float64Array(projection.levels.length), cars: new Float64Array(projection.levels.length), totalAffected: 0, totalCars: 0 }
  const affected = new Set(reports.map(report => report.vehicle))
  for (let v = 0; v < projection.ids.length; v++) {
    const sold = projection.soldAt[v]!
    if (sold === never || sold >= cutOff) continue
    const isAffected = affected.has(v)
    counts.totalCars++
    counts.totalAffected += isAffected ? 1 : 0
    const seen = new Set<number>()
    walk.over(v, sold, cutOff, level => seen.add(level))
    for (const level of seen) {
      counts.cars[level]!++
      if (isAffected) counts.affected[level]!++
    }
  }
  return counts
}

const ranked = (levels: readonly number[], scoreOf: (level: number) => number): number[] =>
  levels.map(level => ({ level, score: scoreOf(level) })).sort((a, b) => b.score - a.score || a.level - b.level).slice(0, 10).map(one => one.level)

/** Share of affected cars on the level over that of all cars, from three affected cars on. */
export const naiveLift = (population: Population, reports: readonly Report[]): Yardstick => {
  const { affected, cars, totalAffected, totalCars } = countCars(population, reports)
  const levels = population.projection.levels.flatMap((one, i) => (one.known && affected[i]! >= 3 ? [i] : []))
  return { name: 'naive lift', ranked: ranked(levels, i => affected[i]! / cars[i]! / (totalAffected / totalCars)) }
}

/** One-sided Fisher test of affected against level, cars as they stand. */
export const fisher = (population: Population, reports: readonly Report[]): Yardstick => {
  const { affected, cars, totalAffected, totalCars } = countCars(population, reports)
  const levels = population.projection.levels.flatMap((one, i) => (one.known && affected[i]! >= 3 ? [i] : []))
  const p = (i: number): number => fisherOneSided([affected[i]!, cars[i]! - affected[i]!, totalAffected - affected[i]!, totalCars - cars[i]! - (totalAffected - affected[i]!)])
  return { name: 'fisher', ranked: ranked(levels, i => -p(i)) }
}

/**
 * Knows each car's true rate without the cause: levels by LLR − ln K against the true expectation.
 *
 * @param trueMass expected background events of a car over a stretch of its time.
 */
export const oracle = (population: Population, reports: readonly Report[], trueMass: (vehicle: number, from: number, to: number) => number): Yardstick => {
  const { projection, cutOff } = population
  const walk = createLevelWalk(projection)
  const [expected, observed] = [new Float64Array(projection.levels.length), new Float64Array(projection.levels.length)]
  let total = 0
  for (let v = 0; v < projection.ids.length; v++) {
    const sold = projection.soldAt[v]!
    if (sold === never || sold >= cutOff) continue
    total += trueMass(v, sold, cutOff)
    walk.over(v, sold, cutOff, (level, from, to) => (expected[level]! += trueMass(v, from, to)))
  }
  for (const { vehicle, at } of reports) walk.at(vehicle, at, level => observed[level]!++)
  const dimensions = new Map<string, number>()
  for (const { dimension, known } of projection.levels) if (known) dimensions.set(dimension, (dimensions.get(dimension) ?? 0) + 1)
  const levels = projection.levels.flatMap((one, i) => (one.known && observed[i]! >= 3 && expected[i]! > 0 ? [i] : []))
  const score = (i: number): number =>
    scanLlr(observed[i]!, Math.min(reports.length - 1e-9, (expected[i]! * reports.length) / total), reports.length) - Math.log(dimensions.get(projection.levels[i]!.dimension)!)
  return { name: 'oracle', ranked: ranked(levels, score) }
}
