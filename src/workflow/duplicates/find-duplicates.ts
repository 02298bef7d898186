import type { DuplicateLink } from '../../domain/duplicate.ts'
import type { DuplicateEdge, DuplicateStore, DuplicateTransaction } from '../../graph/ports/duplicates.ts'
import type { Embedder } from '../../llm/ports.ts'
import { candidatesFor, partedPairs, settleWithOthers } from './compare-arrived.ts'
import type { CompareTools, Judges } from './compare-tools.ts'
import type { Likeness } from './likeness.ts'
import type { ReadReport } from './read-compared.ts'
import { edgeChanges, edgeOf } from './settled-edges.ts'

export type DuplicateServices = {
  store: DuplicateStore
  tools: CompareTools
  likeness: () => Promise<Likeness>
  /** Null where no model could be had: words, classes and cars do the work alone. */
  embedder: Embedder | null
  now: () => Date
  onEmbedderFailure?: (error: unknown) => void
}

/** Settles how one stored feedback belongs to others, and tells it. Safe to repeat and to run in several processes. */
export type CompareFeedback = (feedbackId: string, options?: { signal?: AbortSignal | undefined }) => Promise<DuplicateEdge[]>

/**
 * The vector of a text that has just come in is made here and stored at once: the case search asks for the same one, and the next report finds it.
 *
 * @throws FB_GRAPH_UNAVAILABLE
 */
export const createCompareFeedback = (services: DuplicateServices): CompareFeedback => {
  const { store, tools, now } = services
  return async (feedbackId, { signal } = {}) => {
    const [stored] = await store.reports([feedbackId])
    if (stored === undefined) return []
    const [report, judges] = await Promise.all([
      withVector(services, stored.text, tools.read(stored), signal),
      services.likeness().then(likeness => tools.judgesFor(likeness)),
    ])
    const candidates = (await candidatesFor(store, tools, [report], () => true)).get(report.id) ?? []
    signal?.throwIfAborted()
    return store.holding({ vehicleIds: report.vehicleId === null ? [] : [report.vehicleId], feedbackIds: report.vehicleId === null ? [report.id] : [] }, async tx => {
      const at = now().toISOString()
      if (report.vehicleId !== null) await settleCars(tx, [report.vehicleId], { judges, tools, at, instead: report })
      const changes = await settleWithOthers(tx, { report, candidates, judges, tools, at })
      await tx.change(changes)
      await tx.settled([report.id])
      return tx.edgesOf([report.id])
    })
  }
}

const withVector = async ({ embedder, store, onEmbedderFailure }: DuplicateServices, text: string, report: ReadReport, signal?: AbortSignal): Promise<ReadReport> => {
  if (embedder === null || (report.embedding !== null && report.embeddingModel === embedder.modelId)) return report
  try {
    const [vector] = await embedder.embed([text], 'query', signal && { signal })
    if (vector === undefined) return report
    await store.saveVector({ id: report.id, text, embedding: vector, embeddingModel: embedder.modelId })
    return { ...report, embedding: [...vector], embeddingModel: embedder.modelId }
  } catch (error) {
    signal?.throwIfAborted()
    // The mark stays on the text: when its vector comes it is compared again.
    onEmbedderFailure?.(error)
    return report
  }
}

/**
 * Settles all reports of some cars that this transaction holds.
 *
 * @param instead a report whose vector is newer than what the transaction reads.
 */
export const settleCars = async (
  tx: DuplicateTransaction,
  vehicleIds: readonly string[],
  { judges, tools, at, instead }: { judges: Judges; tools: CompareTools; at: string; instead?: ReadReport },
): Promise<void> => {
  const reports = (await tx.reportsOfVehicles(vehicleIds)).map(report => (report.id === instead?.id ? { ...tools.read(report), embedding: instead.embedding, embeddingModel: instead.embeddingModel } : tools.read(report)))
  if (reports.length === 0) return
  const byCar = vehicleIds.map(vehicleId => reports.filter(report => report.vehicleId === vehicleId))
  const present = await tx.edgesOf(reports.map(({ id }) => id))
  const parted = partedPairs(present)
  const carOf = new Map(reports.map(report => [report.id, report.vehicleId]))
  const within = present.filter(({ from, to }) => carOf.has(from) && carOf.get(from) === carOf.get(to))
  const isParted = (a: string, b: string): boolean => parted.has(a < b ? `${a}\0${b}` : `${b}\0${a}`)
  const wanted = byCar.flatMap(ofCar => judges.settleCar(ofCar, isParted)).map(settled => edgeOf(settled, tools.say, at))
  await tx.change(edgeChanges(within, wanted))
}

/** What a feedback belongs to, and what belongs to it, as the API shows it: told twice first, the surest first. */
export const linksOf = (feedbackId: string, edges: readonly DuplicateEdge[], language: string | null): DuplicateLink[] => {
  const order = ['duplicate-of', 'same-issue', 'similar', 'distinct']
  return edges
    .filter(({ type }) => type !== 'distinct')
    .toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type) || b.score - a.score || (a.to < b.to ? -1 : 1))
    .flatMap(({ from, to, type, score, reason, reasonZh }) =>
      type === 'distinct' ? [] : [{ feedbackId: from === feedbackId ? to : from, relation: type, score, reason: language?.startsWith('zh') ? reasonZh : reason }])
}
