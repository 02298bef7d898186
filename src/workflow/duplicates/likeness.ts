import type { DuplicateStore } from '../../graph/ports/duplicates.ts'
import type { DuplicateRules } from './duplicate-rules.ts'

/**
 * How unusual a similarity of two texts is: the share in [0, 1] of random pairs of texts of the same two languages that are less alike. The same cosine
 * is usual between two Chinese texts and rare between a Chinese and an English one. `a` and `b` are languages as in `Feedback.language`.
 */
export type Likeness = (a: string | null, b: string | null, cosine: number) => number

const sampled = 500

const scriptOf = (language: string | null): string => (language?.startsWith('zh') ? 'zh' : language === 'mixed' ? 'mixed' : 'en')
const pairOf = (a: string | null, b: string | null): string => [scriptOf(a), scriptOf(b)].sort().join('-')

/** Learns from the texts that are there; a pair of languages with too few pairs takes the defaults of its model, a model without any knows nothing (0). */
export const learnLikeness = (vectors: readonly { language: string | null; embedding: readonly number[] }[], modelId: string, rules: DuplicateRules['cosine']): Likeness => {
  const found = new Map<string, number[]>()
  for (const [at, a] of vectors.entries())
    for (const b of vectors.slice(at + 1)) {
      const pair = pairOf(a.language, b.language)
      const list = found.get(pair)
      if (list) list.push(dot(a.embedding, b.embedding))
      else found.set(pair, [dot(a.embedding, b.embedding)])
    }
  const curves = new Map(Object.entries(Object.entries(rules.defaults).find(([model]) => modelId.includes(model))?.[1] ?? {}))
  for (const [pair, list] of found) if (list.length >= rules.fewestPairs) curves.set(pair, quantiles(list, rules.shares))
  return (a, b, cosine) => shareBelow(curves.get(pairOf(a, b)) ?? [], rules.shares, cosine)
}

const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

const quantiles = (values: readonly number[], shares: readonly number[]): number[] => {
  const sorted = Float64Array.from(values).sort()
  return shares.map(share => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!)
}

/** Between two known similarities on the line between them; below the first from 0 at a cosine .1 lower, above the last it is 1. */
const shareBelow = (curve: readonly number[], shares: readonly number[], cosine: number): number => {
  const next = curve.findIndex(value => cosine < value)
  if (curve.length === 0) return 0
  if (next < 0) return 1
  const [lowCosine, lowShare] = next === 0 ? [curve[0]! - 0.1, 0] : [curve[next - 1]!, shares[next - 1]!]
  const part = (cosine - lowCosine) / (curve[next]! - lowCosine)
  return Math.max(0, lowShare + part * (shares[next]! - lowShare))
}

type Sampled = Awaited<ReturnType<DuplicateStore['sampleVectors']>>

/** The model of most of the vectors; null where there are none. */
const modelOf = (vectors: Sampled): string | null => {
  const counts = new Map<string, number>()
  for (const { embeddingModel } of vectors) counts.set(embeddingModel, (counts.get(embeddingModel) ?? 0) + 1)
  return [...counts].sort(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1))[0]?.[0] ?? null
}

/**
 * Reads the sample once, and again after `everyMs`: what is usual changes slowly. A process without a model of its own judges the vectors that others
 * stored as they would.
 */
export const createLearnLikeness = ({ store, modelId, rules, now, everyMs = 3_600_000 }: {
  store: Pick<DuplicateStore, 'sampleVectors'>
  /** Null without an embedder. */
  modelId: string | null
  rules: DuplicateRules['cosine']
  now: () => number
  everyMs?: number
}): (() => Promise<Likeness>) => {
  const learn = async (): Promise<Likeness> => {
    const vectors = await store.sampleVectors(modelId, sampled)
    const model = modelId ?? modelOf(vectors)
    return model === null ? () => 0 : learnLikeness(vectors.filter(({ embeddingModel }) => embeddingModel === model), model, rules)
  }
  let kept: { at: number; likeness: Promise<Likeness> } | null = null
  return () => {
    if (kept === null || now() - kept.at > everyMs) {
      const likeness = learn()
      // A reading that failed is tried again by the next caller.
      likeness.catch(() => (kept = null))
      kept = { at: now(), likeness }
    }
    return kept.likeness
  }
}
