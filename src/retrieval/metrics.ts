/** Rank from 1 of the first relevant id in a list, best first; null where there is none. */
export function firstHit(ranked: readonly string[], relevant: ReadonlySet<string>): number | null {
  const at = ranked.findIndex(id => relevant.has(id))
  return at < 0 ? null : at + 1
}

/** 1 when the first relevant id stands among the first `k`, else 0. */
export const hitAt = (rank: number | null, k: number): number => (rank !== null && rank <= k ? 1 : 0)

export const reciprocalRank = (rank: number | null): number => (rank === null ? 0 : 1 / rank)

/**
 * Normalised discounted cumulative gain of binary relevance: Σ 1/log2(1 + rank) over relevant ids in the first `k`, over its best value.
 *
 * @returns 0 where nothing is relevant.
 * @see Järvelin & Kekäläinen 2002.
 */
export function ndcgAt(ranked: readonly string[], relevant: ReadonlySet<string>, k: number): number {
  const gain = (rank: number): number => 1 / Math.log2(1 + rank)
  const found = ranked.slice(0, k).reduce((sum, id, at) => sum + (relevant.has(id) ? gain(at + 1) : 0), 0)
  const best = Array.from({ length: Math.min(k, relevant.size) }, (_, at) => gain(at + 1)).reduce((sum, one) => sum + one, 0)
  return best === 0 ? 0 : found / best
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** A measured value of one query, with the group of queries that ask for the same answer. */
export type Measured = { family: string; value: number }

const byFamily = (measured: readonly Measured[]): number[][] => [
  ...measured.reduce((groups, { family, value }) => groups.set(family, [...(groups.get(family) ?? []), value]), new Map<string, number[]>()).values(),
]

/** Mean of the families' means: a family with many queries counts like one with a single query. */
export const familyMean = (measured: readonly Measured[]): number => mean(byFamily(measured).map(mean))

export type Interval = [low: number, high: number]

/**
 * Percentile bootstrap over families, not queries: queries of one family rise and fall together.
 *
 * @param options.statistic of the drawn families' values; the mean over queries, or the mean of family means.
 * @param options.random in [0, 1), seeded, so that a result can be repeated.
 * @returns the 2.5th and 97.5th percentile.
 */
export function bootstrapByFamily(
  measured: readonly Measured[],
  { statistic, draws = 2_000, random }: { statistic: 'per-query' | 'per-family'; draws?: number; random: () => number },
): Interval {
  const families = byFamily(measured)
  const once = (): number => {
    const drawn = families.map(() => families[Math.floor(random() * families.length)]!)
    return statistic === 'per-query' ? mean(drawn.flat()) : mean(drawn.map(mean))
  }
  const values = Array.from({ length: draws }, once).sort((a, b) => a - b)
  const at = (share: number): number => values[Math.min(draws - 1, Math.floor(share * draws))] ?? 0
  return [at(0.025), at(0.975)]
}

/** Value below which a share of the values lies, 0.5 for the median; nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
