import { decodeProjection, encodeProjection } from '../analysis/projection-file.ts'
import { createProjectionBuilder, mergeProjection, vehicleIndex, type Projection } from '../analysis/projection.ts'
import type { FleetStore, FleetWatermark } from '../graph/ports/fleet.ts'
import type { ProjectionFile } from './projection-file.ts'
import { createSharedRun, type RunOptions } from './shared-run.ts'

/** The fleet in columns, and what tells of which state of the graph. Cars are in order of their ids. */
export type CurrentFleet = { projection: Projection; watermark: FleetWatermark }

/** Cars read so far; `total` is null where only those that changed are read. */
export type FleetProgress = { done: number; total: number | null }

export type FleetOptions = RunOptions<FleetProgress>

export type FleetProjection = {
  /** The fleet as the graph holds it now: kept, refreshed by what changed, or read whole. Callers at one time share one reading. */
  current(options?: FleetOptions): Promise<CurrentFleet>
  /**
   * The fleet as it was known at an instant or day: records received later are taken out of the cars' histories. Cars have the same indexes as in
   * `current`.
   */
  asKnown(asOf: string, options?: FleetOptions): Promise<Projection>
  /** Index of a car in the projection that `current` gave last; undefined where it is not there, or none was given yet. */
  indexOf(id: string): number | undefined
}

type Log = { info(details: object, message: string): void; warn(details: object, message: string): void }
type Held = CurrentFleet & { indexOf: (id: string) => number | undefined; unsaved: number }

/** A refresh of fewer cars (share of the fleet) is not saved: to read them again at the next start is quicker. */
const saveShare = 0.01
const reportEvery = 1_000

/**
 * Keeps the fleet in memory, in step with the graph, and between runs in a file.
 *
 * @throws what the fleet store throws; a file that cannot be read or written costs one line in the log, not the projection.
 */
export const createFleetProjection = (dependencies: {
  fleetStore: FleetStore
  file?: ProjectionFile
  log: Log
  now?: () => number
}): FleetProjection => {
  const { fleetStore, file, log, now = Date.now } = dependencies
  let held: Held | null = null
  let known: { asOf: string; of: Projection; projection: Projection } | null = null

  const hold = (fleet: CurrentFleet, unsaved: number): Held => (held = { ...fleet, indexOf: vehicleIndex(fleet.projection), unsaved })

  const read = async (base: Held | null, watermark: FleetWatermark, options: FleetOptions): Promise<{ projection: Projection; cars: number }> => {
    const builder = createProjectionBuilder(base ? { base: base.projection } : { order: 'id' })
    let cars = 0
    for await (const row of fleetStore.streamVehicles(base?.watermark.changedAt ?? null)) {
      builder.add(row)
      if (++cars % reportEvery > 0) continue
      options.signal?.throwIfAborted()
      options.onProgress?.({ done: cars, total: base ? null : watermark.vehicles })
    }
    options.signal?.throwIfAborted()
    return { projection: builder.build(), cars }
  }

  const refresh = async (options: FleetOptions): Promise<Held> => {
    const before = held ?? (await load(file, log, hold))
    const watermark = await fleetStore.watermark()
    if (before && isSame(before.watermark, watermark)) return before
    const startedAt = now()
    let base = before && isOlder(before.watermark, watermark) ? before : null
    let { projection, cars } = await read(base, watermark, options)
    // More cars than the graph has: some that are kept are gone from it.
    if (base && projection.ids.length > (await fleetStore.watermark()).vehicles) {
      base = null
      ;({ projection, cars } = await read(null, watermark, options))
    }
    const fresh = hold({ projection, watermark }, (base?.unsaved ?? 0) + cars)
    log.info({ cars, fleet: projection.ids.length, ms: now() - startedAt, whole: base === null }, 'the fleet was read')
    if (file && (base === null || fresh.unsaved >= saveShare * projection.ids.length)) await save(file, log, fresh)
    return fresh
  }
  const shared = createSharedRun(refresh)

  return {
    async current(options) {
      const { projection, watermark } = await shared(options)
      return { projection, watermark }
    },
    async asKnown(asOf, options) {
      const { projection, indexOf } = await shared(options)
      const rows = (await fleetStore.vehiclesAsKnown(asOf)).filter(({ id }) => indexOf(id) !== undefined)
      if (rows.length === 0) return projection
      if (known?.asOf !== asOf || known.of !== projection) known = { asOf, of: projection, projection: mergeProjection(projection, rows) }
      return known.projection
    },
    indexOf: id => held?.indexOf(id),
  }
}

const isSame = (a: FleetWatermark, b: FleetWatermark): boolean =>
  a.graph === b.graph && a.vehicles === b.vehicles && a.changedAt === b.changedAt && String(a.recent) === String(b.recent)

/** Whether what was read at `a` can be brought to `b` by what changed since. */
const isOlder = (a: FleetWatermark, b: FleetWatermark): boolean => a.graph === b.graph && a.vehicles <= b.vehicles && a.changedAt <= b.changedAt

const isWatermark = (stamp: unknown): stamp is FleetWatermark => {
  const { graph, vehicles, changedAt, recent } = (stamp ?? {}) as Partial<FleetWatermark>
  return typeof graph === 'string' && typeof vehicles === 'number' && typeof changedAt === 'number' && Array.isArray(recent)
}

async function load(file: ProjectionFile | undefined, log: Log, hold: (fleet: CurrentFleet, unsaved: number) => Held): Promise<Held | null> {
  const bytes = await file?.read()
  if (!bytes) return null
  try {
    const decoded = decodeProjection(bytes)
    if (decoded && isWatermark(decoded.stamp)) return hold({ projection: decoded.projection, watermark: decoded.stamp }, 0)
  } catch (error) {
    log.warn({ err: error }, 'the saved fleet does not decode; the graph is read again')
    return null
  }
  log.warn({}, 'the saved fleet is of another format; the graph is read again')
  return null
}

async function save(file: ProjectionFile, log: Log, fleet: Held): Promise<void> {
  try {
    await file.write(encodeProjection(fleet.projection, fleet.watermark))
    fleet.unsaved = 0
  } catch (error) {
    log.warn({ err: error }, 'the fleet is not saved; the next start reads it from the graph')
  }
}
