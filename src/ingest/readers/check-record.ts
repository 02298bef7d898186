import { recordSchemas, type RecordKind, type RecordOf } from '../../domain/record-kind.ts'
import { checkVin } from '../../domain/vin.ts'
import { dateFlags } from './date-flags.ts'
import type { OdometerHistory } from './odometer-history.ts'
import { recordErrors } from './schema-messages.ts'
import type { RecordError } from './source-item.ts'

/** Flags of the import contract that mark a record which loads all the same. */
export const dataQualityFlags = ['brokenUtf8', 'vinInvalid', 'futureDate', 'odometerBackwards', 'soldBeforeBuilt'] as const

export type CheckedRecord<K extends RecordKind> =
  | { ok: true; record: RecordOf[K]; flags: string[] }
  | { ok: false; errors: RecordError[] }

const refuse = (path: string, message: string): { ok: false; errors: RecordError[] } => ({ ok: false, errors: [{ path, message }] })

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Kinds that cannot be without a VIN. There it stays in the record as it came: the write side makes no car of it, but needs it to tell two installs apart. */
const vinRequired: ReadonlySet<RecordKind> = new Set(['software-installs', 'repair-orders'])

type VinOutcome = { ok: true; value: Record<string, unknown>; flags: string[] } | { ok: false; reason: string }

const settleVin = (kind: RecordKind, value: Record<string, unknown>): VinOutcome => {
  const { vin } = value
  if (kind === 'cases' || vin === undefined || vin === null) return { ok: true, value, flags: [] }
  const checked = typeof vin === 'string' ? checkVin(vin) : { ok: false as const, reason: 'a VIN is a text of 17 characters' }
  if (checked.ok) return { ok: true, value: { ...value, vin: checked.vin }, flags: [] }
  if (kind === 'vehicles') return { ok: false, reason: checked.reason }
  return { ok: true, value: { ...value, vin: vinRequired.has(kind) ? (typeof vin === 'string' ? vin : JSON.stringify(vin)) : null }, flags: ['vinInvalid'] }
}

const odometerReading = <K extends RecordKind>(kind: K, record: RecordOf[K]): { vin: string; at: string; km: number } | null => {
  if (kind !== 'feedback' && kind !== 'telemetry-snapshots' && kind !== 'repair-orders') return null
  const event = record as Partial<RecordOf['feedback'] & RecordOf['telemetry-snapshots'] & RecordOf['repair-orders']>
  const at = event.occurredAt ?? event.capturedAt ?? event.openedAt
  return event.vin && at && typeof event.odometerKm === 'number' ? { vin: event.vin, at, km: event.odometerKm } : null
}

/**
 * Holds one value against the import contract: its schema, the shape of its VIN and the plausibility of its dates and odometer.
 *
 * A wrong VIN refuses a vehicle; on an event it is dropped (kept as it came where the schema asks for one: see below) and the event marked
 * `vinInvalid`. Unknown fields are dropped.
 *
 * @param odometers readings met so far; without it odometers are not compared.
 * @returns the record with its data-quality flags, or every fault with the path of its field; messages never repeat a VIN.
 */
export function checkRecord<K extends RecordKind>(
  kind: K, value: unknown, { now, odometers }: { now: Date; odometers?: OdometerHistory },
): CheckedRecord<K> {
  if (!isObject(value)) return refuse('', `expected an object, got ${Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`}`)
  const settled = settleVin(kind, value)
  const schema = recordSchemas[kind]
  const parsed = schema.safeParse(settled.ok ? settled.value : value)
  const vinErrors = settled.ok ? [] : [{ path: 'vin', message: settled.reason }]
  if (!parsed.success) {
    const others = recordErrors(schema, parsed.error, value).filter(error => settled.ok || error.path !== 'vin')
    return { ok: false, errors: [...vinErrors, ...others] }
  }
  if (!settled.ok) return { ok: false, errors: vinErrors }
  const record = parsed.data as RecordOf[K]
  const flags = [...settled.flags, ...dateFlags(kind, record, now)]
  const reading = settled.flags.length === 0 ? odometerReading(kind, record) : null
  if (reading && odometers?.runsBackwards(reading.vin, reading.at, reading.km)) flags.push('odometerBackwards')
  return { ok: true, record, flags }
}
