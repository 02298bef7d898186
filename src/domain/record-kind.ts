import { Case } from './case.ts'
import { Feedback } from './feedback.ts'
import { RepairOrder } from './repair-order.ts'
import { SoftwareInstall } from './software-install.ts'
import { TelemetrySnapshot } from './telemetry-snapshot.ts'
import { Vehicle } from './vehicle.ts'

/** Kinds of the import contract in load order, master data before events, with the schema of one record. */
export const recordSchemas = {
  vehicles: Vehicle,
  cases: Case,
  'software-installs': SoftwareInstall,
  'telemetry-snapshots': TelemetrySnapshot,
  feedback: Feedback,
  'repair-orders': RepairOrder,
} as const

export type RecordKind = keyof typeof recordSchemas
export const recordKinds = Object.keys(recordSchemas) as RecordKind[]

export type RecordOf = {
  vehicles: Vehicle
  cases: Case
  'software-installs': SoftwareInstall
  'telemetry-snapshots': TelemetrySnapshot
  feedback: Feedback
  'repair-orders': RepairOrder
}
