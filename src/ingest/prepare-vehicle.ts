import { modelYearKey, nodeId } from '../domain/identifiers.ts'
import { checkVin } from '../domain/vin.ts'
import type { Vehicle } from '../domain/vehicle.ts'
import type { PreparedPart, PreparedVehicle } from '../graph/ports/record-store.ts'
import {
  componentOf, keyed, lotOf, type MetLot, type PrepareDependencies, qualityFlags, type RecordIdentity, releaseOf, sharedNodes,
} from './prepare-context.ts'

/** A vehicle record as its node, its as-built lots and the nodes it shares. */
export function prepareVehicle(record: Vehicle, flags: readonly string[], identity: RecordIdentity, context: PrepareDependencies): PreparedVehicle {
  const checked = checkVin(record.vin)
  const fitted = record.parts?.map(part => prepareFitted(part, context)) ?? null
  const software = record.software == null ? null : Object.fromEntries(record.software.map(({ module, version }) => [module, version]))
  const { make = null, modelYear = null } = record
  return {
    ...identity,
    vinSealed: context.vinVault.seal(checked.ok ? checked.vin : record.vin),
    make,
    model: record.model,
    modelYear,
    trim: record.trim ?? null,
    plant: record.plant ?? null,
    builtOn: record.builtOn,
    soldOn: record.soldOn ?? null,
    shippedOn: record.shippedOn ?? null,
    deliveredOn: record.deliveredOn ?? null,
    region: record.market ?? null,
    options: record.options?.length ? record.options : null,
    personRef: record.personRef ?? null,
    dataQuality: qualityFlags(flags),
    parts: fitted?.map(({ part }) => part) ?? null,
    factorySoftware: software,
    shared: sharedNodes({
      lots: fitted?.map(({ lot }) => lot) ?? [],
      components: fitted?.map(({ component }) => component) ?? [],
      releases: Object.entries(software ?? {}).map(([module, version]) => releaseOf(module, version)),
      modelYears: [modelYearNode(make, record.model, modelYear)],
      plants: record.plant == null ? [] : [keyed('Plant', record.plant)],
    }),
  }
}

export function modelYearNode(make: string | null, model: string | null, modelYear: number | null) {
  const lower = (side: string | null) => side?.toLowerCase() ?? null
  return { id: nodeId('ModelYear', modelYearKey(make, model, modelYear)), make: lower(make), model: lower(model), modelYear }
}

type Part = NonNullable<Vehicle['parts']>[number]

function meetLot(part: Part, context: PrepareDependencies): MetLot {
  const name = `${part.component}\0${part.partNo}\0${part.lot ?? '\0'}\0${part.supplier ?? '\0'}`
  const met = context.lotsMet?.get(name)
  if (met) return met
  const component = componentOf(part.component, context)
  const lot = lotOf({ partNo: part.partNo, lot: part.lot ?? null, componentId: component.id, supplier: part.supplier ?? null })
  context.lotsMet?.set(name, { lot, component })
  return { lot, component }
}

function prepareFitted(part: Part, context: PrepareDependencies): MetLot & { part: PreparedPart } {
  const { lot, component } = meetLot(part, context)
  return {
    lot,
    component,
    part: {
      lotId: lot.id,
      component: component.id,
      position: part.position ?? null,
      serial: part.serial ?? null,
      condition: part.condition ?? null,
      builtOn: part.builtOn ?? null,
      // Of a lot the lot's own node tells it.
      ...(part.lot == null && part.supplier != null ? { supplier: part.supplier } : {}),
    },
  }
}
