import { createWindowTable, scanWindows, type WindowTable } from './build-windows.ts'
import { estimateBaseline, type Baseline } from './baseline.ts'
import { levelCandidate, pairCandidate, windowCandidate, type Candidate } from './candidate.ts'
import type { ClassEvents } from './class-events.ts'
import type { ExposureGroups } from './exposure.ts'
import { fitFactors } from './fitted-rivals.ts'
import { expectLevels, type LevelExpectations, type Population } from './level-expectations.ts'
import { createLevelSets, createPairExpectation, holds, intersect, massOfBoth, type LevelSets } from './level-sets.ts'
import { levelsOfEvents, type EventLevels } from './level-table.ts'
import { createLevelWalk, type LevelWalk } from './level-walk.ts'
import { createPairScanner, type ScoredLevel } from './pair-scan.ts'
import { analysisParameters } from './parameters.ts'
import { scanLlr } from './scan-score.ts'
import { createLevelScorer } from './single-scan.ts'

/** All that a search of one class over one population stands on. */
export type CauseScan = {
  population: Population
  walk: LevelWalk
  baseline: Baseline
  events: ClassEvents
  eventLevels: EventLevels
  expectations: LevelExpectations
  sets: LevelSets
  windows: WindowTable
  /** Expected events on both of two levels, on the common baseline. */
  pairExpectation: (a: number, b: number) => number
}

export const createCauseScan = (population: Population, groups: ExposureGroups, events: ClassEvents): CauseScan => {
  const { projection } = population
  const walk = createLevelWalk(projection)
  const baseline = estimateBaseline(groups, events, projection.region)
  const eventLevels = levelsOfEvents(walk, events)
  const sets = createLevelSets(projection, baseline)
  const expectations = expectLevels({ population, walk, baseline, events, eventLevels, sets })
  return {
    population, walk, baseline, events, eventLevels, expectations, sets,
    windows: createWindowTable(projection, baseline),
    pairExpectation: createPairExpectation(sets, projection.levels.length, () => baseline),
  }
}

/** Candidates beyond this place are not looked at: none is shown, and none can tie. */
const longestList = 40

/** The best singles, pairs and windows, best first. */
export const rankCandidates = (scan: CauseScan): Candidate[] => {
  const { population: { projection }, baseline, events, expectations, sets, windows } = scan
  const expectedOf = createPairExpectation(sets, projection.levels.length, (a, b) => expectations.baselineFor([a, b]))
  const factors = factorsAndPairs(scan, { expected: expectations.expected, plain: expectations.plain, expectedOf })
  const found = scanWindows(windows, projection, events.vehicle, 0)
  const isExposed = (vehicle: number): boolean => baseline.groups.groupOf[vehicle]! >= 0
  const candidates = [...factors, ...found.slice(0, 5).map(window => windowCandidate(projection, isExposed, window))].sort(byScore)
  return candidates.slice(0, 2 * longestList).filter(one => standsOnEnoughCars(one, events)).slice(0, longestList)
}

/** One car that fails again and again is one car: the events of a candidate must come from as many cars as it needs events. */
const standsOnEnoughCars = ({ kind, set }: Candidate, events: ClassEvents): boolean => {
  const needed = kind === 'pair' ? analysisParameters.minPairEvents : analysisParameters.minEvents
  const cars = new Set<number>()
  for (let i = 0; i < events.claims && cars.size < needed; i++) if (holds(set, events.vehicle[i]!, events.at[i]!)) cars.add(events.vehicle[i]!)
  return cars.size >= needed
}

const byScore = (x: Candidate, y: Candidate): number => y.score - x.score

type Against = { expected: Float64Array; plain: Float64Array; expectedOf: (a: number, b: number) => number }

const factorsAndPairs = (scan: CauseScan, { expected, plain, expectedOf }: Against): Candidate[] => {
  const { population: { projection }, events, eventLevels, expectations, sets } = scan
  const { known, table } = expectations
  const scored = (against: Float64Array, how: 'score' | 'ungated'): ScoredLevel[] => {
    const scorer = createLevelScorer(projection, against, events.claims, known)
    const levels = Array.from(table.observed.keys()).filter(level => table.observed[level]! > 0)
    return levels.map(level => ({ level, score: scorer[how](level, table.observed[level]!) })).filter(one => one.score > -Infinity)
  }
  const singles = scored(expected, 'score')
  const sides = scored(plain, 'ungated').filter(({ level }) => projection.levels[level]!.known && table.observed[level]! >= analysisParameters.minPairEvents)
  const scanner = createPairScanner({ projection, known, claims: events.claims, expectedOf, mass: expectations.table.mass })
  const pairs = scanner.scan(sides, eventLevels)
  return [
    ...singles.map(({ level, score }) =>
      levelCandidate({ projection, sets, level, observed: table.observed[level]!, expected: expected[level]!, score, llr: scanLlr(table.observed[level]!, expected[level]!, events.claims) })),
    ...pairs.map(pair => pairCandidate(projection, sets, pair)),
  ].sort(byScore)
}

/**
 * Factors and pairs searched again with one cause taken as true: its events are expected inside its cars, and fewer outside.
 *
 * @returns best first; scores and expectations are those under the fitted cause.
 */
export const rankBesides = (scan: CauseScan, cause: Candidate): Candidate[] => {
  const { population: { projection }, baseline, events, expectations, sets, walk } = scan
  const { inside, outside } = fitFactors(cause.observed, cause.expected, events.claims)
  const massInside = new Float64Array(projection.levels.length)
  const { groupOf, cutOff } = baseline.groups
  const add = (vehicle: number, from: number, to: number): void => {
    if (groupOf[vehicle]! >= 0) walk.over(vehicle, from, to, (level, start, end) => (massInside[level]! += baseline.mass(vehicle, start, end)))
  }
  const { whole, partial } = cause.set
  for (const vehicle of whole) add(vehicle, projection.soldAt[vehicle]!, cutOff)
  partial.car.forEach((vehicle, i) => add(vehicle, partial.from[i]!, partial.to[i]!))
  const fitted = (e: number, level: number): number => {
    const mass = expectations.table.mass[level]!
    const share = mass > 0 ? massInside[level]! / mass : 0
    return Math.min(events.claims, e * (share * inside + (1 - share) * outside))
  }
  const fleet = projection.ids.length
  const expectedOf = (a: number, b: number): number => {
    const against = expectations.baselineFor([a, b])
    const all = massOfBoth(sets.of(a), sets.of(b), against)
    const within = massOfBoth(intersect(sets.of(a), sets.of(b), fleet), cause.set, against)
    return within * inside + (all - within) * outside
  }
  return factorsAndPairs(scan, { expected: expectations.expected.map(fitted), plain: expectations.plain.map(fitted), expectedOf })
}
