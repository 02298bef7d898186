import { checkVin } from '../../domain/vin.ts'

type Names = { pseudonymOf: (vin: string) => string; hashOf: (label: string, text: string) => string }

/**
 * Names under which the audit trail keeps who was erased. They need the VIN key: VINs and most references are few enough to try them all against
 * a plain hash.
 */
export const createErasureSubjects = ({ pseudonymOf, hashOf }: Names) => ({
  /** References are opaque: they are equal to the letter, as in the graph. */
  ofPerson: (reference: string): string => hashOf('Person', reference),
  /** @param vinOrId the VIN, however it was written, or the pseudonym: one subject for both, that of the looks at the car. */
  ofVehicle: (vinOrId: string): string => {
    const checked = checkVin(vinOrId)
    if (checked.ok) return pseudonymOf(checked.vin)
    return /^veh_[0-9a-f]{32}$/.test(vinOrId) ? vinOrId : hashOf('Vehicle', vinOrId)
  },
})

export type ErasureSubjects = ReturnType<typeof createErasureSubjects>
