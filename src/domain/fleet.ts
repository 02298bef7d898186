import type { Dimension } from './dimension.ts'

/** One car with everything that can be a factor, as it was over time. Intervals are instants or days; a null `from` is always, a null `to` is open. */
export type FleetVehicle = {
  id: string
  make: string | null
  model: string
  modelYear: number | null
  trim: string | null
  plant: string | null
  builtOn: string | null
  soldOn: string | null
  region: string | null
  options: readonly string[]
  /** A contradictory date or an unknown master record: the car stays out of every exposure. */
  excluded: boolean
  parts: readonly {
    component: string
    partNo: string
    lot: string | null
    supplier: string | null
    condition: string | null
    from: string | null
    to: string | null
  }[]
  software: readonly { module: string; version: string; from: string | null; to: string | null }[]
  /** Workshops that have worked on the car, each from the end of its first repair there on. */
  serviceCenters: readonly { id: string; from: string }[]
}

/** The unit of analysis. A null side means any; a parent component stands for its children too. */
export type SymptomClass = { component: string | null; symptom: string | null }

/** A report of a car's trouble: one feedback or repair order with one class it speaks of. */
export type ClassReport = {
  source: 'feedback' | 'repair-order'
  /** Id of the feedback or repair order in the graph. */
  recordId: string
  /** Null where the report names no car; one that no master record names is in no exposure. */
  vehicleId: string | null
  /** What the report says of the car itself, for reports without a known car. */
  make: string | null
  model: string | null
  modelYear: number | null
  component: string | null
  symptom: string | null
  /** Instant of the event: `occurredAt` of a feedback, `openedAt` of a repair order; that of its receipt where it is dated later. */
  at: string
  receivedAt: string
  /** Probability that the report is of the class, in (0, 1]; 1 for a firm link. */
  linkWeight: number
  repairResult: 'fixed' | 'returned' | 'no-trouble-found' | 'awaiting-part' | null
  /** Ids of feedback that this one is told twice of. Absent for repair orders. */
  toldTwiceOf?: readonly string[]
  /** Ids of feedback that this one is kept apart from, although of one car and class: left is not right, or a person said so. */
  distinctFrom?: readonly string[]
}

/** A level of a dimension that is blamed or weighed: `component` where the dimension is one of parts. */
export type Factor = { dimension: Dimension; level: string; component: string | null }
