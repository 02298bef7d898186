import type { Draw } from './random.ts'

export const dayMs = 86_400_000
export const monthMs = 30.4375 * dayMs
export const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
export const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

export type Lot = { partNo: string; lot: string; supplier: string; component: string }
/** One supplier's delivery of one component to one plant over some weeks. */
type Delivery = Lot & { fromWeek: number; toWeek: number }
export type Release = { module: string; version: string; releasedAt: number }
export type Region = { key: string; climate: 'cold' | 'hot' | 'mild'; weight: number; usage: number }

export type World = {
  start: number
  weeks: number
  cutOff: number
  models: readonly { name: string; factor: number; plantShare: number }[]
  plants: readonly string[]
  regions: readonly Region[]
  trims: readonly string[]
  options: readonly { key: string; share: number }[]
  components: readonly string[]
  deliveries(component: string, plant: string, week: number): readonly Delivery[]
  allDeliveries: readonly Delivery[]
  releases: readonly Release[]
}

const components = [
  'traction-battery', 'battery-cooling-plate', 'drive-motor', 'inverter', 'reducer', 'onboard-charger', 'dc-dc-converter', 'charge-port',
  'low-voltage-battery', 'brake-booster', 'brake-caliper', 'steering-rack', 'air-spring', 'tire', 'coolant-pump', 'door-handle',
  'center-display', 'front-camera', 'seat-belt', 'wiper',
] as const

/** Deliveries follow each other at every plant; two components with the same rhythm switch lots in the same weeks (correlated lots). */
const planDeliveries = (draw: Draw, weeks: number, plants: readonly string[]): Delivery[] =>
  components.flatMap(component => {
    const own = draw.fork(`lots/${component}`)
    const suppliers = Array.from({ length: own.int(2, 4) }, (_, i) => `S-${String(own.int(1, 60)).padStart(3, '0')}${'ABCD'[i]}`)
    const rhythm = own.pick([2, 3, 4])
    // Half of the parts are drawn once and made by all; elsewhere each supplier has a number of its own.
    const isShared = own.chance(0.5)
    return suppliers.flatMap((supplier, s) =>
      plants.flatMap((_, p) => {
        const deliveries: Delivery[] = []
        for (let week = -own.int(0, rhythm - 1); week < weeks; week += rhythm) {
          const year = 2021 + Math.floor(Math.max(0, week) / 52)
          const lot = `${String(year).slice(2)}W${String((Math.max(0, week) % 52) + 1).padStart(2, '0')}${'ABCD'[s]}${p + 1}`
          const partNo = `${component.toUpperCase().split('-').map(word => word.slice(0, 3)).join('')}-1${s === 0 || isShared ? '00' : `0${s}`}`
          deliveries.push({ component, partNo, lot, supplier, fromWeek: week, toWeek: week + rhythm + (own.chance(0.3) ? 1 : 0) })
        }
        return deliveries
      }),
    )
  })

/** Everything that is the same for all cars of a fleet: plants, deliveries, releases, regions. */
export const createWorld = (draw: Draw, weeks = 104): World => {
  const start = Date.UTC(2021, 0, 4)
  const plants = ['HF1', 'HF2']
  const deliveries = planDeliveries(draw, weeks, plants)
  const index = new Map<string, Delivery[]>()
  for (const one of deliveries)
    for (let week = Math.max(0, one.fromWeek); week < Math.min(weeks, one.toWeek); week++) {
      const key = `${one.component}/${plants[Number(one.lot.at(-1)) - 1]}/${week}`
      index.set(key, [...(index.get(key) ?? []), one])
    }
  const own = draw.fork('releases')
  const releases = ['BMS', 'VCU', 'CDC', 'ADAS'].flatMap(module =>
    Array.from({ length: 6 }, (_, i) => ({
      module,
      version: `${3 + Math.floor(i / 3)}.${i % 3}.${own.int(0, 4)}`,
      releasedAt: start + (i === 0 ? -60 : i * 19 * 7 + own.int(-20, 20)) * dayMs,
    })),
  )
  return {
    start,
    weeks,
    cutOff: start + (weeks + 26) * 7 * dayMs,
    models: [{ name: 'ES8', factor: 1.2, plantShare: 0.8 }, { name: 'ES6', factor: 1, plantShare: 0.5 }, { name: 'ET5', factor: 0.8, plantShare: 0.2 }],
    plants,
    regions: [
      { key: 'CN-North', climate: 'cold', weight: 0.2, usage: 0.9 }, { key: 'CN-East', climate: 'mild', weight: 0.35, usage: 1 },
      { key: 'CN-South', climate: 'hot', weight: 0.25, usage: 1.15 }, { key: 'CN-West', climate: 'mild', weight: 0.12, usage: 1 },
      { key: 'EU', climate: 'cold', weight: 0.08, usage: 1.3 },
    ],
    trims: ['Signature', 'Sport', 'Base'],
    options: [{ key: 'tow-bar', share: 0.12 }, { key: 'pack-100', share: 0.4 }, { key: 'air-suspension', share: 0.3 }, { key: 'glass-roof', share: 0.6 }],
    components,
    deliveries: (component, plant, week) => index.get(`${component}/${plant}/${week}`) ?? [],
    allDeliveries: deliveries,
    releases,
  }
}
