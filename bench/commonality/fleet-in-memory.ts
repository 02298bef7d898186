import type { FleetVehicle } from '../../src/domain/fleet.ts'
import { deriveInstalledParts } from '../../src/domain/validity.ts'
import { deriveSoftwareRuns } from '../../src/domain/validity-software.ts'
import type { Records } from '../../simulator/records.ts'

type Vehicle = {
  vin: string; make: string; model: string; modelYear: number; trim: string; plant: string; builtOn: string; soldOn: string | null; market: string; options: string[]
  parts: { component: string; position: null; partNo: string; lot: string | null; supplier: string }[]
  software: { module: string; version: string }[]
}
type Repair = {
  repairOrderId: string; vin: string; closedAt: string; serviceCenter: string
  partsReplaced?: { component: string; removedPartNo: string; removedLot: string | null; installedPartNo: string; installedLot: string; installedSupplier: string; installedCondition: 'new' }[]
}
type Install = { vin: string; module: string; version: string; installedAt: string; channel: string; result: 'success' | 'failed' | 'rolled-back' }

const byVin = <T extends { vin: string }>(rows: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.vin)
    if (group) group.push(row)
    else groups.set(row.vin, [row])
  }
  return groups
}

const utc = (instant: string): string => new Date(instant).toISOString()

/** Suppliers of lots; a lot comes from one supplier, whoever fitted it. */
const suppliersOf = (vehicles: readonly Vehicle[], repairs: readonly Repair[]): Map<string, string> => {
  const suppliers = new Map<string, string>()
  for (const { parts } of vehicles) for (const { partNo, lot, supplier } of parts) suppliers.set(`${partNo}/${lot ?? 'unknown'}`, supplier)
  for (const { partsReplaced } of repairs) for (const part of partsReplaced ?? []) suppliers.set(`${part.installedPartNo}/${part.installedLot}`, part.installedSupplier)
  return suppliers
}

/**
 * The cars of simulated records as the graph would give them back: intervals by the product's own derivation. For benchmarks that need hundreds
 * of fleets; `bench/projection.ts` and the integration tests go through Neo4j.
 */
export const vehiclesOf = (records: Records): FleetVehicle[] => {
  const vehicles = records.vehicles as unknown as Vehicle[]
  const repairs = byVin(records['repair-orders'] as unknown as Repair[])
  const installs = byVin(records['software-installs'] as unknown as Install[])
  const suppliers = suppliersOf(vehicles, records['repair-orders'] as unknown as Repair[])
  return vehicles.map(vehicle => historyOf(vehicle, repairs.get(vehicle.vin) ?? [], installs.get(vehicle.vin) ?? [], suppliers))
}

const historyOf = (vehicle: Vehicle, repairs: readonly Repair[], installs: readonly Install[], suppliers: ReadonlyMap<string, string>): FleetVehicle => {
  const records = repairs.map(({ repairOrderId, closedAt, partsReplaced }) => ({
    id: repairOrderId, closedAt: utc(closedAt), softwareAfter: {},
    partsReplaced: (partsReplaced ?? []).map(part => ({ position: null, ...part })),
  }))
  const built = vehicle.parts.map(({ component, partNo, lot }) => ({ component, position: null, partNo, lot, serial: null, condition: 'new' as const, builtOn: null }))
  const { installed } = deriveInstalledParts(vehicle.builtOn, built, records)
  const { runs } = deriveSoftwareRuns({
    builtOn: vehicle.builtOn, repairs: records, observations: [],
    factory: Object.fromEntries(vehicle.software.map(({ module, version }) => [module, version])),
    installs: installs.map((install, i) => ({ id: String(i), module: install.module, version: install.version, installedAt: utc(install.installedAt), channel: install.channel, result: install.result })),
  })
  const { vin, make, model, modelYear, trim, plant, builtOn, soldOn, market, options } = vehicle
  const firstVisit = new Map<string, string>()
  for (const { serviceCenter, closedAt } of [...repairs].sort((a, b) => (a.closedAt < b.closedAt ? -1 : 1))) if (!firstVisit.has(serviceCenter)) firstVisit.set(serviceCenter, utc(closedAt))
  return {
    id: vin, make, model, modelYear, trim, plant, builtOn, soldOn, region: market, options, excluded: false,
    parts: installed.map(({ component, partNo, lot, condition, from, to }) => ({
      component, partNo, lot, condition: condition ?? null, from, to, supplier: suppliers.get(`${partNo}/${lot ?? 'unknown'}`) ?? null,
    })),
    software: runs.map(({ module, version, from, to }) => ({ module, version, from, to })),
    serviceCenters: [...firstVisit].map(([id, from]) => ({ id, from })),
  }
}
