import type { IndexedCase } from './case-index.ts'
import type { VectorBlock } from './vector-block.ts'

/** Share of the score against likeness to what stands above. */
const relevance = 0.7
/** Below this share of the best score a case is not lifted for being unlike: it is there for want of others. */
const leastOfBest = 0.3
/** Cosine of two cases of one maker that have nothing else in common, by the e5 model: likeness is counted from there. */
const unrelatedCosine = 0.88

type Shown = { candidate: IndexedCase; score: number }

const shares = (a: readonly string[], b: readonly string[]): boolean => a.some(one => b.includes(one))

/**
 * Likeness of two cases in [0, 1]: 1 where they are of one family, told by a shared cause, failure mode or lot; else by their prose.
 */
export function likeness(a: IndexedCase, b: IndexedCase, vectors: VectorBlock): number {
  if (shares(a.causes, b.causes) || shares(a.failureModes, b.failureModes) || shares(a.lots, b.lots)) return 1
  if (!vectors.has(a.document) || !vectors.has(b.document)) return 0
  return Math.min(1, Math.max(0, (vectors.between(a.document, b.document) - unrelatedCosine) / (1 - unrelatedCosine)))
}

/**
 * Maximal marginal relevance: one after the other the case with the largest .7·score − .3·likeness to the likest one chosen before. The first stays
 * the first. What scores far below the best is not chosen from while there is better; it follows in its order.
 *
 * @param ranked best first.
 * @see Carbonell & Goldstein 1998.
 */
export function diversify<T extends Shown>(ranked: readonly T[], vectors: VectorBlock, limit: number): T[] {
  const least = leastOfBest * (ranked[0]?.score ?? 0)
  const left = ranked.filter(({ score }) => score >= least).map(one => ({ one, likest: 0 }))
  const chosen: T[] = []
  while (chosen.length < limit && left.length > 0) {
    let best = 0
    const worth = (at: number): number => relevance * left[at]!.one.score - (1 - relevance) * left[at]!.likest
    for (let at = 1; at < left.length; at++) if (worth(at) > worth(best) + 1e-12) best = at
    const [taken] = left.splice(best, 1)
    chosen.push(taken!.one)
    for (const rest of left) rest.likest = Math.max(rest.likest, likeness(taken!.one.candidate, rest.one.candidate, vectors))
  }
  return [...chosen, ...ranked.filter(({ score }) => score < least)].slice(0, limit)
}
