import type { DuplicateLink } from '../../domain/duplicate.ts'
import type { DuplicateEdge, DuplicateStore } from '../../graph/ports/duplicates.ts'
import type { CompareTogether } from './compare-together.ts'

/** Settles how one stored feedback belongs to others, and tells it. Safe to repeat and to run in several processes. */
export type CompareFeedback = (feedbackId: string, options?: { signal?: AbortSignal | undefined }) => Promise<DuplicateEdge[]>

/** @throws FB_GRAPH_UNAVAILABLE */
export const createCompareFeedback = ({ store }: { store: Pick<DuplicateStore, 'holding' | 'reports'> }, together: CompareTogether): CompareFeedback =>
  async (feedbackId, options) => {
    const [report] = await store.reports([feedbackId])
    if (report === undefined) return []
    const comparison = await together.prepare(report, options)
    return store.holding(together.heldFor([comparison]), async tx => {
      const [edges] = await together.settle(tx, [comparison])
      await tx.settled([feedbackId])
      return edges ?? []
    })
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
