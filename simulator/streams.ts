import { readFileSync } from 'node:fs'
import { both, heldOutFamilies, nullFamilies, tunedFamilies, type Mechanism } from './mechanisms.ts'
import type { Draw } from './random.ts'
import type { Car } from './vehicles.ts'
import { dayMs, monthMs, type World } from './world.ts'

export type SymptomText = { component: string; symptom: string; dtc: string | null; zh: string[]; en: string[] }
export const symptomTexts = JSON.parse(readFileSync(new URL('./texts/symptoms.json', import.meta.url), 'utf8')) as SymptomText[]

export type Stream = { text: SymptomText; family: string; heldOut: boolean; mechanism: Mechanism; ratePerMonth: number; shape: 'early' | 'flat' | 'wear' }
/** What the workshop did, if the car came: nothing found leaves the cause in the car. */
export type Visit = { openedAt: number; closedAt: number; result: 'fixed' | 'returned' | 'no-trouble-found' }
export type Failure = { car: Car; at: number; caused: boolean; visit: Visit | null }

/** About a third of the streams have no tracked cause. */
export const planStreams = (world: World, draw: Draw, vehicles: number): Stream[] => {
  const [tuned, heldOut, nulls] = [Object.entries(tunedFamilies), Object.entries(heldOutFamilies), Object.entries(nullFamilies)]
  return symptomTexts.map((text, i) => {
    const own = draw.fork(`stream/${text.component}`)
    const months = vehicles * 15
    const ratePerMonth = (45 * Math.exp(0.6 * own.normal())) / months
    const shape = own.pick(['early', 'flat', 'wear'] as const)
    const plant = (list: typeof tuned): Pick<Stream, 'family' | 'mechanism'> => {
      const [family, planter] = own.pick(list)
      return { family, mechanism: planter(world, own, text.component) }
    }
    if (i % 3 === 2) return { text, ...plant(nulls), heldOut: false, ratePerMonth, shape }
    if (i % 16 === 13) return { text, family: 'two causes', mechanism: both(plant(tuned).mechanism, tunedFamilies.lot!(world, own, text.component)), heldOut: false, ratePerMonth, shape }
    const useHeldOut = own.chance(0.3)
    return { text, ...plant(useHeldOut ? heldOut : tuned), heldOut: useHeldOut, ratePerMonth, shape }
  })
}

const ageFactor = (shape: Stream['shape'], months: number): number => {
  if (shape === 'early') return 0.6 + 1.4 * Math.exp(-months / 4)
  return shape === 'wear' ? 0.4 + months / 15 : 1
}

const seasonFactor = (at: number): number => 1 + 0.3 * Math.cos(((at % (365.25 * 86_400_000)) / (365.25 * 86_400_000)) * 2 * Math.PI)

/** Hazard per month of a car without its cause. */
export const backgroundHazard = (stream: Stream, car: Car, at: number): number => {
  const months = (at - car.soldAt!) / monthMs
  return stream.ratePerMonth * ageFactor(stream.shape, months) * seasonFactor(at) * car.modelFactor * (car.kmPerMonth / 1_200) ** 0.5
}

/** Failures of one stream over the fleet, by thinning a constant ceiling. A cause that sits in a part ends with the part. */
export const drawFailures = (world: World, stream: Stream, cars: readonly Car[], draw: Draw): Failure[] => {
  const failures: Failure[] = []
  for (const car of cars) {
    if (car.soldAt === null) continue
    const months = (world.cutOff - car.soldAt) / monthMs
    const own = stream.ratePerMonth * 1.3 * car.modelFactor * (car.kmPerMonth / 1_200) ** 0.5 * Math.max(2, 0.4 + months / 15)
    const ceiling = own * stream.mechanism.ceiling(car)
    const tries = Array.from({ length: draw.poisson(ceiling * months) }, () => ({ at: car.soldAt! + draw.unit() * months * monthMs, u: draw.unit() * ceiling }))
    let replacedAt = Infinity
    for (const { at, u } of tries.sort((a, b) => a.at - b.at)) {
      const plain = backgroundHazard(stream, car, at)
      const caused = u >= plain
      if (u >= plain * stream.mechanism.effect(car, at) || (caused && at >= replacedAt)) continue
      const visit = draw.chance(0.5) ? visitAfter(at, caused, draw) : null
      if (visit !== null && visit.result !== 'no-trouble-found' && stream.mechanism.inPart) replacedAt = Math.min(replacedAt, visit.closedAt)
      failures.push({ car, at: Math.floor(at / 1_000) * 1_000, caused, visit })
    }
  }
  return failures
}

const visitAfter = (at: number, caused: boolean, draw: Draw): Visit => {
  const openedAt = at + (1 + draw.exponential(5)) * dayMs
  const closedAt = openedAt + (0.5 + draw.exponential(2)) * dayMs
  if (draw.chance(caused ? 0.08 : 0.2)) return { openedAt, closedAt, result: 'no-trouble-found' }
  return { openedAt, closedAt, result: draw.chance(0.05) ? 'returned' : 'fixed' }
}
