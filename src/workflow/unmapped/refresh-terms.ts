import type { Pace } from '../../give-way.ts'
import type { UnmappedStore } from '../../graph/ports/unmapped.ts'
import { type ClauseMeanings, mostByMeaning } from './clause-meanings.ts'
import type { GatherClauses } from './gather-clauses.ts'

export type RefreshTerms = (options?: {
  signal?: AbortSignal
  pace?: Pace
  onGathered?: (progress: { done: number }) => void
  onEmbedded?: (progress: { done: number; total: number }) => void
}) => Promise<{ gathered: number; embedded: number; left: number }>

/**
 * Brings the queue of clauses that no key fits up to date, and gives the newest their vectors, a bounded number a call. Where the embedder does not answer
 * the clauses are grouped by words alone until it does.
 */
export const createRefreshTerms =
  (services: { gatherClauses: GatherClauses; meanings: Pick<ClauseMeanings, 'embed'>; store: Pick<UnmappedStore, 'listClauses'>; now: () => Date; onEmbedderFailure: (error: unknown) => void }): RefreshTerms =>
  async ({ signal, pace, onGathered, onEmbedded } = {}) => {
    const { gathered } = await services.gatherClauses({ ...(signal && { signal }), ...(pace && { pace }), ...(onGathered && { onProgress: onGathered }) })
    const clauses = await services.store.listClauses({ asOf: services.now().toISOString(), k: mostByMeaning })
    try {
      const done = await services.meanings.embed(clauses, { signal, ...(pace && { pace }), ...(onEmbedded && { onProgress: onEmbedded }) })
      return { gathered, ...done }
    } catch (error) {
      signal?.throwIfAborted()
      services.onEmbedderFailure(error)
      return { gathered, embedded: 0, left: clauses.length }
    }
  }
