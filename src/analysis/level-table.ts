import { cellTime, timeByCell, type Baseline } from './baseline.ts'
import type { ClassEvents } from './class-events.ts'
import { cellAt, forEachCell, type ExposureGroups } from './exposure.ts'
import type { LevelSet, LevelSets } from './level-sets.ts'
import type { LevelWalk } from './level-walk.ts'
import { analysisParameters } from './parameters.ts'
import type { Projection } from './projection.ts'
import { expectationOf, stratifiedEvidence, type ExposureStratum } from './stratified-evidence.ts'

/** Levels each event's car carried at the event, as offsets and members. */
export type EventLevels = { offsets: Uint32Array; members: Uint32Array }

export const levelsOfEvents = (walk: LevelWalk, events: ClassEvents): EventLevels => {
  const offsets = new Uint32Array(events.claims + 1)
  const members: number[] = []
  for (let i = 0; i < events.claims; i++) {
    walk.at(events.vehicle[i]!, events.at[i]!, level => members.push(level))
    offsets[i + 1] = members.length
  }
  return { offsets, members: Uint32Array.from(members) }
}

/** Observed events, baseline expectation and time at risk, a level each. */
export type LevelTable = { observed: Float64Array; mass: Float64Array; time: Float64Array; totalTime: number }

export const tabulateLevels = (projection: Projection, walk: LevelWalk, baseline: Baseline, eventLevels: EventLevels): LevelTable => {
  const size = projection.levels.length
  const [observed, mass, time] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  for (const level of eventLevels.members) observed[level]!++
  const { groups } = baseline
  // A bundle's levels come together: it is summed once, and each of its levels gets the sum.
  const bundles = projection.bundleOffsets.length - 1
  const [bundleMass, bundleTime] = [new Float64Array(bundles), new Float64Array(bundles)]
  let totalTime = 0
  for (let v = 0; v < projection.ids.length; v++) {
    if (groups.groupOf[v]! < 0) continue
    const sold = projection.soldAt[v]!
    totalTime += groups.cutOff - sold
    if (walk.isOverlapping(v)) {
      walk.over(v, sold, groups.cutOff, (level, from, to) => {
        mass[level]! += from === sold && to === groups.cutOff ? baseline.vehicleMass[v]! : baseline.mass(v, from, to)
        time[level]! += to - from
      })
      continue
    }
    for (let e = projection.entryOffsets[v]!; e < projection.entryOffsets[v + 1]!; e++) {
      const [from, to] = [Math.max(sold, projection.entryFrom[e]!), Math.min(groups.cutOff, projection.entryTo[e]!)]
      if (from >= to) continue
      const bundle = projection.entryBundle[e]!
      bundleMass[bundle]! += from === sold && to === groups.cutOff ? baseline.vehicleMass[v]! : baseline.mass(v, from, to)
      bundleTime[bundle]! += to - from
    }
  }
  for (let bundle = 0; bundle < bundles; bundle++)
    for (let b = projection.bundleOffsets[bundle]!; b < projection.bundleOffsets[bundle + 1]!; b++) {
      mass[projection.bundleLevels[b]!]! += bundleMass[bundle]!
      time[projection.bundleLevels[b]!]! += bundleTime[bundle]!
    }
  return { observed, mass, time, totalTime }
}

/**
 * Expectation of levels against the cars of the same cell (months in service, calendar, model) that are not on them.
 *
 * Needed where a level is so large that the cells would absorb its effect (over a tenth of exposure), and for every model and region. Rates
 * fitted outside a level and carried over to where only it has cars would make every model year a suspect: age, calendar and year of build are
 * one too many.
 *
 * @param weights multiplier of each car's time (its region's margin).
 * @param nullRatio what the levels may differ by without being a cause (1).
 * @returns a map level → E, and E without that allowance; a level that nothing compares with is missing.
 */
export const contrastExpected = (options: {
  sets: LevelSets
  groups: ExposureGroups
  weights: Float64Array
  events: ClassEvents
  eventLevels: EventLevels
  levels: readonly number[]
  observed: Float64Array
  nullRatio?: number
}): Map<number, { expected: number; plain: number }> => {
  const { sets, groups, weights, events, eventLevels, levels, observed, nullRatio = 1 } = options
  const expected = new Map<number, { expected: number; plain: number }>()
  if (levels.length === 0) return expected
  const allTime = cellTime(groups, weights)
  const cells = cellsOfEvents(groups, events)
  for (const level of levels) {
    const inside = timeInside(sets.of(level), groups, weights)
    const strata = new Map<number, ExposureStratum>()
    cells.forEach((cell, event) => {
      const within = inside[cell]!
      const stratum = strata.get(cell) ?? { onLevel: 0, events: 0, inside: within, outside: Math.max(0, allTime[cell]! - within) }
      stratum.events++
      if (isOnLevel(eventLevels, event, level)) stratum.onLevel++
      strata.set(cell, stratum)
    })
    const against = (ratio: number): number | null => expectationOf(stratifiedEvidence([...strata.values()], ratio), observed[level]!, events.claims)
    const plain = against(1)
    if (plain !== null) expected.set(level, { plain, expected: nullRatio === 1 ? plain : against(nullRatio)! })
  }
  return expected
}

/** Cell of each event. */
const cellsOfEvents = (groups: ExposureGroups, events: ClassEvents): Int32Array =>
  Int32Array.from(events.at, (at, i) => cellAt(groups, groups.groupOf[events.vehicle[i]!]!, at))

/** Weighted time a cell inside a level. */
const timeInside = ({ whole, partial }: LevelSet, groups: ExposureGroups, weights: Float64Array): Float64Array => {
  const groupWeight = new Float64Array(groups.groups)
  for (const vehicle of whole) groupWeight[groups.groupOf[vehicle]!]! += weights[vehicle]!
  const time = timeByCell(groups, groupWeight)
  for (let i = 0; i < partial.car.length; i++) {
    const vehicle = partial.car[i]!
    const weight = weights[vehicle]!
    forEachCell(groups, groups.groupOf[vehicle]!, partial.from[i]!, partial.to[i]!, (cell, minutes) => (time[cell]! += weight * minutes))
  }
  return time
}

export const isOnLevel = ({ offsets, members }: EventLevels, event: number, level: number): boolean => {
  for (let i = offsets[event]!; i < offsets[event + 1]!; i++) if (members[i] === level) return true
  return false
}

/** Levels that cover more than `leaveOutShare` of the exposure. */
export const largeLevels = (table: LevelTable): number[] => {
  const large: number[] = []
  table.time.forEach((time, level) => {
    if (time > analysisParameters.leaveOutShare * table.totalTime) large.push(level)
  })
  return large
}
