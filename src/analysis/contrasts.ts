import type { Candidate } from './candidate.ts'
import { splitProbability } from './candidate.ts'
import type { CauseScan } from './cause-scan.ts'
import { poissonUpperTail } from './exact-intervals.ts'
import { holds, intersect, massOf, massOfBoth, type LevelSet } from './level-sets.ts'
import { analysisParameters } from './parameters.ts'
import type { Contrast, Count, RankedCandidate } from './ranked-causes.ts'

/** Events on a set, each in its interval. */
const observedOn = ({ events }: CauseScan, set: LevelSet): number => {
  let observed = 0
  for (let i = 0; i < events.claims; i++) if (holds(set, events.vehicle[i]!, events.at[i]!)) observed++
  return observed
}

/**
 * The parts of a candidate's cars that differ in one more factor of a small dimension.
 *
 * A part where the cause should have brought at least three events speaks against it when so few came that the chance is under 5 %, and for it
 * when more came than the fleet's own rate explains.
 */
export const contrastsOf = (scan: CauseScan, candidate: Candidate): Contrast[] => {
  const { population: { projection }, expectations, baseline, sets } = scan
  // By the common baseline on both sides: the candidate's own expectation may come from another one.
  const ratio = candidate.observed / Math.max(massOf(candidate.set, baseline), 1e-9)
  const fleet = projection.ids.length
  const contrasts: Contrast[] = []
  projection.levels.forEach(({ dimension, level, component, known }, index) => {
    const isSmall = known && (expectations.known.get(dimension) ?? 0) <= analysisParameters.smallDimension && expectations.table.mass[index]! > 0
    if (!isSmall || candidate.factors.some(factor => factor.dimension === dimension)) return
    const part = intersect(candidate.set, sets.of(index), fleet)
    if (part.vehicles === 0 || part.vehicles === candidate.set.vehicles) return
    const count: Count = { observed: observedOn(scan, part), expected: massOf(part, baseline), vehicles: part.vehicles }
    const predicted = count.expected * ratio
    contrasts.push({ factor: { dimension, level, component }, count, predicted, speaks: speaksOf(count, predicted) })
  })
  return contrasts.sort((a, b) => b.count.expected - a.count.expected)
}

const speaksOf = ({ observed, expected }: Count, predicted: number): Contrast['speaks'] => {
  if (predicted >= 3 && 1 - poissonUpperTail(observed + 1, predicted) < 0.05) return 'against'
  return observed >= 3 && poissonUpperTail(observed, expected) < 0.05 ? 'for' : 'neither'
}

/** What would tell two candidates apart: counts on the cars that only one of them has, and the chance of such a split if neither mattered. */
export const splitOf = (scan: CauseScan, own: Candidate, rival: Candidate): Omit<NonNullable<RankedCandidate['split']>, 'rival'> => {
  const { baseline, population: { projection }, events } = scan
  const bothCars = intersect(own.set, rival.set, projection.ids.length).vehicles
  const bothMass = massOfBoth(own.set, rival.set, baseline)
  let [onlyOwn, onlyRival] = [0, 0]
  for (let i = 0; i < events.claims; i++) {
    const [isOwn, isRival] = [own, rival].map(one => holds(one.set, events.vehicle[i]!, events.at[i]!))
    if (isOwn && !isRival) onlyOwn++
    if (!isOwn && isRival) onlyRival++
  }
  const restOf = (candidate: Candidate, observed: number): Count => ({
    observed, expected: Math.max(0, massOf(candidate.set, baseline) - bothMass), vehicles: candidate.set.vehicles - bothCars,
  })
  const [ownRest, rivalRest] = [restOf(own, onlyOwn), restOf(rival, onlyRival)]
  return { own: ownRest, other: rivalRest, probability: splitProbability(ownRest, rivalRest) }
}
