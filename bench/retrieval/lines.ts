import { keywordScores } from '../../src/retrieval/bm25.ts'
import type { CaseSnapshot } from '../../src/retrieval/case-memory.ts'
import { bootstrapByFamily, familyMean, firstHit, hitAt, mean, reciprocalRank, type Interval, type Measured } from '../../src/retrieval/metrics.ts'
import { countTerms } from '../../src/retrieval/postings.ts'
import { termsOf } from '../../src/retrieval/terms.ts'
import type { WordGlossary } from '../../src/retrieval/index.ts'
import type { Product } from './product.ts'
import type { JudgedComplaint } from './public-pairs.ts'

/** What of the product the lines use. */
export type BenchProduct = Pick<Product, 'caseStore' | 'embedder' | 'linker' | 'vocabulary' | 'redact'> & { words: WordGlossary }

export const settings = ['same-model-year', 'text-only', 'vehicle-words'] as const
export type Setting = (typeof settings)[number]

/** Text that a setting hands over: with vehicle words the plain text is preceded by make, model and year, as any peer could do. */
export const queryText = (query: JudgedComplaint, setting: Setting): string =>
  setting === 'vehicle-words' ? `${query.make} ${query.model} ${query.modelYear} ${query.text}` : query.text

/** Ids of all cases, best first. */
export type Line = (query: JudgedComplaint, setting: Setting) => Promise<string[]>

/** Cases that affected the complaint's model and year: the only ones that count in `same-model-year`, for every line alike. */
export type Eligible = (query: JudgedComplaint) => ReadonlySet<string>

const byScore = (scores: ReadonlyMap<string, number>): string[] =>
  [...scores].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([caseId]) => caseId)

/** BM25 alone, on the words the product searches: no calibration, no key, no vector. */
export const bm25Line = ({ index }: CaseSnapshot): Line => async (query, setting) => {
  const scores = keywordScores(index.corpus, countTerms(termsOf(queryText(query, setting))), index.capacity)
  return Promise.resolve(byScore(new Map([...index.all()].map(({ caseId, document }) => [caseId, scores[document]!]))))
}

/** Exact cosine alone, on the vectors the product stores. */
export const vectorLine = ({ index }: CaseSnapshot, embed: (text: string) => Promise<Float32Array>): Line => async (query, setting) => {
  const vector = await embed(queryText(query, setting))
  return byScore(new Map([...index.all()].map(({ caseId, document }) => [caseId, index.vectors.cosine(document, vector)])))
}

export type LineResult = {
  hit1: number
  hit10: number
  /** Of the candidates that a later stage would be handed. */
  recall20: number
  mrr: number
  mrrFamily: number
  intervals: { hit1: Interval; mrr: Interval; mrrFamily: Interval }
  families: Record<string, { queries: number; mrr: number }>
}

export async function measureLine(
  line: Line,
  queries: readonly JudgedComplaint[],
  { setting, eligible, random }: { setting: Setting; eligible: Eligible; random: () => () => number },
): Promise<{ result: LineResult; reciprocal: Measured[] }> {
  const ranks: { family: string; rank: number | null }[] = []
  for (const query of queries) {
    const allowed = setting === 'same-model-year' ? eligible(query) : null
    const ranked = (await line(query, setting)).filter(caseId => allowed === null || allowed.has(caseId))
    ranks.push({ family: query.family, rank: firstHit(ranked, query.relevant) })
  }
  const hits = (k: number): Measured[] => ranks.map(({ family, rank }) => ({ family, value: hitAt(rank, k) }))
  const reciprocal = ranks.map(({ family, rank }) => ({ family, value: reciprocalRank(rank) }))
  const perQuery = (measured: Measured[]): number => mean(measured.map(({ value }) => value))
  return { reciprocal, result: {
    hit1: perQuery(hits(1)), hit10: perQuery(hits(10)), recall20: perQuery(hits(20)), mrr: perQuery(reciprocal), mrrFamily: familyMean(reciprocal),
    intervals: {
      hit1: bootstrapByFamily(hits(1), { statistic: 'per-query', random: random() }),
      mrr: bootstrapByFamily(reciprocal, { statistic: 'per-query', random: random() }),
      mrrFamily: bootstrapByFamily(reciprocal, { statistic: 'per-family', random: random() }),
    },
    families: Object.fromEntries([...new Set(ranks.map(({ family }) => family))].sort().map(family => {
      const own = reciprocal.filter(one => one.family === family)
      return [family, { queries: own.length, mrr: perQuery(own) }]
    })),
  } }
}

/** Mean over queries and over families' means of reciprocal ranks. */
export const summaryOf = (reciprocal: readonly Measured[]) => ({
  hit1: mean(reciprocal.map(({ value }) => Number(value === 1))), mrr: mean(reciprocal.map(({ value }) => value)), mrrFamily: familyMean(reciprocal),
})

/** How much one line is better than another, query by query, with 95 % intervals over families. */
export function pairedDifference(ours: readonly Measured[], theirs: readonly Measured[], random: () => () => number) {
  const difference = ours.map(({ family, value }, at) => ({ family, value: value - theirs[at]!.value }))
  return {
    mrr: mean(difference.map(({ value }) => value)), interval: bootstrapByFamily(difference, { statistic: 'per-query', random: random() }),
    mrrFamily: familyMean(difference), intervalFamily: bootstrapByFamily(difference, { statistic: 'per-family', random: random() }),
  }
}
