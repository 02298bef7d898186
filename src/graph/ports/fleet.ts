import type { ClassReport, FleetVehicle, SymptomClass } from '../../domain/fleet.ts'

/** What tells whether a projection in memory is still the graph's: equal watermarks mean that no car changed in between. */
export type FleetWatermark = {
  /** Id of the database: another one holds another fleet. */
  graph: string
  /** How many cars there are. */
  vehicles: number
  /** Server time (ms) of the newest change of any car or of a lot's supplier; 0 for an empty graph. */
  changedAt: number
  /** Fingerprint of the changes shortly before the newest: a transaction that began before it may be committed after it. */
  recent: readonly number[]
}

/** What an analysis reads of the fleet. Streams have bounded memory. */
export type FleetStore = {
  watermark(): Promise<FleetWatermark>
  /**
   * Cars changed at or after a server time (ms), among them those that carry a lot whose supplier became known since; all cars for null; in no
   * order, each once. A change is stamped before it is committed, so those stamped shortly before come too.
   */
  streamVehicles(changedSince: number | null): AsyncIterable<FleetVehicle>
  /**
   * Cars whose history holds a record that happened by `asOf` and was received later, or was received again with another content later; each as
   * it was known at `asOf`.
   *
   * @param asOf instant or day, inclusive.
   */
  vehiclesAsKnown(asOf: string): Promise<FleetVehicle[]>
  /**
   * Reports of a class received by `asOf`, from feedback and repair orders; negated, past and hypothetical findings are left out, and so are
   * contents that were superseded since. One row a record: its best class of those asked.
   *
   * @param question sides already expanded: `components` holds the descendants; null means any.
   */
  classReports(question: { components: readonly string[] | null; symptoms: readonly string[] | null; asOf: string }): Promise<ClassReport[]>
  /**
   * All reports with at least one side known, one row a record and class, for early warning. A symptom whose component is not said comes by itself
   * and, with a lower weight, with each component that something else names.
   */
  streamReports(asOf: string): AsyncIterable<ClassReport>
}

export type { SymptomClass }
