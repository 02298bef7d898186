import { z } from 'zod'
import { AffectedVehicles } from '../../domain/case.ts'
import type { Campaign } from '../../domain/dossier.ts'
import { lotLevel, modelYearKey, softwareLevel } from '../../domain/identifiers.ts'
import type { AffectingCase, KnownVehicle } from '../../graph/ports/dossier.ts'
import { keyOfName } from '../../retrieval/affected-vehicles.ts'

type Car = Pick<KnownVehicle, 'vehicle' | 'parts' | 'software'>
type Reason = Campaign['reasons'][number]

/** What in the graph may be named as affected where this car is among them. */
export const targetsOf = ({ vehicle: { make, model, modelYear }, parts, software }: Car) => ({
  modelYears: [
    ...new Set([make, null].flatMap(oneMake => [model, null].flatMap(oneModel => [modelYear, null].map(year => modelYearKey(oneMake, oneModel, year))))),
  ].filter(key => key !== '*/*/*'),
  parts: [...new Set(parts.map(({ partNo }) => partNo))],
  lots: [...new Set(parts.map(({ partNo, lot }) => lotLevel(partNo, lot)))],
  releases: software.map(({ module, version }) => softwareLevel(module, version)),
})

const isSameName = (a: string, b: string | null): boolean => b !== null && keyOfName(a) === keyOfName(b)

/** Why one row of an affected list covers the car; null where a side of the row does not hold. All sides that a row gives must hold. */
const reasonsOf = (row: AffectedVehicles, { vehicle, parts, software }: Car): Reason[] | null => {
  const reasons: Reason[] = []
  if (row.make != null && !isSameName(row.make, vehicle.make)) return null
  if (row.model != null && !isSameName(row.model, vehicle.model)) return null
  if (row.modelYears != null && row.modelYears.length > 0 && (vehicle.modelYear === null || !row.modelYears.includes(vehicle.modelYear))) return null
  if (row.modelYears != null && row.modelYears.length > 0) reasons.push({ by: 'model-year', level: `${vehicle.model ?? '*'} ${vehicle.modelYear}` })
  else if (row.model != null) reasons.push({ by: 'model', level: vehicle.model ?? row.model })
  else if (row.make != null) reasons.push({ by: 'make', level: vehicle.make ?? row.make })
  if (row.partNo != null || (row.lots?.length ?? 0) > 0) {
    const carried = parts.filter(({ partNo, lot }) => (row.partNo == null || row.partNo === partNo) && (!row.lots?.length || (lot !== null && row.lots.includes(lot))))
    if (carried.length === 0) return null
    reasons.push(...carried.map(({ partNo, lot }): Reason => (row.lots?.length ? { by: 'lot', level: lotLevel(partNo, lot) } : { by: 'part', level: partNo })))
  }
  const named = row.software == null ? [] : [row.software].flat()
  if (named.length > 0) {
    const running = software.map(({ module, version }) => softwareLevel(module, version)).filter(level => named.includes(level))
    if (running.length === 0) return null
    reasons.push(...running.map((level): Reason => ({ by: 'software', level })))
  }
  return reasons.length > 0 ? reasons : null
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The first finished repair that names the case by its number, as a word of its own. */
const doneBy = (caseId: string, openedAt: string | null, repairs: KnownVehicle['repairs']): string | null => {
  const number = new RegExp(`(?<![A-Za-z0-9])${escaped(caseId)}(?![A-Za-z0-9])`, 'i')
  const finished = repairs.filter(({ closedAt, result }) => closedAt !== null && closedAt >= (openedAt ?? '') && result !== 'awaiting-part' && result !== 'no-trouble-found')
  return finished.find(({ text }) => number.test(text))?.repairOrderId ?? null
}

/**
 * Cases whose affected list covers a car as it was at the instant, each with what covers it: its model and year, a part or lot it carried, a
 * release it ran. A car whose affected lot was replaced, or whose release was updated, is no longer covered by that row.
 */
export const coveringCampaigns = (cases: readonly AffectingCase[], car: Car & Pick<KnownVehicle, 'repairs'>): Campaign[] =>
  cases.flatMap(({ affected, ...found }) => {
    const rows = z.array(AffectedVehicles).safeParse(affected === null ? [] : JSON.parse(affected)).data ?? []
    const reasons = rows.flatMap(row => reasonsOf(row, car) ?? [])
    const distinct = [...new Map(reasons.map(reason => [`${reason.by} ${reason.level}`, reason])).values()]
    return distinct.length === 0 ? [] : [{ ...found, reasons: distinct, doneBy: doneBy(found.caseId, found.openedAt, car.repairs) }]
  })
