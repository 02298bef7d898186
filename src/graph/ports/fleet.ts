import type { ClassReport, FleetVehicle, SymptomClass } from '../../domain/fleet.ts'

/** What tells whether a projection in memory is still the graph's: server time of the newest change of any car, and how many cars there are. */
export type FleetWatermark = { changedAt: number; vehicles: number }

/** What an analysis reads of the fleet. Streams have bounded memory. */
export type FleetStore = {
  watermark(): Promise<FleetWatermark>
  /** Cars changed at or after a server time (ms), all of them for null; in no order. */
  streamVehicles(changedSince: number | null): AsyncIterable<FleetVehicle>
  /**
   * Cars whose history holds a record that happened by `asOf` and was received later, each as it was known at `asOf`.
   *
   * @param asOf instant, inclusive.
   */
  vehiclesAsKnown(asOf: string): Promise<FleetVehicle[]>
  /**
   * Reports of a class received by `asOf`, from feedback and repair orders; negated, past and hypothetical findings are left out. One row a record.
   *
   * @param symptomClass sides already expanded: `components` holds the descendants; null means any.
   */
  classReports(question: { components: readonly string[] | null; symptoms: readonly string[] | null; asOf: string }): Promise<ClassReport[]>
  /** All reports with at least one side known, one row a record and class, for early warning. */
  streamReports(asOf: string): AsyncIterable<ClassReport>
}

export type { SymptomClass }
