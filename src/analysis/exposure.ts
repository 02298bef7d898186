import { analysisParameters, minutesPerDay, minutesPerMonth } from './parameters.ts'
import { never, type Minute, type Projection } from './projection.ts'

/**
 * Share of events reported by a delay, as its running integral A(x) = ∫₀ˣ F in minutes, so that lag-weighted time between two instants
 * is a difference.
 */
export type LagWeight = { between(from: Minute, to: Minute): number }

/** @param cdf F at the end of each week of delay; beyond its last week everything is reported. `null`: no lag. */
export const createLagWeight = (cutOff: Minute, cdf: readonly number[] | null): LagWeight => {
  if (cdf === null || cdf.length === 0) return { between: (from, to) => to - from }
  const week = 7 * minutesPerDay
  const sums = new Float64Array(cdf.length + 1)
  cdf.forEach((share, i) => (sums[i + 1] = sums[i]! + share * week))
  const integral = (x: number): number => {
    const full = Math.min(cdf.length, Math.floor(x / week))
    return sums[full]! + (x - full * week) * (full < cdf.length ? cdf[full]! : 1)
  }
  return { between: (from, to) => integral(cutOff - from) - integral(cutOff - to) }
}

/** Boundaries of calendar periods of a fixed number of weeks that cover [from, to). */
export type Calendar = { boundaries: Int32Array; periods: number }

export const weekCalendar = (from: Minute, to: Minute, weeks: number): Calendar => {
  const step = weeks * 7 * minutesPerDay
  const boundaries = Array.from({ length: Math.max(1, Math.ceil((to - from) / step)) + 1 }, (_, i) => from + i * step)
  return { boundaries: Int32Array.from(boundaries), periods: boundaries.length }
}

const periodOf = (calendar: Calendar, at: Minute): number => {
  let [low, high] = [0, calendar.boundaries.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (calendar.boundaries[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * Cars of one model sold at one instant have the same exposure; it is cut into cells (months in service × calendar period × model)
 * once a group. Segment k of group g runs from `starts[k]` to `starts[k+1]` (to `cutOff` for the last).
 */
export type ExposureGroups = {
  cutOff: Minute
  cells: number
  /** A cell's index is (model · periods + period) · bins + bin. */
  shape: { models: number; periods: number; bins: number }
  groupOf: Int32Array
  groups: number
  offsets: Uint32Array
  starts: Int32Array
  cell: Int32Array
  lag: LagWeight
}

/** Months-in-service bin of an age in minutes. */
export const misBinOf = (age: number): number => {
  const bins = analysisParameters.misBinMonths
  let bin = bins.length - 1
  while (bin > 0 && age < bins[bin]! * minutesPerMonth) bin--
  return bin
}

/**
 * Groups the cars under exposure and cuts their time into cells.
 *
 * @param mask 1 for cars of the population; others, and those not sold before the cut-off, get group −1.
 * @param byModel whether cells part by model (not when the model itself is tested).
 */
export const createExposureGroups = (options: {
  projection: Projection
  mask: Uint8Array
  cutOff: Minute
  calendar: Calendar
  lag: LagWeight
  byModel: boolean
}): ExposureGroups => {
  const { projection, mask, cutOff, calendar, lag, byModel } = options
  const groupOf = new Int32Array(projection.ids.length).fill(-1)
  const index = new Map<number, number>()
  const [sold, models]: [number[], number[]] = [[], []]
  for (let v = 0; v < groupOf.length; v++) {
    const at = projection.soldAt[v]!
    if (mask[v] === 0 || at === never || at >= cutOff) continue
    const model = projection.model[v]!
    const key = at * 1_024 + model
    let group = index.get(key)
    if (group === undefined) {
      index.set(key, (group = sold.push(at) - 1))
      models.push(byModel ? model : 0)
    }
    groupOf[v] = group
  }
  const bins = analysisParameters.misBinMonths
  const offsets = new Uint32Array(sold.length + 1)
  const [starts, cell]: [number[], number[]] = [[], []]
  sold.forEach((from, group) => {
    const ages = bins.map(months => from + Math.round(months * minutesPerMonth)).filter(at => at < cutOff)
    const periods = Array.from(calendar.boundaries).filter(at => at > from && at < cutOff)
    for (const at of [...new Set([...ages, ...periods])].sort((a, b) => a - b)) {
      starts.push(at)
      cell.push((models[group]! * calendar.periods + periodOf(calendar, at)) * bins.length + misBinOf(at - from))
    }
    offsets[group + 1] = starts.length
  })
  const shape = { models: byModel ? projection.models.length : 1, periods: calendar.periods, bins: bins.length }
  return { cutOff, shape, cells: shape.models * shape.periods * shape.bins, groupOf, groups: sold.length, offsets, starts: Int32Array.from(starts), cell: Int32Array.from(cell), lag }
}

/** Calls back with each cell of a group between two instants, and the lag-weighted minutes spent in it. */
export const forEachCell = (
  groups: ExposureGroups,
  group: number,
  from: Minute,
  to: Minute,
  visit: (cell: number, minutes: number) => void,
): void => {
  const last = groups.offsets[group + 1]!
  for (let k = groups.offsets[group]!; k < last; k++) {
    const start = Math.max(from, groups.starts[k]!)
    const end = Math.min(to, k + 1 < last ? groups.starts[k + 1]! : groups.cutOff)
    if (start < end) visit(groups.cell[k]!, groups.lag.between(start, end))
  }
}

/** Cell of a car's group at an instant, −1 outside its exposure. */
export const cellAt = (groups: ExposureGroups, group: number, at: Minute): number => {
  const [first, last] = [groups.offsets[group]!, groups.offsets[group + 1]!]
  if (first === last || at < groups.starts[first]! || at >= groups.cutOff) return -1
  let [low, high] = [first, last - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (groups.starts[middle]! <= at) low = middle
    else high = middle - 1
  }
  return groups.cell[low]!
}
