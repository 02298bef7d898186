type Reading = { atMs: number; km: number }

/** Sources round: a car may lose a kilometre between two of them. */
const toleranceKm = 1

/**
 * Remembers odometer readings of the cars met last and tells which new one contradicts them: less than a reading before it, or more than one after it. Lines may
 * come in any order. Memory is bounded: readings of the car not met for longest are let go, and of one car the latest are kept.
 */
export function createOdometerHistory({ maxVehicles = 200_000, readingsPerVehicle = 4 }: { maxVehicles?: number; readingsPerVehicle?: number } = {}) {
  const vehicles = new Map<string, Reading[]>()
  return {
    runsBackwards(vin: string, at: string, km: number): boolean {
      const reading = { atMs: Date.parse(at), km }
      const readings = vehicles.get(vin) ?? []
      const contradicts = readings.some(other =>
        other.atMs < reading.atMs ? other.km > km + toleranceKm : other.atMs > reading.atMs && other.km < km - toleranceKm,
      )
      // A reading that contradicts is not remembered: one slip of the keyboard would mark every reading after it.
      const kept = contradicts ? readings : [...readings, reading].sort((a, b) => a.atMs - b.atMs).slice(-readingsPerVehicle)
      // Set anew, so that the map's order is that of the last meeting.
      vehicles.delete(vin)
      vehicles.set(vin, kept)
      if (vehicles.size > maxVehicles) vehicles.delete(vehicles.keys().next().value!)
      return contradicts
    },
  }
}
export type OdometerHistory = ReturnType<typeof createOdometerHistory>
