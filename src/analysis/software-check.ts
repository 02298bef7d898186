import type { ClassEvents } from './class-events.ts'
import { analysisParameters, minutesPerDay } from './parameters.ts'
import { never, type Projection } from './projection.ts'
import type { SoftwareCheck } from './ranked-causes.ts'
import { fitSelfControlled, type SelfControlledCase } from './self-controlled.ts'
import { normalQuantile } from './special-functions.ts'

const week = 7 * minutesPerDay

/** When the cars with events began and ended to run a version, a row a run. */
const runsOfCars = (projection: Projection, cars: Iterable<number>, level: number): Map<number, { from: number; to: number }> => {
  const bundles = new Set(projection.levelBundles[level])
  const runs = new Map<number, { from: number; to: number }>()
  for (const car of cars)
    for (let e = projection.entryOffsets[car]!; e < projection.entryOffsets[car + 1]!; e++)
      if (bundles.has(projection.entryBundle[e]!) && !runs.has(car)) runs.set(car, { from: projection.entryFrom[e]!, to: projection.entryTo[e]! })
  return runs
}

/**
 * Whether the cases themselves say that a version came before the trouble.
 *
 * Self-controlled case series: each case is its own control, so nothing that stays the same about a car (who drives it, where, how readily they
 * report) can make the result. Risk window: install to min(8 weeks, end of the version). Left out are the 4 weeks before the install, which
 * complaints bring about, and the time on the version after the window, in which a bad version is still bad.
 *
 * @param tested versions tested together (K): confirmed if β > 0 and LLR > ½ z²(1 − 0.05/K).
 */
export const checkSoftware = (options: { projection: Projection; events: ClassEvents; level: number; cutOff: number; tested: number }): SoftwareCheck => {
  const { projection, events, level, cutOff, tested } = options
  const eventsOf = new Map<number, number[]>()
  for (let i = 0; i < events.claims; i++) eventsOf.set(events.vehicle[i]!, [...(eventsOf.get(events.vehicle[i]!) ?? []), events.at[i]!])
  const runs = runsOfCars(projection, eventsOf.keys(), level)
  const cases: SelfControlledCase[] = []
  let [onVersion, afterInstall] = [0, 0]
  for (const [car, { from, to }] of runs) {
    const [times, sold] = [eventsOf.get(car)!, projection.soldAt[car]!]
    if (times.some(at => from <= at && at < to)) {
      onVersion++
      if (Math.min(...times) >= from + minutesPerDay) afterInstall++
    }
    if (from > sold && sold !== never) cases.push(caseOf(times, { from, to, sold, cutOff }))
  }
  const fit = fitSelfControlled(cases)
  const limit = normalQuantile(1 - 0.05 / Math.max(1, tested)) ** 2 / 2
  const onsetShare = onVersion === 0 ? null : afterInstall / onVersion
  return {
    confirmation: fit === null ? 'not-estimable' : fit.beta > 0 && fit.llr > limit ? 'confirmed' : 'not-confirmed',
    incidenceRatio: fit?.ratio ?? null,
    incidenceInterval: fit?.interval ?? null,
    onsetShare,
    associationOnly: onsetShare !== null && onsetShare < analysisParameters.onsetShare,
  }
}

const caseOf = (times: readonly number[], { from, to, sold, cutOff }: { from: number; to: number; sold: number; cutOff: number }): SelfControlledCase => {
  const riskEnd = Math.min(from + analysisParameters.swRiskWeeks * week, to, cutOff)
  const baseEnd = Math.max(sold, from - analysisParameters.swWashoutWeeks * week)
  const end = Math.min(to, cutOff)
  const isBase = (at: number): boolean => (sold <= at && at < baseEnd) || (end <= at && at < cutOff)
  return {
    riskTime: (riskEnd - from) / week,
    baseTime: (baseEnd - sold + cutOff - end) / week,
    riskEvents: times.filter(at => from <= at && at < riskEnd).length,
    baseEvents: times.filter(isBase).length,
  }
}
