import { unknownLevel } from '../../domain/dimension.ts'
import type { FleetVehicle } from '../../domain/fleet.ts'
import type { FleetRow, LotRow } from './fleet-queries.ts'

/** What the id of a lot stands for. */
export type Lot = { partNo: string; lot: string | null; supplier: string | null }

/** A lot that nobody noted down, or that several suppliers are named for, does not tell who supplied it; the car's own record may. */
export const toLot = ({ partNo, lot, suppliers }: LotRow): Lot =>
  ({ partNo, lot, supplier: lot !== null && suppliers.length === 1 ? (suppliers[0] as string) : null })

/** `dataQuality` flags of a vehicle record that are about its dates; the others (`brokenUtf8`, `vinInvalid`) do not touch its exposure. */
const dateFlags: ReadonlySet<string> = new Set(['futureDate', 'soldBeforeBuilt'])

type MasterData = Pick<
  FleetRow,
  'id' | 'known' | 'make' | 'model' | 'modelYear' | 'trim' | 'plant' | 'builtOn' | 'soldOn' | 'region' | 'options' | 'dataQuality'
>

/** What a car is. Excluded are cars that no master record names, and those whose record says `futureDate` or `soldBeforeBuilt`. */
export const toMasterData = (row: MasterData): Omit<FleetVehicle, 'parts' | 'software' | 'serviceCenters'> => ({
  id: row.id,
  make: row.make,
  model: row.model ?? unknownLevel,
  modelYear: row.modelYear,
  trim: row.trim,
  plant: row.plant,
  builtOn: row.builtOn,
  soldOn: row.soldOn,
  region: row.region,
  options: row.options ?? [],
  excluded: !row.known || (row.dataQuality?.some(flag => dateFlags.has(flag)) ?? false),
})

/** @param lotOf the lots the row names; all are there. */
export const toFleetVehicle = (row: FleetRow, lotOf: (id: string) => Lot): FleetVehicle => ({
  ...toMasterData(row),
  parts: row.parts.map(([lotId, component, condition, from, to, said]) => {
    const { partNo, lot, supplier } = lotOf(lotId)
    return { component, partNo, lot, supplier: said ?? supplier, condition, from, to }
  }),
  software: row.software.map(([module, version, from, to]) => ({ module, version, from, to })),
  serviceCenters: firstVisits(row.visits),
})

/**
 * Workshops from the first repair that was finished there. Not from the day it was opened: the visit that a complaint led to comes after the
 * complaint and must not be blamed for it.
 *
 * @param visits workshop and instant of closing.
 */
export function firstVisits(visits: Iterable<readonly [center: string, closedAt: string]>): FleetVehicle['serviceCenters'] {
  const first = new Map<string, string>()
  for (const [center, closedAt] of visits) {
    const known = first.get(center)
    if (known === undefined || closedAt < known) first.set(center, closedAt)
  }
  return [...first].map(([id, from]) => ({ id, from })).sort((a, b) => (a.id < b.id ? -1 : 1))
}
