import { canonicalJson } from '../../domain/canonical-json.ts'
import type { CarriedPart } from '../../domain/validity.ts'
import type { GraphTransaction } from '../ports.ts'
import type { PreparedPart, PreparedVehicle, WriteCounts } from '../ports/record-store.ts'
import { intervalQueries } from './interval-queries.ts'
import { mergeShared } from './shared-nodes.ts'
import { sharedQueries } from './shared-queries.ts'
import { vehicleQueries } from './vehicle-queries.ts'
import { rewriteIntervals } from './write-intervals.ts'

/** Writes master records of vehicles, each id once. A car that nothing hangs on yet takes the short way: its intervals are its as-built record. */
export async function writeVehicles(tx: GraphTransaction, records: readonly PreparedVehicle[]): Promise<WriteCounts> {
  const sorted = [...records].sort((a, b) => (a.id < b.id ? -1 : 1))
  const held = await tx.all(sharedQueries.lockVehicles, { vehicles: sorted.map(({ id, vinSealed }) => ({ id, vinSealed })) })
  const before = new Map(held.map(row => [row.id, row]))
  const changed = sorted.filter(({ id, contentSha256 }) => before.get(id)?.contentSha256 !== contentSha256)
  await mergeShared(tx, changed.map(({ shared }) => shared))
  await tx.all(vehicleQueries.writeVehicles, {
    vehicles: changed.map(({ factorySoftware, ...vehicle }) => ({
      ...vehicle,
      factorySoftware: factorySoftware === null ? null : canonicalJson(factorySoftware),
    })),
  })
  const fresh = changed.filter(({ id }) => before.get(id)?.hasHistory === false)
  const others = changed.filter(({ id }) => before.get(id)?.hasHistory !== false)
  await createAsBuilt(tx, fresh)
  await rewriteIntervals(tx, others.map(({ id }) => id), asBuiltOf(others))
  const updated = changed.filter(({ id }) => before.get(id)?.contentSha256 != null).length
  return { created: changed.length - updated, updated, unchanged: sorted.length - changed.length, superseded: 0 }
}

async function createAsBuilt(tx: GraphTransaction, vehicles: readonly PreparedVehicle[]): Promise<void> {
  const withParts = vehicles
    .filter(({ parts }) => parts !== null && parts.length > 0)
    .map(({ id, builtOn, parts }) => ({
      id,
      from: builtOn,
      parts: (parts ?? []).map(toSides),
    }))
  const withSoftware = vehicles
    .filter(({ factorySoftware }) => factorySoftware !== null && Object.keys(factorySoftware).length > 0)
    .map(({ id, builtOn, shared }) => ({
      id,
      runs: shared.releases.map(release => [release.id, release.module, 'factory', false, builtOn, null]),
    }))
  if (withParts.length > 0) await tx.all(intervalQueries.createBuiltWith, { vehicles: withParts })
  if (withSoftware.length > 0) await tx.all(intervalQueries.createRan, { vehicles: withSoftware })
}

/** Sides of a new edge; what is not known at the end is left out, which is a third of the message. */
function toSides({ lotId, component, position, serial, condition, builtOn, supplier }: PreparedPart): (string | null)[] {
  if (supplier !== undefined) return [lotId, component, position, serial, condition, builtOn, null, null, null, supplier]
  if (serial !== null || condition !== null || builtOn !== null) return [lotId, component, position, serial, condition, builtOn]
  return position === null ? [lotId, component] : [lotId, component, position]
}

/** As-built parts by vehicle, for those whose record lists parts. */
function asBuiltOf(vehicles: readonly PreparedVehicle[]): Map<string, CarriedPart[]> {
  const asBuilt = new Map<string, CarriedPart[]>()
  for (const { id, parts, shared } of vehicles) {
    if (parts === null) continue
    const lots = new Map(shared.lots.map(lot => [lot.id, lot]))
    asBuilt.set(id, parts.map(({ lotId, ...part }) => ({ ...part, partNo: lots.get(lotId)?.partNo ?? '', lot: lots.get(lotId)?.lot ?? null })))
  }
  return asBuilt
}
