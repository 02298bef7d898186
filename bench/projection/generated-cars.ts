import type { FleetVehicle } from '../../src/domain/fleet.ts'

const dayMs = 86_400_000
const start = Date.UTC(2020, 0, 6)
const weeks = 156
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Uniform in [0, 1), from a seed (mulberry32). */
const createRandom = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Cars as the graph would stream them, in no order of ids: lots of two weeks by plant and supplier, 3 models, 40 regions, 12 options, 5 modules with
 * updates, one wear part in five replaced, two workshops a car at most. Texts are made anew for every car, as a driver does.
 */
export function* generateCars(options: { cars: number; parts: number; seed?: number }): Generator<FleetVehicle> {
  const random = createRandom(options.seed ?? 1)
  const below = (n: number): number => Math.floor(random() * n)
  const hex = (): string => below(2 ** 32).toString(16).padStart(8, '0')
  for (let i = 0; i < options.cars; i++) {
    const week = below(weeks)
    const built = start + (week * 7 + below(7)) * dayMs
    const builtOn = day(built)
    const soldOn = day(built + (10 + below(60)) * dayMs)
    const plant = below(3)
    const parts = Array.from({ length: options.parts }, (_, c) => {
      const supplier = (below(10) < 6 ? 0 : 1 + below(2)) + plant
      const lot = random() < 0.03 ? null : `${20 + Math.floor(week / 52)}W${String((week % 52) - ((week + c) % 2)).padStart(2, '0')}${supplier}${plant}`
      return { component: `component-${c}`, partNo: `P${c}-${100 + supplier}`, lot, supplier: `S-${c}-${supplier}`, condition: 'new', from: builtOn, to: null as string | null }
    })
    if (random() < 0.2) replace(parts, below(options.parts), new Date(built + (200 + below(500)) * dayMs).toISOString())
    yield {
      id: `veh_${hex()}${hex()}${hex()}${hex()}`, make: 'Synthetic', model: ['ES8', 'ES6', 'ET5'][below(3)]!, modelYear: 2020 + Math.floor(week / 52),
      trim: ['base', 'sport', 'signature'][below(3)]!, plant: `HF${plant + 1}`, builtOn, soldOn, region: `R-${below(40)}`, excluded: random() < 0.001, parts,
      options: Array.from({ length: 12 }, (_, o) => `option-${o}`).filter((_, o) => random() < (o + 1) / 20),
      software: ['BMS', 'VCU', 'CDC', 'ADAS', 'TBOX'].flatMap(module => runsOf(module, built, below)),
      serviceCenters: random() < 0.3 ? [{ id: `SC-${below(400)}`, from: new Date(built + (100 + below(400)) * dayMs).toISOString() }] : [],
    }
  }
}

type Part = FleetVehicle['parts'][number] & { to: string | null }

const replace = (parts: Part[], index: number, at: string): void => {
  const part = parts[index]!
  part.to = at
  parts.push({ ...part, lot: `SP-${at.slice(0, 7)}`, from: at, to: null })
}

const runsOf = (module: string, built: number, below: (n: number) => number): FleetVehicle['software'][number][] => {
  const first = below(4)
  if (below(3) > 0) return [{ module, version: `3.${first}`, from: day(built), to: null }]
  const at = new Date(built + (60 + below(400)) * dayMs).toISOString()
  return [{ module, version: `3.${first}`, from: day(built), to: at }, { module, version: `3.${first + 1}`, from: at, to: null }]
}
