import type { Draw } from './random.ts'
import { dayMs, monthMs, type Lot, type Region, type World } from './world.ts'

export type Run = { module: string; version: string; from: number; to: number; channel: 'factory' | 'ota'; result: 'success' | 'rolled-back' | 'failed' }

/** One car as the simulator knows it, hidden traits included. */
export type Car = {
  vin: string
  model: string
  modelFactor: number
  modelYear: number
  trim: string
  plant: string
  week: number
  builtAt: number
  soldAt: number | null
  region: Region
  options: string[]
  parts: Lot[]
  lotKnown: boolean[]
  runs: Run[]
  /** Parts replaced in a workshop for wear, whatever the streams do. */
  services: (Lot & { at: number })[]
  kmPerMonth: number
  /** Takes updates in the first days, and reports more. */
  earlyAdopter: boolean
  /** A trait that no record holds: the source of untracked causes. */
  hidden: number
}

/** Wear replacements with spare lots that change by quarter. */
const servicesOf = (world: World, draw: Draw, soldAt: number, parts: readonly Lot[]): Car['services'] =>
  parts.flatMap(part => {
    const at = soldAt + draw.exponential(12 * 12) * monthMs
    if (at >= world.cutOff) return []
    const quarter = Math.floor((at - world.start) / (3 * monthMs))
    return [{ ...part, lot: `SP${String(quarter).padStart(2, '0')}${draw.pick(['X', 'Y'])}${part.supplier.at(-1)}`, at }]
  })

const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'

const vinOf = (serial: number): string => {
  let [rest, text] = [serial, '']
  for (let i = 0; i < 7; i++) {
    text = letters[rest % 33]! + text
    rest = Math.floor(rest / 33)
  }
  return `LJ1SYN0${'0'.repeat(3)}${text}`
}

const softwareOf = (world: World, draw: Draw, builtAt: number, earlyAdopter: boolean): Run[] =>
  ['BMS', 'VCU', 'CDC', 'ADAS'].flatMap(module => {
    const releases = world.releases.filter(one => one.module === module)
    const factory = releases.filter(one => one.releasedAt <= builtAt).at(-1) ?? releases[0]!
    const runs: Run[] = [{ module, version: factory.version, from: builtAt, to: Infinity, channel: 'factory', result: 'success' }]
    for (const release of releases.filter(one => one.releasedAt > builtAt)) {
      if (draw.chance(0.12)) continue
      const at = release.releasedAt + (earlyAdopter ? draw.unit() * 4 : 3 + draw.exponential(30)) * dayMs
      if (at >= world.cutOff || at <= runs.at(-1)!.from) continue
      if (draw.chance(0.02)) {
        runs.push({ module, version: release.version, from: at, to: at, channel: 'ota', result: 'failed' })
        continue
      }
      const current = runs.findLast(run => run.result === 'success')!
      current.to = at
      runs.push({ module, version: release.version, from: at, to: Infinity, channel: 'ota', result: 'success' })
    }
    return runs
  })

export const buildCar = (world: World, draw: Draw, serial: number): Car => {
  const week = draw.int(0, world.weeks - 1)
  const builtAt = world.start + (week * 7 + draw.int(0, 6)) * dayMs
  const model = world.models[draw.weighted([0.3, 0.45, 0.25])]!
  const plant = draw.chance(model.plantShare) ? world.plants[0]! : world.plants[1]!
  const region = world.regions[draw.weighted(world.regions.map(one => one.weight))]!
  const soldAt = builtAt + (10 + draw.exponential(35)) * dayMs
  const earlyAdopter = draw.chance(0.15)
  // Suppliers' shares differ by plant: a supplier effect must not be taken for a plant effect.
  const share = plant === 'HF1' ? [0.6, 0.25, 0.1, 0.05] : [0.25, 0.45, 0.2, 0.1]
  const parts = world.components.map(component => {
    const offered = world.deliveries(component, plant, week)
    return offered[draw.weighted(offered.map((_, i) => share[Math.min(3, Math.floor((i * 4) / offered.length))]!))]!
  })
  return {
    vin: vinOf(serial),
    model: model.name,
    modelFactor: model.factor,
    modelYear: 2021 + Math.floor((week + 12) / 52),
    trim: world.trims[draw.weighted([0.3, 0.3, 0.4])]!,
    plant,
    week,
    builtAt,
    soldAt: soldAt < world.cutOff && !draw.chance(0.02) ? Math.floor(soldAt / dayMs) * dayMs : null,
    region,
    options: world.options.filter(one => draw.chance(one.share)).map(one => one.key),
    parts,
    lotKnown: parts.map(() => !draw.chance(plant === 'HF1' ? 0.02 : 0.05)),
    runs: softwareOf(world, draw, builtAt, earlyAdopter),
    services: servicesOf(world, draw, soldAt, parts),
    kmPerMonth: 1_200 * region.usage * Math.exp(0.4 * draw.normal()),
    earlyAdopter,
    hidden: draw.unit(),
  }
}

/** Version of a module on a car at an instant. */
export const versionAt = (car: Car, module: string, at: number): string | null =>
  car.runs.find(run => run.module === module && run.result === 'success' && run.from <= at && at < run.to)?.version ?? null
