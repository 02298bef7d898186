import { z } from 'zod'
import type { FleetVehicle } from '../../domain/fleet.ts'
import { lotLevel, nodeId } from '../../domain/identifiers.ts'
import { deriveInstalledParts, type InstalledPart } from '../../domain/validity.ts'
import { deriveSoftwareRuns, type InstallRecord, type SoftwareRun } from '../../domain/validity-software.ts'
import { parseVersions, toRepair } from '../records/derive-intervals.ts'
import type { KnownHistoryRow, LateRecordRow } from './fleet-queries.ts'
import { firstVisits, type Lot, toMasterData } from './fleet-vehicle.ts'

const Content = z.looseObject({ vehicleId: z.string().nullish() })
const RepairContent = z.object({
  closedAt: z.string().nullish(), partsReplaced: z.string().nullish(), softwareAfter: z.string().nullish(), serviceCenter: z.string().nullish(),
})
const InstallContent = z.object({
  module: z.string(), version: z.string(), installedAt: z.string(), channel: z.string().nullish(), result: z.string().nullish(),
})
const SnapshotContent = z.object({ capturedAt: z.string(), software: z.string().nullish() })

export type KnownRecords = Pick<KnownHistoryRow, 'repairs' | 'installs' | 'observations'>

/**
 * What was known by an instant of records that were received again later: the content received last by then, and the car that it named.
 *
 * @param late records received after the instant, with the contents received by then.
 * @returns cars whose history differs from what is written now, each with the earlier contents that named it.
 */
export function earlierContents(late: readonly LateRecordRow[]): Map<string, KnownRecords> {
  const byVehicle = new Map<string, KnownRecords>()
  const recordsOf = (vehicleId: string): KnownRecords => {
    const known = byVehicle.get(vehicleId) ?? { repairs: [], installs: [], observations: [] }
    byVehicle.set(vehicleId, known)
    return known
  }
  for (const { kind, id, vehicleId, versions } of late) {
    if (vehicleId !== null) recordsOf(vehicleId)
    const last = [...versions].sort(([a], [b]) => (a < b ? -1 : 1)).at(-1)
    const content: unknown = last && JSON.parse(last[1])
    const named = Content.safeParse(content).data?.vehicleId
    if (named) addContent(recordsOf(named), kind, id, content)
  }
  return byVehicle
}

function addContent(records: KnownRecords, kind: LateRecordRow['kind'], id: string, content: unknown): void {
  if (kind === 'repair-orders') {
    const { closedAt = null, partsReplaced = null, softwareAfter = null, serviceCenter = null } = RepairContent.parse(content)
    records.repairs.push({ id, closedAt, partsReplaced, softwareAfter, serviceCenter })
  } else if (kind === 'software-installs') {
    const { channel = null, result = null, ...install } = InstallContent.parse(content)
    records.installs.push({ id, channel, result, ...install })
  } else {
    const { capturedAt, software } = SnapshotContent.parse(content)
    if (software != null) records.observations.push({ id, capturedAt, software })
  }
}

/**
 * A car as its records known by an instant tell of it: the same derivation as at import, over fewer records.
 *
 * @param row the car with its current records received by then; `earlier` the contents that were superseded since.
 * @param supplierOf supplier of a lot by its id.
 */
export function deriveKnownVehicle(row: KnownHistoryRow, earlier: KnownRecords, lotOf: (id: string) => Lot | undefined): FleetVehicle {
  const orders = [...row.repairs, ...earlier.repairs]
  const { installed, runs } = deriveKnownIntervals(row, earlier)
  return {
    ...toMasterData(row),
    parts: installed.map(({ component, partNo, lot, condition, from, to, supplier }) =>
      ({ component, partNo, lot, supplier: supplier ?? lotOf(lotIdOf(partNo, lot))?.supplier ?? null, condition, from, to })),
    software: runs.map(({ module, version, from, to }) => ({ module, version, from, to })),
    serviceCenters: firstVisits(orders.flatMap(({ serviceCenter, closedAt }) =>
      (serviceCenter === null || closedAt === null ? [] : [[serviceCenter, closedAt] as const]))),
  }
}

/** What a car carried and ran by the records known of it; parameters as `deriveKnownVehicle`. */
export function deriveKnownIntervals(row: KnownHistoryRow, earlier: KnownRecords): { installed: InstalledPart[]; runs: SoftwareRun[] } {
  const repairs = [...row.repairs, ...earlier.repairs].map(toRepair)
  const { installed } = deriveInstalledParts(row.builtOn, row.asBuilt, repairs)
  const { runs } = deriveSoftwareRuns({
    builtOn: row.builtOn,
    factory: parseVersions(row.factorySoftware),
    installs: [...row.installs, ...earlier.installs] as InstallRecord[],
    repairs,
    observations: [...row.observations, ...earlier.observations].map(one => ({ ...one, software: parseVersions(one.software) })),
  })
  return { installed, runs }
}

export const lotIdOf = (partNo: string, lot: string | null): string => nodeId('PartLot', lotLevel(partNo, lot))

/** Lots that a car may have carried by its records. */
export const lotIdsOf = (row: KnownHistoryRow, earlier: KnownRecords): string[] => [
  ...row.asBuilt.map(({ partNo, lot }) => lotIdOf(partNo, lot)),
  ...[...row.repairs, ...earlier.repairs].flatMap(order => toRepair(order).partsReplaced.flatMap(({ installedPartNo, installedLot }) =>
    (installedPartNo == null ? [] : [lotIdOf(installedPartNo, installedLot ?? null)]))),
]
