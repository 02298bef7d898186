import { shortHash } from '../../domain/identifiers.ts'
import type { GraphLoad, RecordedErasure } from '../../graph/ports/backup.ts'

export type EraseAgainServices = {
  people: GraphLoad['people']
  /** The VIN that was sealed; null where the key does not open it. */
  openVin: (sealed: string) => string | null
  erasePerson: (reference: string) => Promise<unknown>
  eraseVehicle: (vehicleId: string) => Promise<unknown>
}

/**
 * Erases from a restored graph who was erased after its backup was made. The audit trail names them by a hash, so everybody in the graph is hashed
 * and looked up. @returns how many were erased.
 */
export const createEraseAgain = ({ people, openVin, erasePerson, eraseVehicle }: EraseAgainServices) => async (erasures: readonly RecordedErasure[]): Promise<number> => {
  const erasedOf = (action: RecordedErasure['action']) => new Set(erasures.filter(one => one.action === action).map(one => one.subject))
  const [persons, vehicles] = [erasedOf('person.erase'), erasedOf('vehicle.erase')]
  const isErased = (of: ReadonlySet<string>, label: string, name: string | null) => name !== null && of.has(`h_${shortHash(label, name)}`)
  const found = { persons: new Set<string>(), vehicles: new Set<string>() }
  for await (const { personRef, vehicleId, vinSealed } of people()) {
    if (isErased(persons, 'Person', personRef)) found.persons.add(personRef!)
    // Who erased a car may have named it by its VIN.
    if (vehicleId !== null && (isErased(vehicles, 'Vehicle', vehicleId) || (vinSealed !== null && isErased(vehicles, 'Vehicle', openVin(vinSealed))))) found.vehicles.add(vehicleId)
  }
  for (const reference of found.persons) await erasePerson(reference)
  for (const vehicleId of found.vehicles) await eraseVehicle(vehicleId)
  return found.persons.size + found.vehicles.size
}
