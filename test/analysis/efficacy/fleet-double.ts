import type { Report } from '../../../src/analysis/class-events.ts'
import { createLagWeight } from '../../../src/analysis/exposure.ts'
import { createProjectionBuilder, toMinute } from '../../../src/analysis/projection.ts'
import type { FleetVehicle } from '../../../src/domain/fleet.ts'

export const carOf = (id: string, given: Partial<FleetVehicle> = {}): FleetVehicle => ({
  id, make: 'NIO', model: 'ES8', modelYear: 2022, trim: null, plant: null, builtOn: '2022-12-05', soldOn: '2023-01-01', region: null, options: [],
  excluded: false, parts: [], software: [], serviceCenters: [], ...given,
})

export const partOf = (lot: string, to: string | null = null): FleetVehicle['parts'][number] =>
  ({ component: 'charge-port', partNo: 'CP-1', lot, supplier: 'S-1', condition: null, from: '2022-12-05', to })

/** A population of cars up to a day, and reports of them by car and day. */
export const populationOf = (cars: readonly FleetVehicle[], cutOffDay: string) => {
  const builder = createProjectionBuilder()
  for (const car of cars) builder.add(car)
  const projection = builder.build()
  const cutOff = toMinute(cutOffDay, 0)
  const population = { projection, mask: new Uint8Array(cars.length).fill(1), cutOff, lag: createLagWeight(cutOff, null) }
  const report = (id: string, day: string): Report => {
    const at = toMinute(day, 0)
    return { vehicle: projection.ids.indexOf(id), at, receivedAt: at, linkWeight: 1, repairResult: null }
  }
  return { population, projection, report, idOf: (vehicle: number) => projection.ids[vehicle] }
}
