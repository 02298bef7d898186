import { termsOf } from '../../retrieval/terms.ts'

/** Weights of terms by number, of length one; empty where a text holds no term. */
export type SparseVector = ReadonlyMap<number, number>

export type TermWeights = {
  /** TF-IDF of a text over the clauses given; terms that none of them holds are left out. */
  vectorOf: (text: string) => SparseVector
}

export const normalised = (weights: ReadonlyMap<number, number>): Map<number, number> => {
  const length = Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0))
  return length === 0 ? new Map<number, number>() : new Map([...weights].map(([term, weight]) => [term, weight / length]))
}

export const cosineOf = (a: SparseVector, b: SparseVector): number => {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0)
  return sum
}

/** Chinese in pairs of characters; English words and, so that a mistyped one still resembles, their beginnings of four letters. */
const featuresOf = (text: string): string[] => termsOf(text).flatMap(term => (/^[a-z]{6,}$/.test(term) ? [term, `${term.slice(0, 4)}…`] : [term]))

/**
 * Weighs terms by how rare they are: log tf · ln(1 + N / df).
 *
 * @param corpus texts that give the frequencies: the clauses, and the forms they are held against.
 */
export function createTermWeights(corpus: readonly string[]): TermWeights {
  const numbers = new Map<string, number>()
  const frequency: number[] = []
  for (const text of corpus)
    for (const feature of new Set(featuresOf(text))) {
      const known = numbers.get(feature)
      if (known === undefined) numbers.set(feature, frequency.push(1) - 1)
      else frequency[known]! += 1
    }
  return {
    vectorOf(text) {
      const counts = new Map<number, number>()
      for (const feature of featuresOf(text)) {
        const term = numbers.get(feature)
        if (term !== undefined) counts.set(term, (counts.get(term) ?? 0) + 1)
      }
      return normalised(new Map([...counts].map(([term, count]) => [term, (1 + Math.log(count)) * Math.log(1 + corpus.length / frequency[term]!)])))
    },
  }
}
