import type { Draw } from './random.ts'
import { versionAt, type Car } from './vehicles.ts'
import { dayMs, monthMs, type World } from './world.ts'

export type TrueFactor = { dimension: string; level: string }

/** A planted cause: which cars, when, how much; and how the answer is spelled. */
export type Mechanism = {
  kind: string
  /** Factors that name the cause; empty for a stream without a tracked cause. */
  factors: TrueFactor[]
  /** Other answers that are as true. */
  alternatives: TrueFactor[][]
  rateRatio: number
  /** Multiplier of the hazard of a car at an instant. */
  effect(car: Car, at: number): number
  /** Largest multiplier a car can ever have, 1 for cars it does not touch. */
  ceiling(car: Car): number
  /** Action types that contain the cause, by the simulator's own list. */
  containment: string[]
  /** The cause sits in the part: it leaves the car when a workshop replaces it. */
  inPart: boolean
  /** The causes one by one, where there are several. */
  causes: Mechanism[]
}

type Planter = (world: World, draw: Draw, component: string) => Mechanism

const ratio = (draw: Draw): number => draw.pick([3, 5, 8, 12, 20])
/** A bad lot is a few dozen cars: a lesser ratio would show in no data. */
const lotRatio = (draw: Draw): number => draw.pick([8, 15, 25, 40, 60])
const partOf = (world: World, car: Car, component: string) => car.parts[world.components.indexOf(component)]!

const simple = (kind: string, factors: TrueFactor[], rateRatio: number, touches: (car: Car) => boolean, containment: string[], when: (car: Car, at: number) => boolean = () => true): Mechanism => ({
  kind, factors, alternatives: [], rateRatio, containment, causes: [], inPart: factors.some(one => one.dimension === 'lot' || one.dimension === 'supplier'),
  effect: (car, at) => (touches(car) && when(car, at) ? rateRatio : 1),
  ceiling: car => (touches(car) ? rateRatio : 1),
})

const lotContainment = ['quarantine-lot', 'stop-shipment', 'inspection', 'replacement']

const badLot = (kind: string, when?: (car: Car, at: number) => boolean): Planter => (world, draw, component) => {
  const lot = draw.pick(world.allDeliveries.filter(one => one.component === component && one.fromWeek >= 0 && one.fromWeek < world.weeks - 20))
  return simple(kind, [{ dimension: 'lot', level: `${lot.partNo}/${lot.lot}` }], lotRatio(draw), car => {
    const part = partOf(world, car, component)
    return part.lot === lot.lot && part.partNo === lot.partNo
  }, lotContainment, when)
}

const supplierOf = (world: World, draw: Draw, component: string): string =>
  draw.pick([...new Set(world.allDeliveries.filter(one => one.component === component).map(one => one.supplier))])

const badSoftware: Planter = (world, draw, component) => {
  const module = component.includes('display') ? 'CDC' : component.includes('camera') ? 'ADAS' : draw.pick(['BMS', 'VCU'])
  const release = draw.pick(world.releases.filter(one => one.module === module && one.releasedAt > world.start + 120 * dayMs && one.releasedAt < world.cutOff - 120 * dayMs))
  return simple('software', [{ dimension: 'software', level: `${module}@${release.version}` }], ratio(draw),
    car => car.runs.some(run => run.module === module && run.version === release.version && run.result === 'success'),
    ['software-rollback', 'feature-restriction', 'software-update'],
    (car, at) => versionAt(car, module, at) === release.version)
}

/** Planters by family; the families of the second list are never used to choose a parameter. */
export const tunedFamilies: Record<string, Planter> = {
  lot: badLot('lot'),
  supplier: (world, draw, component) => {
    const supplier = supplierOf(world, draw, component)
    return simple('supplier', [{ dimension: 'supplier', level: `${component}/${supplier}` }], draw.pick([3, 5, 8]),
      car => partOf(world, car, component).supplier === supplier, ['inspection', 'stop-shipment', 'replacement'])
  },
  software: badSoftware,
  pair: (world, draw, component) => {
    const supplier = supplierOf(world, draw, component)
    const region = draw.pick(world.regions).key
    return simple('pair', [{ dimension: 'supplier', level: `${component}/${supplier}` }, { dimension: 'region', level: region }], draw.pick([8, 12, 20]),
      car => partOf(world, car, component).supplier === supplier && car.region.key === region, ['customer-notice', 'feature-restriction', 'inspection'])
  },
  window: (world, draw) => {
    const plant = draw.pick(world.plants)
    const [first, length] = [draw.int(4, world.weeks - 26), draw.pick([1, 2, 4])]
    const weeks = Array.from({ length }, (_, i) => isoWeek(world.start + (first + i) * 7 * dayMs))
    return simple('window', [...weeks.map(level => ({ dimension: 'build-week', level })), { dimension: 'plant', level: plant }], ratio(draw),
      car => car.plant === plant && car.week >= first && car.week < first + length, ['stop-shipment', 'inspection'])
  },
  option: (world, draw) => {
    const option = draw.pick(world.options.filter(one => one.share < 0.5)).key
    return simple('option', [{ dimension: 'option', level: option }], draw.pick([3, 5, 8]), car => car.options.includes(option), ['customer-notice', 'feature-restriction'])
  },
}

