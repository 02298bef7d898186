import { analysisParameters } from './parameters.ts'
import { multiplicativeRates } from './multiplicative-rates.ts'
import { cellAt, forEachCell, type ExposureGroups } from './exposure.ts'
import type { ClassEvents } from './class-events.ts'
import type { Minute } from './projection.ts'

/**
 * Expected events of every car under the hypothesis that nothing but months in service, calendar and (unless it is tested) model and
 * region moves the rate. Scaled so that the expectations of all cars add up to the events seen.
 */
export type Baseline = {
  readonly groups: ExposureGroups
  /** Multiplier of a car (its region's margin and the common scale). */
  readonly multiplier: Float64Array
  /** Expected events of a car over its whole exposure. */
  readonly vehicleMass: Float64Array
  /** Expected events of a car between two instants of its exposure. */
  mass(vehicle: number, from: Minute, to: Minute): number
  /** Instant at which a car has used up `mass` of its expectation. */
  instantAt(vehicle: number, mass: number): Minute
}

/** Lag-weighted minutes a cell over all cars, each car's time multiplied by its weight. */
export const cellTime = (groups: ExposureGroups, weights: Float64Array): Float64Array => {
  const groupWeight = new Float64Array(groups.groups)
  for (let v = 0; v < groups.groupOf.length; v++) if (groups.groupOf[v]! >= 0) groupWeight[groups.groupOf[v]!]! += weights[v]!
  return timeByCell(groups, groupWeight)
}

export const timeByCell = (groups: ExposureGroups, groupWeight: Float64Array): Float64Array => {
  const time = new Float64Array(groups.cells)
  for (let group = 0; group < groups.groups; group++) {
    const weight = groupWeight[group]!
    if (weight > 0) forEachCell(groups, group, -Infinity, groups.cutOff, (cell, minutes) => (time[cell]! += weight * minutes))
  }
  return time
}

export const countByCell = (groups: ExposureGroups, events: ClassEvents, isCounted: (event: number) => boolean = () => true): Float64Array => {
  const count = new Float64Array(groups.cells)
  for (let i = 0; i < events.claims; i++) {
    const group = groups.groupOf[events.vehicle[i]!]!
    const cell = group < 0 ? -1 : cellAt(groups, group, events.at[i]!)
    if (cell >= 0 && isCounted(i)) count[cell]!++
  }
  return count
}

/**
 * Estimates the baseline of a class: margins of months in service, calendar and model, and of region, in turn.
 *
 * @param regionOf level of a car's region, or null where the region is itself under test.
 */
export const estimateBaseline = (groups: ExposureGroups, events: ClassEvents, regionOf: Int32Array | null): Baseline => {
  const count = countByCell(groups, events)
  const vehicles = groups.groupOf.length
  let multiplier: Float64Array = new Float64Array(vehicles).fill(1)
  let cumulative = cumulate(groups, new Float64Array(groups.cells))
  const plain = new Float64Array(vehicles)
  for (let round = 0; round < (regionOf === null ? 1 : 3); round++) {
    cumulative = cumulate(groups, multiplicativeRates(count, cellTime(groups, multiplier), groups.shape))
    for (let v = 0; v < vehicles; v++) plain[v] = groups.groupOf[v]! < 0 ? 0 : cumulative.total[groups.groupOf[v]!]!
    if (regionOf !== null) multiplier = regionMargins(plain, events, regionOf)
  }
  let expected = 0
  for (let v = 0; v < vehicles; v++) expected += plain[v]! * multiplier[v]!
  const scale = expected > 0 ? events.claims / expected : 0
  for (let v = 0; v < vehicles; v++) multiplier[v]! *= scale
  return {
    groups,
    multiplier,
    vehicleMass: plain.map((mass, vehicle) => mass * multiplier[vehicle]!),
    mass: (vehicle, from, to) => {
      const group = groups.groupOf[vehicle]!
      return group < 0 ? 0 : multiplier[vehicle]! * (cumulative.at(group, to) - cumulative.at(group, from))
    },
    instantAt: (vehicle, mass) => cumulative.inverse(groups.groupOf[vehicle]!, mass / multiplier[vehicle]!),
  }
}

/** (O + k) / (E + k) of a car's region, from expectations without it. */
const regionMargins = (plain: Float64Array, events: ClassEvents, regionOf: Int32Array): Float64Array => {
  const [observed, expected] = [new Map<number, number>(), new Map<number, number>()]
  plain.forEach((mass, vehicle) => {
    if (mass > 0) expected.set(regionOf[vehicle]!, (expected.get(regionOf[vehicle]!) ?? 0) + mass)
  })
  events.vehicle.forEach(vehicle => observed.set(regionOf[vehicle]!, (observed.get(regionOf[vehicle]!) ?? 0) + 1))
  const k = analysisParameters.shrinkEvents
  const margins = new Map([...expected].map(([region, mass]) => [region, ((observed.get(region) ?? 0) + k) / (mass + k)]))
  return plain.map((mass, vehicle) => (mass === 0 ? 0 : margins.get(regionOf[vehicle]!)!))
}

/** Running expectation along each group's time, and its inverse. */
const cumulate = (groups: ExposureGroups, rates: Float64Array) => {
  const { offsets, starts, cell, lag, cutOff } = groups
  const atStart = new Float64Array(starts.length)
  const total = new Float64Array(groups.groups)
  const endOf = (k: number, last: number): Minute => (k + 1 < last ? starts[k + 1]! : cutOff)
  for (let group = 0; group < groups.groups; group++) {
    let running = 0
    const last = offsets[group + 1]!
    for (let k = offsets[group]!; k < last; k++) {
      atStart[k] = running
      running += rates[cell[k]!]! * lag.between(starts[k]!, endOf(k, last))
    }
    total[group] = running
  }
  const lastAtMost = (group: number, isAtMost: (k: number) => boolean): number => {
    let [low, high] = [offsets[group]!, offsets[group + 1]! - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (isAtMost(middle)) low = middle
      else high = middle - 1
    }
    return low
  }
  return {
    total,
    at(group: number, instant: Minute): number {
      if (instant >= cutOff) return total[group]!
      const k = lastAtMost(group, middle => starts[middle]! <= instant)
      return instant <= starts[k]! ? atStart[k]! : atStart[k]! + rates[cell[k]!]! * lag.between(starts[k]!, instant)
    },
    inverse(group: number, mass: number): Minute {
      const k = lastAtMost(group, middle => atStart[middle]! <= mass)
      const end = endOf(k, offsets[group + 1]!)
      const inside = rates[cell[k]!]! * lag.between(starts[k]!, end)
      const share = inside > 0 ? Math.min(1, (mass - atStart[k]!) / inside) : 0
      return Math.min(cutOff - 1, Math.floor(starts[k]! + share * (end - starts[k]!)))
    },
  }
}
