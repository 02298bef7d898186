import type { Draw } from '../../simulator/random.ts'
import { backgroundHazard, symptomTexts, type Stream } from '../../simulator/streams.ts'
import type { Car } from '../../simulator/vehicles.ts'
import { day, dayMs, monthMs, type World } from '../../simulator/world.ts'

/** How cars come to be treated, by the rules of the product. */
export const rules = ['part-removed', 'version-replaced', 'built-since', 'from-day'] as const
export type Rule = (typeof rules)[number]

/** `after`: rate after treatment over the rate before (ψ); 'cured' is back to the fleet's rate. `chance`: the cohort was never worse, only chosen for its events. */
export const settings = ['0', '0.2', 'cured', '1', '2', 'chance'] as const
export type Setting = (typeof settings)[number]

export type SimulatedAction = {
  rule: Rule
  setting: Setting
  psi: number
  rateRatio: number
  effectiveFrom: number
  /** Of the fleet, in order of the cars: whether the action is about it, and when it was treated (ms). */
  isAffected: boolean[]
  treatedAt: (number | null)[]
  events: { car: number; at: number; receivedAt: number }[]
}

type Candidate = { at: number; u: number }

/** Rates that a class has in a fleet of this size: 60 to 200 events without the cause. */
const streamOf = (draw: Draw, cars: number): Stream => ({
  text: draw.pick(symptomTexts), family: '', heldOut: false, shape: draw.pick(['early', 'flat', 'wear'] as const),
  ratePerMonth: (60 + draw.unit() * 140) / (cars * 15),
  mechanism: { kind: 'none', factors: [], rateRatio: 1, effect: () => 1, ceiling: () => 1, containment: [], causes: [] } as unknown as Stream['mechanism'],
})


/** An action on a fleet, its cars failing and being treated as the rule says; the day of the action follows the worst weeks of its cars. */
export const simulateAction = (world: World, cars: readonly Car[], rule: Rule, setting: Setting, draw: Draw): SimulatedAction => {
  const stream = streamOf(draw, cars.length)
  const rateRatio = setting === 'chance' ? 1 : draw.pick([3, 5, 8])
  const psi = setting === 'cured' ? 1 / rateRatio : setting === 'chance' ? 1 : Number(setting)
  const ceiling = rateRatio * Math.max(1, psi)
  const candidates = cars.map(car => drawCandidates(world, stream, car, ceiling, draw))
  const isEvent = (car: Car, { at, u }: Candidate, factor: number): boolean => u * ceiling * hazardBound(stream, car) < backgroundHazard(stream, car, at) * factor
  const untreated = (members: readonly boolean[]) =>
    cars.flatMap((car, i) => (members[i] ? candidates[i]!.filter(one => isEvent(car, one, rateRatio)).map(one => one.at) : []))
  const choices = Array.from({ length: setting === 'chance' ? 10 : 1 }, () => pickCohort(rule, cars, draw))
  const middle = world.start + 0.5 * (world.cutOff - world.start)
  const isAffected = choices.toSorted((a, b) => countBefore(untreated(b), middle) - countBefore(untreated(a), middle))[0]!
  const effectiveFrom = rule === 'built-since' ? world.start + Math.floor(world.weeks * (0.4 + 0.2 * draw.unit())) * 7 * dayMs : afterWorstWeeks(untreated(isAffected), world)
  const treatedAt: (number | null)[] = cars.map(() => null)
  const events: SimulatedAction['events'] = []
  cars.forEach((car, i) => {
    let treated = isAffected[i] ? plannedTreatment(rule, car, effectiveFrom, draw) : null
    for (const one of candidates[i]!) {
      const factor = !isAffected[i] ? 1 : treated !== null && one.at >= treated ? rateRatio * psi : rateRatio
      if (!isEvent(car, one, factor)) continue
      events.push({ car: i, at: one.at, receivedAt: one.at + draw.exponential(2) * dayMs })
      // What fails is repaired, and then with the action's remedy.
      if (rule === 'part-removed' && isAffected[i] && one.at >= effectiveFrom && draw.chance(0.7)) treated = Math.min(treated ?? Infinity, one.at + (1 + draw.exponential(5)) * dayMs)
    }
    treatedAt[i] = treated !== null && treated < world.cutOff ? treated : null
  })
  return { rule, setting, psi, rateRatio, effectiveFrom, isAffected, treatedAt, events: events.filter(one => one.receivedAt < world.cutOff) }
}

/** No car fails more often than this: age at most 2.4, season 1.3. */
const hazardBound = (stream: Stream, car: Car): number => stream.ratePerMonth * 2.4 * 1.3 * car.modelFactor * (car.kmPerMonth / 1_200) ** 0.5

const drawCandidates = (world: World, stream: Stream, car: Car, ceiling: number, draw: Draw): Candidate[] => {
  if (car.soldAt === null) return []
  const months = (world.cutOff - car.soldAt) / monthMs
  const count = draw.poisson(hazardBound(stream, car) * ceiling * months)
  return Array.from({ length: count }, () => ({ at: car.soldAt! + draw.unit() * months * monthMs, u: draw.unit() })).sort((a, b) => a.at - b.at)
}

/** Cars of a lot are built in neighbouring weeks; those of a change of the process are a third of the fleet. */
const pickCohort = (rule: Rule, cars: readonly Car[], draw: Draw): boolean[] => {
  if (rule === 'built-since') return cars.map(car => car.hidden < 0.3)
  const share = 0.03 + draw.unit() * 0.05
  const first = draw.int(10, 40)
  const weeks = 30
  return cars.map(car => car.week >= first && car.week < first + weeks && ((car.hidden * 7_919 + first / 41) % 1) < (share * 104) / weeks)
}

const countBefore = (instants: readonly number[], until: number): number => instants.filter(at => at < until).length

/** Two weeks after the eight weeks with most events, in the middle of the time seen: the alarm that led to the action. */
const afterWorstWeeks = (instants: readonly number[], world: World): number => {
  let [worst, most] = [0, -1]
  for (let share = 0.4; share <= 0.65; share += 0.01) {
    const end = world.start + share * (world.cutOff - world.start)
    const count = instants.filter(at => at < end && at >= end - 56 * dayMs).length
    if (count > most) [worst, most] = [end, count]
  }
  return Date.parse(day(worst + 14 * dayMs))
}

const plannedTreatment = (rule: Rule, car: Car, effectiveFrom: number, draw: Draw): number | null => {
  if (rule === 'from-day') return effectiveFrom
  if (rule === 'built-since') return car.builtAt >= effectiveFrom ? car.builtAt : null
  const at = Math.max(effectiveFrom, car.builtAt) + draw.exponential(rule === 'part-removed' ? 120 : 40) * dayMs
  return draw.chance(0.8) ? at : null
}
