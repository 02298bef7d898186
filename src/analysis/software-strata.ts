import type { Baseline } from './baseline.ts'
import type { ClassEvents } from './class-events.ts'
import { isOnLevel, type EventLevels } from './level-table.ts'
import { analysisParameters, minutesPerDay } from './parameters.ts'
import type { Projection } from './projection.ts'
import { expectationOf, frailtyEvidence, type ExposureStratum } from './stratified-evidence.ts'

/**
 * Expectations of software versions, against the cars of the same weeks that do not run them: staged roll-out makes those the control.
 *
 * @param baseline without a calendar margin: the strata carry it.
 * @returns a map level → E; a version that nothing compares with is missing.
 */
export const softwareExpectations = (options: {
  projection: Projection
  baseline: Baseline
  events: ClassEvents
  eventLevels: EventLevels
  levels: readonly number[]
  observed: Float64Array
}): Map<number, number> => {
  const { events, eventLevels, levels, observed } = options
  const { inside, all, weekOf } = weeklyMass(options)
  const found = new Map<number, number>()
  levels.forEach((level, i) => {
    const strata: ExposureStratum[] = Array.from(all, (mass, week) => ({ onLevel: 0, events: 0, inside: inside[i]![week]!, outside: Math.max(0, mass - inside[i]![week]!) }))
    for (let event = 0; event < events.claims; event++) {
      const stratum = strata[weekOf(events.at[event]!)]!
      stratum.events++
      if (isOnLevel(eventLevels, event, level)) stratum.onLevel++
    }
    const expected = expectationOf(frailtyEvidence(strata, analysisParameters.shrinkEvents), observed[level]!, events.claims)
    if (expected !== null) found.set(level, expected)
  })
  return found
}

/** Expected events a week, of all cars and of those on each level. */
const weeklyMass = (options: { projection: Projection; baseline: Baseline; levels: readonly number[] }) => {
  const { projection, baseline, levels } = options
  const { groups } = baseline
  const step = analysisParameters.calendarWeeks * 7 * minutesPerDay
  let first = groups.cutOff
  for (let v = 0; v < groups.groupOf.length; v++) if (groups.groupOf[v]! >= 0 && projection.soldAt[v]! < first) first = projection.soldAt[v]!
  const weeks = Math.max(1, Math.ceil((groups.cutOff - first) / step))
  const weekOf = (at: number): number => Math.max(0, Math.min(weeks - 1, Math.floor((at - first) / step)))
  const groupMass = massByGroupAndWeek(projection, baseline, { first, step, weeks })
  const slotOfBundle = new Int32Array(projection.bundleOffsets.length - 1).fill(-1)
  levels.forEach((level, i) => projection.levelBundles[level]!.forEach(bundle => (slotOfBundle[bundle] = i)))
  const inside = levels.map(() => new Float64Array(weeks))
  const all = new Float64Array(weeks)
  for (let v = 0; v < groups.groupOf.length; v++) {
    const group = groups.groupOf[v]!
    if (group < 0) continue
    const sold = projection.soldAt[v]!
    addInterval(all, groupMass, { group, weight: baseline.multiplier[v]!, from: sold, to: groups.cutOff, first, step, weeks })
    for (let e = projection.entryOffsets[v]!; e < projection.entryOffsets[v + 1]!; e++) {
      const slot = slotOfBundle[projection.entryBundle[e]!]!
      if (slot < 0) continue
      const [from, to] = [Math.max(sold, projection.entryFrom[e]!), Math.min(groups.cutOff, projection.entryTo[e]!)]
      if (from < to) addInterval(inside[slot]!, groupMass, { group, weight: baseline.multiplier[v]!, from, to, first, step, weeks })
    }
  }
  return { inside, all, weekOf }
}

type Weeks = { first: number; step: number; weeks: number }

/** Expected events of a car of multiplier 1 in each whole week, a group a row. The week of its sale counts in full time: `addInterval` cuts it. */
const massByGroupAndWeek = (projection: Projection, baseline: Baseline, { first, step, weeks }: Weeks): Float64Array => {
  const { groups } = baseline
  const mass = new Float64Array(groups.groups * weeks)
  const isDone = new Uint8Array(groups.groups)
  for (let v = 0; v < groups.groupOf.length; v++) {
    const group = groups.groupOf[v]!
    if (group < 0 || isDone[group] === 1 || baseline.multiplier[v]! <= 0) continue
    isDone[group] = 1
    const sold = projection.soldAt[v]!
    for (let week = Math.floor((sold - first) / step); week < weeks; week++) {
      const [from, to] = [Math.max(sold, first + week * step), Math.min(groups.cutOff, first + (week + 1) * step)]
      if (from < to) mass[group * weeks + week] = ((baseline.mass(v, from, to) / baseline.multiplier[v]!) * step) / (to - from)
    }
  }
  return mass
}

const addInterval = (out: Float64Array, groupMass: Float64Array, at: Weeks & { group: number; weight: number; from: number; to: number }): void => {
  const { first, step, weeks, group, weight, from, to } = at
  const last = Math.min(weeks - 1, Math.floor((to - 1 - first) / step))
  for (let week = Math.floor((from - first) / step); week <= last; week++) {
    const start = first + week * step
    const share = from <= start && to >= start + step ? 1 : (Math.min(to, start + step) - Math.max(from, start)) / step
    out[week]! += weight * share * groupMass[group * weeks + week]!
  }
}
