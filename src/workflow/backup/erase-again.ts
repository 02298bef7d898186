import { shortHash } from '../../domain/identifiers.ts'
import type { GraphLoad, RecordedErasure } from '../../graph/ports/backup.ts'
import type { ErasureSubjects } from '../erasure/erasure-subjects.ts'

export type EraseAgainServices = {
  people: GraphLoad['people']
  /** Of the VIN key as it is now, and of the one before the restore where that was another: the trail was written with it. */
  subjects: readonly ErasureSubjects[]
  /** The VIN that was sealed; null where the key does not open it. */
  openVin: (sealed: string) => string | null
  erasePerson: (reference: string) => Promise<unknown>
  eraseVehicle: (vehicleId: string) => Promise<unknown>
}

/** What older audit trails call people and cars, without a key. */
const plainHash = (label: string, name: string): string => `h_${shortHash(label, name)}`

/**
 * Erases from a restored graph who was erased after its backup was made. The audit trail names them by a keyed hash or a pseudonym, so everybody in
 * the graph is hashed and looked up. @returns how many were erased.
 */
export const createEraseAgain = ({ people, subjects, openVin, erasePerson, eraseVehicle }: EraseAgainServices) => async (erasures: readonly RecordedErasure[]): Promise<number> => {
  const erasedOf = (action: RecordedErasure['action']) => new Set(erasures.filter(one => one.action === action).map(one => one.subject))
  const [persons, vehicles] = [erasedOf('person.erase'), erasedOf('vehicle.erase')]
  const isErasedPerson = (reference: string): boolean => [plainHash('Person', reference), ...subjects.map(one => one.ofPerson(reference))].some(name => persons.has(name))
  // Who erased a car may have named it by its VIN.
  const isErasedVehicle = (vinOrId: string): boolean => [plainHash('Vehicle', vinOrId), ...subjects.map(one => one.ofVehicle(vinOrId))].some(name => vehicles.has(name))
  const found = { persons: new Set<string>(), vehicles: new Set<string>() }
  for await (const { personRef, vehicleId, vinSealed } of people()) {
    if (personRef !== null && isErasedPerson(personRef)) found.persons.add(personRef)
    if (vehicleId === null) continue
    const vin = vinSealed === null ? null : openVin(vinSealed)
    if (isErasedVehicle(vehicleId) || (vin !== null && isErasedVehicle(vin))) found.vehicles.add(vehicleId)
  }
  for (const reference of found.persons) await erasePerson(reference)
  for (const vehicleId of found.vehicles) await eraseVehicle(vehicleId)
  return found.persons.size + found.vehicles.size
}
