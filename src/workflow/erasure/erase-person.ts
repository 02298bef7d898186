import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { checkVin } from '../../domain/vin.ts'
import type { ErasureStore, OfSomebody } from '../../graph/ports/erasure.ts'
import { withoutWords } from './without-words.ts'

/** What was erased; the counts of problems stay as they were. */
export const Erased = z.object({
  feedback: z.int(),
  earlierVersions: z.int(),
  vehicles: z.int(),
  sealedVins: z.int(),
  repairOrders: z.int(),
  /** Answers kept for repeated calls, and ended jobs. */
  answers: z.int(),
  jobs: z.int(),
  /** Refused lines of imports. */
  rejectedLines: z.int(),
})
export type Erased = z.infer<typeof Erased>

type ErasureServices = {
  store: ErasureStore
  vins: { pseudonymOf: (vin: string) => string; open: (sealed: string) => string }
  /** Removes every kept refused line that holds one of these. @returns how many. */
  dropRejects: (needles: readonly string[]) => Promise<number>
  now: () => Date
}

/** Erases what was said by a person or of their car. @throws FB_NOT_FOUND where nothing is known of them. */
export const createErasePerson = (services: ErasureServices) => {
  const { store, vins, dropRejects, now } = services

  const erase = async (of: OfSomebody, own: readonly string[]): Promise<Erased> => {
    const [words, sealed] = await Promise.all([store.words(of.feedbackIds), store.sealedVins(of.vehicleIds)])
    // Before it is gone: refused lines hold the VIN as it was sent.
    const openVins = sealed.flatMap(one => opened(vins, one))
    const counts = await store.erase({ ...of, needles: [...of.feedbackIds, ...own], at: now().toISOString() }, told => withoutWords(told, words))
    const needles = [...own, ...of.vehicleIds, ...openVins, ...words.map(one => JSON.stringify(one.sourceId))]
    return { ...counts, rejectedLines: needles.length === 0 ? 0 : await dropRejects(needles) }
  }

  return {
    async person(reference: string): Promise<Erased> {
      const of = await store.ofPerson(reference)
      const erased = await erase(of, [JSON.stringify(reference)])
      if (of.feedbackIds.length + of.vehicleIds.length + erased.rejectedLines === 0) throw new FishboneError('FB_NOT_FOUND', 'nothing is known of this person')
      return erased
    },
    /** @param vehicle the VIN or the pseudonym. */
    async vehicle(vehicle: string): Promise<Erased> {
      const checked = checkVin(vehicle)
      const vehicleId = checked.ok ? vins.pseudonymOf(checked.vin) : vehicle
      const of = await store.ofVehicle(vehicleId)
      if (of === null) throw new FishboneError('FB_NOT_FOUND', 'there is no such vehicle')
      return erase({ feedbackIds: of.feedbackIds, vehicleIds: [vehicleId] }, checked.ok ? [checked.vin] : [])
    },
  }
}

export type ErasePerson = ReturnType<typeof createErasePerson>

/** One that another key sealed cannot be read: it is erased all the same. */
const opened = ({ open }: Pick<ErasureServices['vins'], 'open'>, sealed: string): string[] => {
  try {
    return [open(sealed)]
  } catch {
    return []
  }
}
