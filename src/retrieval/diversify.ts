import type { IndexedCase } from './case-index.ts'
import type { VectorBlock } from './vector-block.ts'

/** Share of the score against likeness to what stands above. */
const relevance = 0.7
/** Below this share of the best score a case is not lifted for being unlike: it is there for want of others. */
const leastOfBest = 0.3
/** Cosine of two cases of one maker that have nothing else in common, by the e5 model: likeness is counted from there. */
const unrelatedCosine = 0.88

type Shown = { candidate: IndexedCase }

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
 * @param options.scoreOf the score that is weighed against likeness: how cases stand to each other, whatever can be believed of all of them.
 * @see Carbonell & Goldstein 1998.
 */
export function diversify<T extends Shown>(ranked: readonly T[], vectors: VectorBlock, { limit, scoreOf }: { limit: number; scoreOf: (one: T) => number }): T[] {
  const scored = ranked.map(one => ({ one, score: scoreOf(one), likest: 0 }))
  const least = leastOfBest * (scored[0]?.score ?? 0)
  const left = scored.filter(({ score }) => score >= least)
  const chosen: T[] = []
  while (chosen.length < limit && left.length > 0) {
    let best = 0
    const worth = (at: number): number => relevance * left[at]!.score - (1 - relevance) * left[at]!.likest
    for (let at = 1; at < left.length; at++) if (worth(at) > worth(best) + 1e-12) best = at
    const [taken] = left.splice(best, 1)
    chosen.push(taken!.one)
    for (const rest of left) rest.likest = Math.max(rest.likest, likeness(taken!.one.candidate, rest.one.candidate, vectors))
  }
  return [...chosen, ...scored.filter(({ score }) => score < least).map(({ one }) => one)].slice(0, limit)
}
