import { createProjectionBuilder, type Projection } from '../../../src/analysis/projection.ts'
import type { ClassReport, FleetVehicle } from '../../../src/domain/fleet.ts'

const dayMs = 86_400_000
export const firstBuild = Date.UTC(2022, 0, 3)
export const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** One car of a small regular fleet: built on Mondays, sold six weeks later. */
export const carOf = (week: number, index: number): FleetVehicle => ({
  id: `car-${week}-${index}`, make: 'Synthetic', model: 'ES6', modelYear: 2022, trim: null, plant: index % 2 === 0 ? 'HF1' : 'HF2',
  builtOn: isoDay(firstBuild + week * 7 * dayMs), soldOn: isoDay(firstBuild + (week + 6) * 7 * dayMs + (index % 7) * dayMs), region: null, options: [], excluded: false,
  parts: [
    { component: 'traction-battery', partNo: 'BAT', lot: 'L', supplier: index % 4 === 0 ? 'S-1' : 'S-2', condition: 'new', from: null, to: null },
    { component: 'tire', partNo: 'TYR', lot: 'L', supplier: index % 3 === 0 ? 'T-1' : 'T-2', condition: 'new', from: null, to: null },
  ],
  software: [], serviceCenters: [],
})

/** `weeks` build weeks of `perWeek` cars each. */
export const smallFleet = (weeks: number, perWeek: number): { projection: Projection; indexOf: (id: string) => number; cars: FleetVehicle[] } => {
  const builder = createProjectionBuilder()
  const cars = Array.from({ length: weeks * perWeek }, (_, i) => carOf(Math.floor(i / perWeek), i % perWeek))
  cars.forEach(car => builder.add(car))
  const projection = builder.build()
  const indexes = new Map(projection.ids.map((id, index) => [id, index]))
  return { projection, cars, indexOf: id => indexes.get(id) ?? -1 }
}

/** A report of a car some days after its sale, received `delay` days later. */
export const reportOn = (car: FleetVehicle, days: number, given: Partial<ClassReport> & { delay?: number } = {}): ClassReport => {
  const { delay = 3, ...rest } = given
  const at = Date.parse(car.soldOn!) + days * dayMs
  return {
    source: 'feedback', recordId: `F-${car.id}-${days}`, vehicleId: car.id, make: car.make, model: car.model, modelYear: car.modelYear,
    component: 'traction-battery', symptom: 'charging-stops', at: new Date(at).toISOString(), receivedAt: new Date(at + delay * dayMs).toISOString(),
    linkWeight: 1, repairResult: null, ...rest,
  }
}
