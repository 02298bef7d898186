import type { WarningFleet } from '../../simulator/warning-streams.ts'
import { createProjectionBuilder, type Projection } from '../../src/analysis/projection.ts'
import { createWarningStreams, type WarningStream } from '../../src/analysis/early-warning/warning-streams.ts'
import type { ClassReport, FleetVehicle } from '../../src/domain/fleet.ts'

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** A simulated car as the graph would give it; hidden traits are left behind. */
export const vehicleOf = (car: WarningFleet['cars'][number], index: number): FleetVehicle => ({
  id: `car-${index}`, make: 'Synthetic', model: car.model, modelYear: car.modelYear, trim: car.trim, plant: car.plant,
  builtOn: day(car.builtAt), soldOn: car.soldAt === null ? null : day(car.soldAt), region: car.region.key, options: [], excluded: false,
  parts: car.parts.map(part => ({ component: part.component, partNo: part.partNo, lot: part.lot, supplier: part.supplier, condition: 'new', from: null, to: null })),
  software: [], serviceCenters: [],
})

export const projectionOf = (fleet: Pick<WarningFleet, 'cars'>): Projection => {
  const builder = createProjectionBuilder()
  fleet.cars.forEach((car, index) => builder.add(vehicleOf(car, index)))
  return builder.build()
}

/** Streams as the watch sees them: reports of known cars by class. */
export const streamsOf = (fleet: WarningFleet): Map<string, WarningStream> => {
  const reports = fleet.streams.flatMap(({ component, symptom, reports: rows }): ClassReport[] =>
    rows.map((row, i) => ({
      source: 'feedback', recordId: `${component}/${symptom}/${i}`, vehicleId: `car-${row.car}`, make: 'Synthetic', model: fleet.cars[row.car]!.model, modelYear: null,
      component, symptom, at: new Date(row.at).toISOString(), receivedAt: new Date(row.receivedAt).toISOString(), linkWeight: 1, repairResult: null,
    })))
  return createWarningStreams(reports, id => Number(id.slice(4)))
}
