import { analysisParameters } from './parameters.ts'
import { countByCell, shrunkRates, timeByCell, type Baseline } from './baseline.ts'
import type { ClassEvents } from './class-events.ts'
import { forEachCell, type ExposureGroups } from './exposure.ts'
import type { LevelWalk } from './level-walk.ts'
import type { Minute, Projection } from './projection.ts'

/** Levels each event's car carried at the event, as offsets and members. */
export type EventLevels = { offsets: Uint32Array; members: Uint32Array }

/** Levels valid on a car at an instant. */
export const levelsAt = (walk: LevelWalk, vehicle: number, at: Minute, visit: (level: number) => void): void =>
  walk(vehicle, at, at + 1, visit)

export const levelsOfEvents = (walk: LevelWalk, events: ClassEvents): EventLevels => {
  const offsets = new Uint32Array(events.claims + 1)
  const members: number[] = []
  for (let i = 0; i < events.claims; i++) {
    levelsAt(walk, events.vehicle[i]!, events.at[i]!, level => members.push(level))
    offsets[i + 1] = members.length
  }
  return { offsets, members: Uint32Array.from(members) }
}

/** Observed events, baseline expectation, cars at risk and lag-weighted time, a level each. */
export type LevelTable = { observed: Float64Array; mass: Float64Array; vehicles: Uint32Array; time: Float64Array; totalTime: number }

export const tabulateLevels = (projection: Projection, walk: LevelWalk, baseline: Baseline, eventLevels: EventLevels): LevelTable => {
  const size = projection.levels.length
  const table: LevelTable = {
    observed: new Float64Array(size),
    mass: new Float64Array(size),
    vehicles: new Uint32Array(size),
    time: new Float64Array(size),
    totalTime: 0,
  }
  for (const level of eventLevels.members) table.observed[level]!++
  const { groups } = baseline
  const lastVehicle = new Int32Array(size).fill(-1)
  for (let v = 0; v < projection.ids.length; v++) {
    if (groups.groupOf[v]! < 0) continue
    const sold = projection.soldAt[v]!
    table.totalTime += groups.cutOff - sold
    walk(v, sold, groups.cutOff, (level, from, to) => {
      const isWhole = from === sold && to === groups.cutOff
      table.mass[level]! += isWhole ? baseline.vehicleMass[v]! : baseline.mass(v, from, to)
      table.time[level]! += to - from
      if (lastVehicle[level] !== v) table.vehicles[level]!++
      lastVehicle[level] = v
    })
  }
  return table
}

/**
 * Expectation of a level from rates estimated outside it: E_out = Σ T_gc r_c(out), π = E_out / (E_out + C − O_g), E = C π.
 *
 * Needed where a level is so large that the cells would absorb its effect (over a tenth of exposure), and for every software version:
 * there the cars that have not yet got it in the same cell are the control.
 *
 * @param weights multiplier of each car's time (its region's margin).
 * @returns a map level → E; a level that leaves nothing outside is missing.
 */
export const contrastExpected = (options: {
  projection: Projection
  walk: LevelWalk
  groups: ExposureGroups
  weights: Float64Array
  events: ClassEvents
  eventLevels: EventLevels
  levels: readonly number[]
}): Map<number, number> => {
  const { projection, walk, groups, weights, events, eventLevels, levels } = options
  const slot = new Int32Array(projection.levels.length).fill(-1)
  levels.forEach((level, i) => (slot[level] = i))
  const wholeWeight = levels.map(() => new Float64Array(groups.groups))
  const partTime = levels.map(() => new Float64Array(groups.cells))
  const allWeight = new Float64Array(groups.groups)
  for (let v = 0; v < projection.ids.length; v++) {
    const group = groups.groupOf[v]!
    if (group < 0) continue
    const [sold, weight] = [projection.soldAt[v]!, weights[v]!]
    allWeight[group]! += weight
    walk(v, sold, groups.cutOff, (level, from, to) => {
      const i = slot[level]!
      if (i < 0) return
      if (from === sold && to === groups.cutOff) wholeWeight[i]![group]! += weight
      else forEachCell(groups, group, from, to, (cell, minutes) => (partTime[i]![cell]! += weight * minutes))
    })
  }
  const allTime = timeByCell(groups, allWeight)
  const expected = new Map<number, number>()
  levels.forEach((level, i) => {
    const inside = timeByCell(groups, wholeWeight[i]!).map((minutes, cell) => minutes + partTime[i]![cell]!)
    const e = outsideExpectation({ level, inside, allTime, groups, events, eventLevels })
    if (e !== null) expected.set(level, e)
  })
  return expected
}

const outsideExpectation = (options: {
  level: number
  inside: Float64Array
  allTime: Float64Array
  groups: ExposureGroups
  events: ClassEvents
  eventLevels: EventLevels
}): number | null => {
  const { level, inside, allTime, groups, events, eventLevels } = options
  const isInside = (event: number): boolean => {
    for (let i = eventLevels.offsets[event]!; i < eventLevels.offsets[event + 1]!; i++) if (eventLevels.members[i] === level) return true
    return false
  }
  const outsideCount = countByCell(groups, events, event => !isInside(event))
  const outsideTime = allTime.map((minutes, cell) => Math.max(0, minutes - inside[cell]!))
  const outside = outsideCount.reduce((sum, n) => sum + n, 0)
  if (outsideTime.every(minutes => minutes < 1) || outside === 0) return null
  const rates = shrunkRates(outsideCount, outsideTime)
  const expected = inside.reduce((sum, minutes, cell) => sum + minutes * rates[cell]!, 0)
  return (events.claims * expected) / (expected + outside)
}

/** Levels that cover more than `leaveOutShare` of the exposure. */
export const largeLevels = (table: LevelTable): number[] => {
  const large: number[] = []
  table.time.forEach((time, level) => {
    if (time > analysisParameters.leaveOutShare * table.totalTime) large.push(level)
  })
  return large
}
