import { z } from 'zod'
import { nodeId, lotLevel, softwareLevel } from '../../domain/identifiers.ts'
import { ReplacedPart } from '../../domain/repair-order.ts'
import { type CarriedPart, deriveInstalledParts, type RepairRecord } from '../../domain/validity.ts'
import { deriveSoftwareRuns, type InstallRecord } from '../../domain/validity-software.ts'
import type { VehicleHistory } from './interval-queries.ts'

const Versions = z.record(z.string(), z.string())
const Replaced = z.array(ReplacedPart)

/** A lot in a car as its edge holds it. */
export type WantedPart = Omit<VehicleHistory['builtWith'][number], 'edge' | 'partNo' | 'lot'>
export type WantedRun = Omit<VehicleHistory['ran'][number], 'edge' | 'version'>

export type WantedIntervals = {
  parts: WantedPart[]
  runs: WantedRun[]
  repairFlags: Map<string, string[]>
  snapshotFlags: Map<string, string[]>
}

/**
 * What a car's records say it carried and ran.
 *
 * @param asBuilt the as-built parts of the record at hand; null: those that are written.
 */
export function wantedIntervals(history: VehicleHistory, asBuilt: readonly CarriedPart[] | null): WantedIntervals {
  const repairs = history.repairs.map(toRepair)
  const parts = asBuilt ?? history.builtWith.filter(({ source }) => source === null)
  const { installed, removedPartNotFound } = deriveInstalledParts(history.builtOn, parts.map(toCarried), repairs)
  const { runs, contradicted } = deriveSoftwareRuns({
    builtOn: history.builtOn,
    factory: parseVersions(history.factorySoftware),
    installs: history.installs as InstallRecord[],
    repairs,
    observations: history.observations.map(({ id, capturedAt, software }) => ({ id, capturedAt, software: parseVersions(software) })),
  })
  return {
    parts: installed.map(({ partNo, lot, supplier = null, ...part }) => ({ ...part, supplier, lotId: nodeId('PartLot', lotLevel(partNo, lot)) })),
    runs: runs.map(({ version, ...run }) => ({ ...run, releaseId: nodeId('SoftwareRelease', softwareLevel(run.module, version)) })),
    repairFlags: new Map(removedPartNotFound.map(id => [id, ['removedPartNotFound']])),
    snapshotFlags: new Map(contradicted.map(id => [id, ['softwareContradicts']])),
  }
}

/** Versions by module, as a record keeps them. */
export const parseVersions = (text: string | null): Record<string, string> => (text === null ? {} : Versions.parse(JSON.parse(text)))

/** What a stored repair order says about parts and software. */
export const toRepair = ({ id, closedAt, partsReplaced, softwareAfter }: Pick<VehicleHistory['repairs'][number], 'id' | 'closedAt' | 'partsReplaced' | 'softwareAfter'>): RepairRecord => ({
  id,
  closedAt,
  partsReplaced: partsReplaced === null ? [] : Replaced.parse(JSON.parse(partsReplaced)),
  softwareAfter: parseVersions(softwareAfter),
})

const toCarried = ({ component, position, partNo, lot, serial, condition, builtOn, supplier }: CarriedPart): CarriedPart => ({
  component, position, partNo, lot, serial, condition, builtOn, supplier: supplier ?? null,
})

export type Difference<E, W> = { create: W[]; end: { edge: E; to: string | null }[]; remove: E[] }

/**
 * What must change so that the written intervals are the wanted ones. Intervals that are alike but for their end are the same one: its end moves,
 * and what hangs on it stays.
 */
export function differenceOf<W extends { to: string | null }>(
  written: readonly (W & { edge: string })[],
  wanted: readonly W[],
  keyOf: (interval: W) => string,
): Difference<string, W> {
  const open = new Map<string, (W & { edge: string })[]>()
  for (const interval of [...written].sort(byEnd)) {
    const alike = open.get(keyOf(interval))
    if (alike) alike.push(interval)
    else open.set(keyOf(interval), [interval])
  }
  const difference: Difference<string, W> = { create: [], end: [], remove: [] }
  for (const interval of [...wanted].sort(byEnd)) {
    const match = open.get(keyOf(interval))?.shift()
    if (!match) difference.create.push(interval)
    else if (match.to !== interval.to) difference.end.push({ edge: match.edge, to: interval.to })
  }
  for (const alike of open.values()) difference.remove.push(...alike.map(({ edge }) => edge))
  return difference
}

const byEnd = (a: { to: string | null }, b: { to: string | null }): number => {
  const [left, right] = [a.to ?? '9', b.to ?? '9']
  return left < right ? -1 : left > right ? 1 : 0
}
