import type { DuplicateStore } from '../../graph/ports/duplicates.ts'
import type { DuplicateRules } from './duplicate-rules.ts'

/** Least cosine at which texts of two languages count as alike; `languages` as in `Feedback.language`. */
export type LikenessThreshold = (a: string | null, b: string | null) => number

const sampled = 500
/** So high that nothing is alike: a model nobody measured. */
const never = 1.01

const scriptOf = (language: string | null): string => (language?.startsWith('zh') ? 'zh' : language === 'mixed' ? 'mixed' : language?.startsWith('en') ? 'en' : 'other')
const pairOf = (a: string | null, b: string | null): string => [scriptOf(a), scriptOf(b)].sort().join('-')

/**
 * Thresholds from the texts that are there: below which cosine the share `percentile` of random pairs of a pair of languages stays. A pair of
 * languages with too few pairs takes the default of its model; a pair without one the highest default.
 */
export const likenessThresholds = (vectors: readonly { language: string | null; embedding: readonly number[] }[], modelId: string, rules: DuplicateRules['cosine']): LikenessThreshold => {
  const found = new Map<string, number[]>()
  for (const [at, a] of vectors.entries())
    for (const b of vectors.slice(at + 1)) {
      const pair = pairOf(a.language, b.language)
      const list = found.get(pair)
      if (list) list.push(dot(a.embedding, b.embedding))
      else found.set(pair, [dot(a.embedding, b.embedding)])
    }
  const defaults = Object.entries(rules.defaults).find(([model]) => modelId.includes(model))?.[1] ?? {}
  const highest = Math.max(...Object.values(defaults))
  const measured = new Map([...found].filter(([, list]) => list.length >= rules.fewestPairs).map(([pair, list]) => [pair, quantile(list, rules.percentile)]))
  return (a, b) => {
    const pair = pairOf(a, b)
    return measured.get(pair) ?? defaults[pair] ?? (Number.isFinite(highest) ? highest : never)
  }
}

const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

const quantile = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

/** Reads the sample once, and again after `everyMs`: what is usual changes slowly. */
export const createLikeness = ({ store, modelId, rules, now, everyMs = 3_600_000 }: {
  store: Pick<DuplicateStore, 'sampleVectors'>
  /** Null without an embedder. */
  modelId: string | null
  rules: DuplicateRules['cosine']
  now: () => number
  everyMs?: number
}): (() => Promise<LikenessThreshold>) => {
  let kept: { at: number; threshold: Promise<LikenessThreshold> } | null = null
  return () => {
    if (modelId === null) return Promise.resolve(() => never)
    if (kept === null || now() - kept.at > everyMs) {
      const threshold = store.sampleVectors(modelId, sampled).then(vectors => likenessThresholds(vectors, modelId, rules))
      // A reading that failed is tried again by the next caller.
      threshold.catch(() => (kept = null))
      kept = { at: now(), threshold }
    }
    return kept.threshold
  }
}
