import type { RecordKind, RecordOf } from '../../domain/record-kind.ts'

// A day has begun somewhere on earth 14 hours before it begins in UTC: a car built in Shanghai this morning is not from the future.
const earliestZoneMs = 14 * 3_600_000
// Clocks of cars and plants run a little ahead of ours.
const clockSkewMs = 5 * 60_000

type Dated = string | null | undefined

const datesOf: { [K in RecordKind]: (record: RecordOf[K]) => Dated[] } = {
  vehicles: record => [record.builtOn, record.shippedOn, record.deliveredOn, record.soldOn, ...(record.parts ?? []).map(part => part.builtOn)],
  // A corrective action may be planned for a day to come.
  cases: record => [record.openedAt, record.closedAt, record.receivedAt],
  'software-installs': record => [record.installedAt, record.receivedAt],
  'telemetry-snapshots': record => [record.capturedAt, record.receivedAt],
  feedback: record => [record.occurredAt, record.receivedAt],
  'repair-orders': record => [record.openedAt, record.closedAt, record.receivedAt],
}

const isFuture = (date: Dated, now: Date): boolean => {
  if (!date) return false
  const allowed = date.length === 10 ? earliestZoneMs : clockSkewMs
  return Date.parse(date) > now.getTime() + allowed
}

/**
 * `futureDate` when a date of the record lies after `now` (five minutes are allowed for clocks; a day counts once it has begun anywhere on earth), `soldBeforeBuilt`
 * when a car was sold before the day it was built.
 */
export function dateFlags<K extends RecordKind>(kind: K, record: RecordOf[K], now: Date): string[] {
  const flags = datesOf[kind](record).some(date => isFuture(date, now)) ? ['futureDate'] : []
  if (kind === 'vehicles') {
    const { soldOn, builtOn } = record as RecordOf['vehicles']
    if (soldOn && soldOn < builtOn) flags.push('soldBeforeBuilt')
  }
  return flags
}
