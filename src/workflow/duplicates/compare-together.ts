import type { ComparedReport, DuplicateEdge, DuplicateTransaction } from '../../graph/ports/duplicates.ts'
import { candidatesOfArrival, settleCars, settleWithOthers } from './compare-arrived.ts'
import type { Judges } from './compare-tools.ts'
import type { DuplicateServices } from './duplicate-services.ts'
import { createEdgeBook } from './edge-book.ts'
import type { ReadReport } from './read-compared.ts'

/** A report with all that it is held against, before anything is held in the graph. */
export type Comparison = { report: ReadReport; candidates: readonly ReadReport[]; judges: Judges }

export type CompareTogether = {
  /**
   * Reads what may belong to a stored report. The vector of a text that has just come in is made here and stored at once: the case search asks for
   * the same one, and the next report finds it.
   *
   * @throws FB_GRAPH_UNAVAILABLE
   */
  prepare: (stored: ComparedReport, options?: { signal?: AbortSignal | undefined }) => Promise<Comparison>
  /** Cars and feedback that a transaction must hold to settle some reports. */
  heldFor(comparisons: readonly Comparison[]): { vehicleIds: string[]; feedbackIds: string[] }
  /** Settles some reports in a transaction that holds them, as if one came after the other; their marks stay. @returns the relations of each. */
  settle(tx: DuplicateTransaction, comparisons: readonly Comparison[]): Promise<DuplicateEdge[][]>
}

/** How reports that arrive together are compared: what is slow goes before the transaction, which reads and writes once for all of them. */
export const createCompareTogether = (services: DuplicateServices): CompareTogether => {
  const { store, tools, now } = services
  return {
    async prepare(stored, { signal } = {}) {
      const [{ report, vector }, likeness] = await Promise.all([withVector(services, stored, signal), services.likeness()])
      const candidates = await candidatesOfArrival(services, report, likeness, async () => void (vector && (await store.saveVector(vector))))
      signal?.throwIfAborted()
      return { report, candidates, judges: tools.judgesFor(likeness) }
    },
    heldFor: comparisons => ({
      vehicleIds: comparisons.flatMap(({ report }) => report.vehicleId ?? []),
      feedbackIds: comparisons.flatMap(({ report }) => (report.vehicleId === null ? [report.id] : [])),
    }),
    async settle(tx, comparisons) {
      const at = now().toISOString()
      const book = createEdgeBook(tx)
      const atHand = comparisons.flatMap(({ report, candidates }) => [report.id, ...candidates.map(({ id }) => id)])
      const vehicleIds = [...new Set(comparisons.flatMap(({ report }) => report.vehicleId ?? []))]
      // Sent together; the edges of a car's reports are read by the car, before it is known which reports they are.
      const [ofCars] = await Promise.all([reportsOfCars(tx, vehicleIds, comparisons), book.read(atHand, vehicleIds)])
      book.complete(ofCars.map(({ id }) => id))
      const inMemory: DuplicateTransaction = {
        ...tx, edgesOf: book.edgesOf, change: book.change,
        reportsOfVehicles: vehicleIds => Promise.resolve(ofCars.filter(({ vehicleId }) => vehicleId !== null && vehicleIds.includes(vehicleId))),
      }
      for (const { report, candidates, judges } of comparisons) {
        if (report.vehicleId !== null) await settleCars(inMemory, [report.vehicleId], { judges, tools, at })
        await book.change(await settleWithOthers(inMemory, { report, candidates, judges, tools, at }))
      }
      await book.flush()
      return Promise.all(comparisons.map(({ report }) => book.edgesOf([report.id])))
    },
  }
}

/** All reports of the cars at hand; a report at hand with its vector, which may be newer than what the transaction reads. */
const reportsOfCars = async (tx: DuplicateTransaction, vehicleIds: readonly string[], comparisons: readonly Comparison[]): Promise<ComparedReport[]> => {
  const atHand = new Map(comparisons.map(({ report }) => [report.id, report]))
  return (await tx.reportsOfVehicles(vehicleIds)).map(stored => {
    const newer = atHand.get(stored.id)
    return newer === undefined || newer.text !== stored.text ? stored : { ...stored, embedding: newer.embedding, embeddingModel: newer.embeddingModel }
  })
}

type NewVector = Parameters<DuplicateServices['store']['saveVector']>[0]

/** The report with its vector, and the vector where it was made now and is to be stored. */
const withVector = async (
  { embedder, tools, onEmbedderFailure }: DuplicateServices, stored: ComparedReport, signal?: AbortSignal,
): Promise<{ report: ReadReport; vector: NewVector | null }> => {
  const asItIs = { report: tools.read(stored), vector: null }
  if (embedder === null || (stored.embedding !== null && stored.embeddingModel === embedder.modelId)) return asItIs
  const { id, text } = stored
  try {
    const [embedding] = await embedder.embed([text], 'query', signal && { signal })
    if (embedding === undefined) return asItIs
    const made = { embedding, embeddingModel: embedder.modelId }
    return { report: tools.read({ ...stored, ...made, embedding: [...embedding] }), vector: { id, text, ...made } }
  } catch (error) {
    signal?.throwIfAborted()
    // The mark stays on the text: when its vector comes it is compared again.
    onEmbedderFailure?.(error)
    return asItIs
  }
}
