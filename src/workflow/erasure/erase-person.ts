import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { checkVin } from '../../domain/vin.ts'
import type { ErasureStore, OfSomebody } from '../../graph/ports/erasure.ts'
import { createErasureSubjects } from './erasure-subjects.ts'
import type { NamedBy } from './names-somebody.ts'
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
  /** Records of files that waited to be imported. */
  waitingRecords: z.int(),
  /** Imports that were reading their files: where there is one, erase again when it is done. */
  runningImports: z.int(),
})
export type Erased = z.infer<typeof Erased>

type ErasureServices = {
  store: ErasureStore
  vins: { pseudonymOf: (vin: string) => string; hashOf: (label: string, text: string) => string; open: (sealed: string) => string }
  /** Removes every kept refused line that names them. @returns how many. */
  dropRejects: (somebody: NamedBy) => Promise<number>
  /** Removes their records from files that wait to be imported. @returns how many. */
  dropWaiting: (somebody: NamedBy) => Promise<number>
  runningImports: () => Promise<number>
  now: () => Date
}

/** Erases what was said by a person or of their car. @throws FB_NOT_FOUND where neither the graph nor a file knows anything of them. */
export const createErasePerson = (services: ErasureServices) => {
  const { store, vins, dropRejects, dropWaiting, runningImports, now } = services

  /** @param own.reference of the person, and VINs that were told. */
  const erase = async (of: OfSomebody, { reference, vins: told }: { reference?: string; vins: readonly string[] }): Promise<Erased> => {
    const own = [...(reference === undefined ? [] : [JSON.stringify(reference)]), ...told]
    const [words, sealed] = await Promise.all([store.words(of.feedbackIds), store.sealedVins(of.vehicleIds)])
    // Before it is gone: refused lines hold the VIN as it was sent.
    const openVins = sealed.flatMap(one => opened(vins, one))
    const somebody = { words: [...new Set([...told, ...openVins, ...of.vehicleIds])], values: [...(reference === undefined ? [] : [reference]), ...words.map(one => one.sourceId)] }
    // Before the graph: what an import takes up from here on is clean.
    const waitingRecords = await dropWaiting(somebody)
    const counts = await store.erase({ ...of, needles: [...of.feedbackIds, ...own], at: now().toISOString() }, found => withoutWords(found, words))
    return { ...counts, rejectedLines: await dropRejects(somebody), waitingRecords, runningImports: await runningImports() }
  }

  return {
    /** What the audit trail calls them. */
    subjects: createErasureSubjects(vins),
    async person(reference: string): Promise<Erased> {
      const of = await store.ofPerson(reference)
      return somethingOf(await erase(of, { reference, vins: [] }), of, 'nothing is known of this person')
    },
    /** @param vehicle the VIN or the pseudonym. */
    async vehicle(vehicle: string): Promise<Erased> {
      const checked = checkVin(vehicle)
      const vehicleId = checked.ok ? vins.pseudonymOf(checked.vin) : vehicle
      const known = await store.ofVehicle(vehicleId)
      const of = { feedbackIds: known?.feedbackIds ?? [], vehicleIds: known === null ? [] : [vehicleId] }
      return somethingOf(await erase(of, { vins: checked.ok ? [checked.vin] : [] }), of, 'there is no such vehicle')
    },
  }
}

export type ErasePerson = ReturnType<typeof createErasePerson>

/** @throws FB_NOT_FOUND where neither the graph nor a file knew anything. */
const somethingOf = (erased: Erased, { feedbackIds, vehicleIds }: OfSomebody, message: string): Erased => {
  if (feedbackIds.length + vehicleIds.length + erased.rejectedLines + erased.waitingRecords === 0) throw new FishboneError('FB_NOT_FOUND', message)
  return erased
}

/** One that another key sealed cannot be read: it is erased all the same. */
const opened = ({ open }: Pick<ErasureServices['vins'], 'open'>, sealed: string): string[] => {
  try {
    return [open(sealed)]
  } catch {
    return []
  }
}
