import type { Factor } from '../domain/fleet.ts'
import type { BuildWindow } from './build-windows.ts'
import { binomialUpperTail } from './exact-intervals.ts'
import { intersect, setOfVehicles, type LevelSet, type LevelSets } from './level-sets.ts'
import type { LevelPair } from './pair-scan.ts'
import type { Projection } from './projection.ts'


/** A cause under test: one level, a pair, or a window of build weeks, with the cars it puts at risk. */
export type Candidate = {
  kind: 'factor' | 'pair' | 'window'
  factors: Factor[]
  levels: readonly number[]
  known: boolean
  observed: number
  expected: number
  llr: number
  score: number
  set: LevelSet
}

const factorOf = (projection: Projection, level: number): Factor => {
  const { dimension, level: name, component } = projection.levels[level]!
  return { dimension, level: name, component }
}

export const levelCandidate = (options: {
  projection: Projection
  sets: LevelSets
  level: number
  observed: number
  expected: number
  llr: number
  score: number
}): Candidate => {
  const { projection, sets, level, ...numbers } = options
  return { kind: 'factor', factors: [factorOf(projection, level)], levels: [level], known: projection.levels[level]!.known, set: sets.of(level), ...numbers }
}

export const pairCandidate = (projection: Projection, sets: LevelSets, { a, b, ...numbers }: LevelPair): Candidate => ({
  kind: 'pair',
  factors: [factorOf(projection, a), factorOf(projection, b)],
  levels: [a, b],
  known: true,
  set: intersect(sets.of(a), sets.of(b), projection.ids.length),
  ...numbers,
})

/** A window is spelled as one `build-week` factor a week, with the plant beside them when it is of one plant. */
export const windowCandidate = (projection: Projection, exposed: (vehicle: number) => boolean, window: BuildWindow): Candidate => {
  const weeks = Array.from({ length: window.weeks }, (_, i) => projection.weekNames[window.firstWeek + i]!)
  const vehicles: number[] = []
  projection.week.forEach((week, vehicle) => {
    const isInside = week >= window.firstWeek && week < window.firstWeek + window.weeks
    if (isInside && (window.plant < 0 || projection.plant[vehicle] === window.plant) && exposed(vehicle)) vehicles.push(vehicle)
  })
  return {
    kind: 'window',
    factors: [
      ...weeks.map(level => ({ dimension: 'build-week' as const, level, component: null })),
      ...(window.plant < 0 ? [] : [factorOf(projection, window.plant)]),
    ],
    levels: window.plant < 0 ? [] : [window.plant],
    known: window.plant < 0 || projection.levels[window.plant]!.known,
    observed: window.observed,
    expected: window.expected,
    llr: window.llr,
    score: window.score,
    set: setOfVehicles(vehicles, projection.ids.length),
  }
}

/** What would tell two overlapping candidates apart: counts on either side, and the chance of the split if neither mattered. */
export const splitProbability = (only: { observed: number; expected: number }, other: { observed: number; expected: number }): number => {
  const total = only.observed + other.observed
  const share = only.expected + other.expected
  return total === 0 || share === 0 ? 1 : binomialUpperTail(only.observed, total, only.expected / share)
}
