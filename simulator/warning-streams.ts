import { createDraw, type Draw } from './random.ts'
import { backgroundHazard, type Stream } from './streams.ts'
import { buildCar, type Car } from './vehicles.ts'
import { createWorld, dayMs, monthMs, type World } from './world.ts'

/** One report of a car's trouble; `car` is its index. */
export type WarningReport = { car: number; at: number; receivedAt: number }
export type SimulatedStream = { component: string; symptom: string; reports: WarningReport[] }

/** What was planted in one stream, for judging a watch; never read by it. */
export type WarningTruth = {
  component: string
  symptom: string
  kind: 'null' | 'surge' | 'supplier' | 'plant' | 'supplier-at-one-plant'
  /** Share of the cohort's cars that fail for the cause within their first year. */
  defectShare: number
  cars: number
  firstSaleAt: number | null
  weeks: { from: number; to: number } | null
  level: string | null
  expectedBackground: number
}

export type WarningFleet = { world: World; cars: Car[]; streams: SimulatedStream[]; truth: WarningTruth[] }

type Cohort = { kind: WarningTruth['kind']; level: string; from: number; to: number; members: number[] }

const classSymptoms = ['noise', 'warning-light', 'premature-wear'] as const

/**
 * Cars of the fleet simulator with streams made for early warning: background that depends on age, season, model and use and strays from week
 * to week; some streams with a defect of 5 % in a cohort of about 670 cars, some with a press surge of two weeks, the rest without anything.
 *
 * @param defects, surges, nulls number of streams of each kind; each is a class of its own, up to three on one component.
 */
export const createWarningFleet = (options: { seed: number; vehicles: number; defects: number; surges: number; nulls: number }): WarningFleet => {
  const draw = createDraw(`warning/${options.seed}`)
  const world = createWorld(draw)
  const carDraw = draw.fork('cars')
  const cars = Array.from({ length: options.vehicles }, (_, i) => buildCar(world, carDraw, options.seed * 100_003 + i))
  const kinds = [...Array<'defect'>(options.defects).fill('defect'), ...Array<'surge'>(options.surges).fill('surge'), ...Array<'null'>(options.nulls).fill('null')]
  const made = kinds.map((kind, i) => {
    const component = world.components[i % world.components.length]!
    const symptom = classSymptoms[Math.floor(i / world.components.length) % classSymptoms.length]!
    return createStream({ world, cars, component, symptom, kind, draw: draw.fork(`stream/${component}/${symptom}`) })
  })
  return { world, cars, streams: made.map(one => one.stream), truth: made.map(one => one.truth) }
}

const createStream = (options: { world: World; cars: Car[]; component: string; symptom: string; kind: 'defect' | 'surge' | 'null'; draw: Draw }) => {
  const { world, cars, component, symptom, draw } = options
  const expectedBackground = Math.exp(draw.unit() * Math.log(60)) * 10
  const cohort = options.kind === 'defect' ? chooseCohort(world, cars, component, draw) : null
  const failures = [
    ...backgroundFailures({ world, cars, draw: draw.fork('background'), expected: expectedBackground, surge: options.kind === 'surge' }),
    ...(cohort === null ? [] : defectFailures(world, cars, cohort.members, draw.fork('defect'))),
  ]
  const reports = failures.map(({ car, at }) => ({ car, at, receivedAt: at + (draw.chance(0.8) ? draw.exponential(6) : draw.exponential(35)) * dayMs }))
  const sales = cohort?.members.flatMap(car => cars[car]!.soldAt ?? []) ?? []
  const truth: WarningTruth = {
    component, symptom, expectedBackground,
    kind: cohort?.kind ?? (options.kind === 'surge' ? 'surge' : 'null'),
    defectShare: cohort === null ? 0 : 0.05,
    cars: cohort?.members.length ?? 0,
    firstSaleAt: cohort === null ? null : Math.min(...sales),
    weeks: cohort && { from: cohort.from, to: cohort.to },
    level: cohort && cohort.level,
  }
  return { stream: { component, symptom, reports: reports.filter(report => report.receivedAt < world.cutOff).sort((a, b) => a.receivedAt - b.receivedAt) }, truth }
}

/** Rates stray from week to week by a factor of mean 1 and standard deviation 0.29; a surge is two weeks of four times the reports. */
const backgroundFailures = (options: { world: World; cars: Car[]; draw: Draw; expected: number; surge: boolean }) => {
  const { world, cars, draw } = options
  const weeks = Math.ceil((world.cutOff - world.start) / (7 * dayMs))
  const surgeWeek = options.surge ? draw.int(40, weeks - 20) : -9
  const factors = Array.from({ length: weeks }, (_, week) => {
    const plain = Array.from({ length: 12 }, () => draw.exponential(1 / 12)).reduce((sum, value) => sum + value, 0)
    return plain * (week === surgeWeek || week === surgeWeek + 1 ? 4 : 1)
  })
  const carMonths = cars.reduce((sum, car) => sum + (car.soldAt === null ? 0 : (world.cutOff - car.soldAt) / monthMs), 0)
  const shape = draw.pick(['early', 'flat', 'wear'] as const)
  const stream: Pick<Stream, 'ratePerMonth' | 'shape'> = { ratePerMonth: options.expected / carMonths, shape }
  const ceiling = 12
  return cars.flatMap((car, index) => {
    if (car.soldAt === null) return []
    const months = (world.cutOff - car.soldAt) / monthMs
    const rate = stream.ratePerMonth * ceiling
    return Array.from({ length: draw.poisson(rate * months) }, () => car.soldAt! + draw.unit() * months * monthMs)
      .filter(at => draw.unit() * rate < backgroundHazard(stream as Stream, car, at) * factors[Math.floor((at - world.start) / (7 * dayMs))]!)
      .map(at => ({ car: index, at }))
  })
}

/** Defective cars fail at a time spread evenly over their first year. */
const defectFailures = (world: World, cars: Car[], members: readonly number[], draw: Draw) =>
  members.filter(() => draw.chance(0.05))
    .map(car => ({ car, at: cars[car]!.soldAt! + draw.unit() * 365 * dayMs }))
    .filter(({ at }) => at < world.cutOff)

/** A run of build weeks of one supplier, one plant, or one supplier at one plant that holds about 670 cars, sold with a year to go. */
const chooseCohort = (world: World, cars: readonly Car[], component: string, draw: Draw): Cohort => {
  const at = world.components.indexOf(component)
  const suppliers = [...new Set(cars.map(car => car.parts[at]!.supplier))].sort()
  for (;;) {
    const kind = draw.pick(['supplier', 'plant', 'supplier-at-one-plant'] as const)
    const [supplier, plant] = [draw.pick(suppliers), draw.pick(world.plants)]
    const isIn = (car: Car): boolean => (kind === 'plant' || car.parts[at]!.supplier === supplier) && (kind === 'supplier' || car.plant === plant)
    const [from, width] = [draw.int(4, world.weeks - 34), draw.pick([1, 2, 3, 4, 6, 8, 13, 20])]
    const members = [...cars.keys()].filter(index => {
      const car = cars[index]!
      return car.soldAt !== null && car.week >= from && car.week < from + width && isIn(car)
    })
    if (members.length < 600 || members.length > 740) continue
    const level = kind === 'plant' ? plant : kind === 'supplier' ? `${component}/${supplier}` : `${component}/${supplier} at ${plant}`
    return { kind, level, from, to: from + width - 1, members }
  }
}