export const heldOutFamilies: Record<string, Planter> = {
  'delayed-onset lot': badLot('delayed-onset lot', (car, at) => at - (car.soldAt ?? at) > 8 * monthMs),
  'mileage lot': badLot('mileage lot', (car, at) => ((at - (car.soldAt ?? at)) / monthMs) * car.kmPerMonth > 9_000),
  'climate x supplier': (world, draw, component) => {
    const supplier = supplierOf(world, draw, component)
    const factor = { dimension: 'supplier', level: `${component}/${supplier}` }
    const cold = world.regions.filter(one => one.climate === 'cold')
    const mechanism = simple('climate x supplier', [factor], draw.pick([5, 8, 12]),
      car => partOf(world, car, component).supplier === supplier && car.region.climate === 'cold', ['inspection', 'customer-notice', 'stop-shipment'])
    return { ...mechanism, alternatives: cold.map(region => [factor, { dimension: 'region', level: region.key }]) }
  },
}

const spareLot: Planter = (world, draw, component) => {
  const { partNo, supplier } = world.allDeliveries.find(one => one.component === component)!
  const lot = `SP${String(draw.int(2, 5)).padStart(2, '0')}${draw.pick(['X', 'Y'])}${supplier.at(-1)}`
  const fitted = (car: Car) => car.services.find(one => one.component === component && one.lot === lot && one.partNo === partNo)
  return simple('service-installed lot', [{ dimension: 'lot', level: `${partNo}/${lot}` }], 60, car => fitted(car) !== undefined, lotContainment,
    (car, at) => at >= fitted(car)!.at)
}
heldOutFamilies['service-installed lot'] = spareLot

/** Two causes in one stream: a car has the larger of the two effects. */
export const both = (a: Mechanism, b: Mechanism): Mechanism => ({
  kind: `${a.kind} + ${b.kind}`,
  factors: [...a.factors, ...b.factors],
  alternatives: [],
  rateRatio: Math.max(a.rateRatio, b.rateRatio),
  effect: (car, at) => Math.max(a.effect(car, at), b.effect(car, at)),
  ceiling: car => Math.max(a.ceiling(car), b.ceiling(car)),
  containment: [...new Set([...a.containment, ...b.containment])],
  inPart: a.inPart && b.inPart,
  causes: [a, b],
})

/** Streams in which nothing that is recorded raises the rate. */
export const nullFamilies: Record<string, Planter> = {
  none: () => simple('none', [], 1, () => false, []),
  untracked: () => simple('untracked', [], 12, car => car.hidden < 0.06, []),
  surge: (world, draw) => {
    const from = world.start + draw.int(200, 600) * dayMs
    return simple('surge', [], 3, () => true, [], (_, at) => at >= from && at < from + 28 * dayMs)
  },
  'coincident update': (world, draw) => {
    const release = draw.pick(world.releases.filter(one => one.releasedAt > world.start + 200 * dayMs && one.releasedAt < world.cutOff - 90 * dayMs))
    return simple('coincident update', [], 3, () => true, [], (_, at) => at >= release.releasedAt && at < release.releasedAt + 35 * dayMs)
  },
  'early adopters': () => simple('early adopters', [], 2, car => car.earlyAdopter, []),
}

export const isoWeek = (ms: number): string => {
  const date = new Date(ms)
  const thursday = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 3 - ((date.getUTCDay() + 6) % 7))
  const year = new Date(thursday).getUTCFullYear()
  return `${year}-W${String(1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / dayMs / 7)).padStart(2, '0')}`
}
