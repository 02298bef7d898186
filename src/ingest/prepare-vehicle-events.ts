import { parseDtc } from '../domain/dtc.ts'
import { toUtc } from '../domain/instant.ts'
import type { SoftwareInstall } from '../domain/software-install.ts'
import type { RecordedDtc, TelemetrySnapshot } from '../domain/telemetry-snapshot.ts'
import type { PreparedInstall, PreparedSnapshot, RecordedCode, StoredInstall, StoredSnapshot } from '../graph/ports/record-store.ts'
import {
  json, type PrepareDependencies, qualityFlags, type RecordIdentity, redactText, releaseOf, sharedNodes, vehicleOf,
} from './prepare-context.ts'

/** A telemetry snapshot; string signals are redacted, they may hold what a person typed. */
export function prepareSnapshot(record: TelemetrySnapshot, flags: readonly string[], identity: RecordIdentity, context: PrepareDependencies): PreparedSnapshot {
  const { vehicle, vinInvalid } = vehicleOf(record.vin, context)
  const recorded = (record.dtcs ?? []).map(recordedCode).filter(code => code !== null)
  const software = record.software ?? {}
  const stored: StoredSnapshot = {
    snapshotId: record.snapshotId,
    capturedAt: toUtc(record.capturedAt),
    receivedAt: toUtc(record.receivedAt ?? record.capturedAt),
    vehicleId: vehicle?.id ?? null,
    trigger: record.trigger ?? null,
    odometerKm: record.odometerKm ?? null,
    ambientC: record.ambientC ?? null,
    software: json(software),
    signals: json(redactSignals(record.signals ?? {}, context)),
    dtcs: json(record.dtcs),
    vinInvalid: vinInvalid || flags.includes('vinInvalid') ? true : null,
    dataQuality: qualityFlags(flags),
  }
  return {
    ...identity,
    receivedAt: stored.receivedAt,
    vehicleId: stored.vehicleId,
    stored,
    recorded,
    software,
    findings: [],
    shared: sharedNodes({
      vehicles: vehicle ? [vehicle] : [],
      dtcs: recorded.map(({ code }) => code),
      releases: Object.entries(software).map(([module, version]) => releaseOf(module, version)),
    }),
  }
}

type Signals = NonNullable<TelemetrySnapshot['signals']>

const redactSignals = (signals: Signals, context: PrepareDependencies): Signals =>
  Object.fromEntries(
    Object.entries(signals).map(([name, value]) => [name, typeof value === 'string' ? (redactText(value, context) ?? '') : value]),
  )

function recordedCode({ code, failureType, status, ecu }: RecordedDtc): RecordedCode | null {
  const parsed = parseDtc(code)
  return parsed && {
    code: parsed.code, failureType: failureType?.toUpperCase() ?? parsed.failureType, status: status ?? null, ecu: ecu ?? null,
  }
}

/** One software installation, whatever its result. */
export function prepareInstall(record: SoftwareInstall, flags: readonly string[], identity: RecordIdentity, context: PrepareDependencies): PreparedInstall {
  const { vehicle, vinInvalid } = vehicleOf(record.vin, context)
  const release = releaseOf(record.module, record.version)
  const stored: StoredInstall = {
    module: record.module,
    version: record.version,
    installedAt: toUtc(record.installedAt),
    receivedAt: toUtc(record.receivedAt ?? record.installedAt),
    vehicleId: vehicle?.id ?? null,
    channel: record.channel ?? null,
    result: record.result ?? null,
    vinInvalid: vinInvalid || flags.includes('vinInvalid') ? true : null,
    dataQuality: qualityFlags(flags),
  }
  return {
    ...identity,
    receivedAt: stored.receivedAt,
    vehicleId: stored.vehicleId,
    stored,
    findings: [],
    releaseId: release.id,
    shared: sharedNodes({ vehicles: vehicle ? [vehicle] : [], releases: [release] }),
  }
}
