import type { RecordKind, RecordOf } from '../../src/domain/record-kind.ts'

export type FleetBatch = { [K in RecordKind]: { kind: K; records: RecordOf[K][] } }[RecordKind]

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const vinOf = (number: number): string => `LJ1EEAUU0N7${String(number).padStart(6, '0')}`
const day = (offset: number): string => new Date(Date.UTC(2022, 0, 1 + offset)).toISOString().slice(0, 10)
const instant = (offsetDays: number): string => new Date(Date.UTC(2022, 0, 1) + Math.round(offsetDays * 86_400_000)).toISOString()
const components = ['traction-battery', 'drive-motor', 'inverter', 'brake-booster', 'steering-rack', 'air-spring', 'center-display', 'front-camera']
const complaints = ['charging stops in damp weather P0AA6', 'the screen goes black', 'brakes squeal', '充电到一半就停了', 'noise from the rear']

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items]
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[copy[last], copy[other]] = [copy[other] as T, copy[last] as T]
  }
  return copy
}

export function generateVehicles({ count, parts, seed = 1, lots = 40 }: { count: number; parts: number; seed?: number; lots?: number }): RecordOf['vehicles'][] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, number) => ({
    vin: vinOf(number),
    model: number % 3 === 0 ? 'ET5' : 'ES8',
    make: 'NIO',
    modelYear: 2022,
    trim: number % 2 === 0 ? 'Signature' : 'Standard',
    plant: number % 2 === 0 ? 'HF1' : 'HF2',
    builtOn: day(Math.floor(random() * 300)),
    soldOn: day(320 + Math.floor(random() * 60)),
    market: 'CN-East',
    options: ['pack-100'],
    parts: Array.from({ length: parts }, (_, part) => ({
      component: components[part % components.length] as string,
      position: part < components.length ? null : String(Math.floor(part / components.length)),
      partNo: `P-${100 + part}-A`,
      lot: `22L${Math.floor(random() * lots)}`,
      supplier: `S-${String(part % 7).padStart(3, '0')}`,
    })),
    software: [{ module: 'BMS', version: '3.1.4' }, { module: 'ICU', version: '1.0' }],
  }))
}

/**
 * A small fleet with all that makes an import hard: events before and without their master record, repairs of lots that are not there, roll-backs,
 * contradicting snapshots, keys sent twice with another content and another `receivedAt`. The same for the same seed.
 */
export function generateFleet({ vehicles, seed = 1 }: { vehicles: number; seed?: number }) {
  const random = seededRandom(seed)
  const known = generateVehicles({ count: vehicles, parts: 10, seed, lots: 8 })
  // A tenth of the events is of cars without master record.
  const anyVin = () => vinOf(Math.floor(random() * vehicles * 1.1))
  const installs = Array.from({ length: vehicles }, (_, n): RecordOf['software-installs'] => ({
    vin: anyVin(), module: n % 2 ? 'BMS' : 'ICU', version: `3.${n % 4}.0`, installedAt: instant(400 + n / 10), channel: 'ota',
    result: (['success', 'success', 'failed', 'rolled-back'] as const)[n % 4]!, receivedAt: instant(500 + n),
  }))
  const snapshots = Array.from({ length: vehicles }, (_, n): RecordOf['telemetry-snapshots'] => ({
    snapshotId: `TS-${n}`, vin: anyVin(), capturedAt: instant(350 + n / 3), software: { BMS: `3.${n % 4}.0` }, trigger: 'voice-feedback',
    dtcs: [{ code: n % 2 ? 'P0AA6' : 'U0100', failureType: '00', status: 47, ecu: 'BMS' }], signals: { hv_soc_pct: n % 100, state: 'ready' },
  }))
  const feedback = Array.from({ length: vehicles }, (_, n): RecordOf['feedback'] => ({
    channel: n % 2 ? 'nomi' : 'hotline', sourceId: `F-${Math.floor(n * 0.9)}`, occurredAt: instant(350 + n / 3), receivedAt: instant(351 + n),
    vin: n % 5 ? anyVin() : null, text: `${complaints[n % complaints.length]} ${n}`, snapshotId: n % 3 ? `TS-${n}` : null, odometerKm: 1_000 + n,
  }))
  const repairs = Array.from({ length: vehicles }, (_, n): RecordOf['repair-orders'] => {
    const part = n % 10
    return {
      repairOrderId: `RO-${Math.floor(n * 0.9)}`, vin: anyVin(), openedAt: instant(450 + n / 2), closedAt: n % 6 ? instant(452 + n / 2) : null,
      receivedAt: instant(600 + n), complaint: complaints[n % complaints.length]!, correction: 'replaced', serviceCenter: `SC-${n % 4}`,
      partsReplaced: [{
        component: components[part % components.length]!, position: part < components.length ? null : '1', removedPartNo: `P-${100 + part}-A`,
        removedLot: n % 4 ? null : '22L1', installedPartNo: `P-${100 + part}-B`, installedLot: `23L${n % 3}`, installedSupplier: 'S-000',
      }],
      dtcs: ['P0AA6-00'], softwareAfter: n % 3 ? null : { BMS: '3.9.0' }, feedback: n % 2 ? { channel: 'nomi', sourceId: `F-${n}` } : null,
    }
  })
  const cases = Array.from({ length: 30 }, (_, n): RecordOf['cases'] => ({
    caseId: `8D-${Math.floor(n * 0.8)}`, kind: '8d', title: complaints[n % complaints.length]!, openedAt: day(n), closedAt: day(30 + n), receivedAt: instant(100 + n),
    component: components[n % 3]!, symptom: complaints[n % complaints.length]!, failureMode: `mode ${n % 4}`, rootCause: `cause ${n % 6}`,
    affected: [{ make: 'NIO', model: 'ES8', modelYears: [2021], partNo: 'P-100-A', lots: [`22L${n % 5}`], software: 'BMS@3.1.4' }],
    containment: [{ actionType: 'quarantine-lot', text: `quarantine ${n}` }], corrective: [{ actionType: 'process-change', text: `change ${n}` }],
  }))
  return { vehicles: known, installs, snapshots, feedback, repairs, cases }
}

export function batchesOf(fleet: ReturnType<typeof generateFleet>, size: number): FleetBatch[] {
  const split = <T>(records: T[]): T[][] =>
    Array.from({ length: Math.ceil(records.length / size) }, (_, part) => records.slice(part * size, (part + 1) * size))
  return [
    ...split(fleet.vehicles).map((records): FleetBatch => ({ kind: 'vehicles', records })),
    ...split(fleet.cases).map((records): FleetBatch => ({ kind: 'cases', records })),
    ...split(fleet.installs).map((records): FleetBatch => ({ kind: 'software-installs', records })),
    ...split(fleet.snapshots).map((records): FleetBatch => ({ kind: 'telemetry-snapshots', records })),
    ...split(fleet.feedback).map((records): FleetBatch => ({ kind: 'feedback', records })),
    ...split(fleet.repairs).map((records): FleetBatch => ({ kind: 'repair-orders', records })),
  ]
}
