import { keywordScores } from '../../src/retrieval/bm25.ts'
import { plainUsual, zScore, type Usual } from '../../src/retrieval/calibration.ts'
import type { CaseSnapshot } from '../../src/retrieval/case-memory.ts'
import { countTerms } from '../../src/retrieval/postings.ts'
import { termsOf } from '../../src/retrieval/terms.ts'
import { queryText, type Line } from './lines.ts'

type Scores = Map<string, { keyword: number; vector: number }>
type Embed = (text: string) => Promise<Float32Array>

const rawScores = ({ index }: CaseSnapshot, text: string, vector: Float32Array): Scores => {
  const keyword = keywordScores(index.corpus, countTerms(termsOf(text)), index.capacity)
  return new Map([...index.all()].map(({ caseId, document }) => [caseId, { keyword: keyword[document]!, vector: index.vectors.cosine(document, vector) }]))
}

const ranked = (scores: Scores, value: (caseId: string, one: { keyword: number; vector: number }) => number): string[] =>
  [...scores].map(([caseId, one]) => [caseId, value(caseId, one)] as const).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([caseId]) => caseId)

const share = (value: number, values: readonly number[]): number => {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return high > low ? (value - low) / (high - low) : 0
}

/** Peer: BM25 (stop words, stems) and e5, each list brought to [0, 1] per query, mixed; `weight` is the vector's. */
export const mixedLine = (snapshot: CaseSnapshot, embed: Embed, weight: number): Line => async (query, setting) => {
  const text = queryText(query, setting)
  const scores = rawScores(snapshot, text, await embed(text))
  const [keywords, vectors] = (['keyword', 'vector'] as const).map(channel => [...scores.values()].map(one => one[channel]))
  return ranked(scores, (_, { keyword, vector }) => (1 - weight) * share(keyword, keywords!) + weight * share(vector, vectors!))
}

/** Peer: the same, each list as plain z-scores per case on unlabelled complaints; nothing leans on anything. */
export function zScoredLine(snapshot: CaseSnapshot, embed: Embed, { weight, background }: { weight: number; background: readonly { text: string; embedding: number[] | null }[] }): Line {
  const measured = background.filter(({ embedding }) => embedding !== null).map(({ text, embedding }) => rawScores(snapshot, text, Float32Array.from(embedding!)))
  const usualOf = (channel: 'keyword' | 'vector') =>
    new Map<string, Usual>([...snapshot.index.all()].map(({ caseId }) => [caseId, plainUsual(measured.map(scores => scores.get(caseId)![channel]))]))
  const usual = { keyword: usualOf('keyword'), vector: usualOf('vector') }
  return async (query, setting) => {
    const text = queryText(query, setting)
    return ranked(rawScores(snapshot, text, await embed(text)), (caseId, { keyword, vector }) =>
      (1 - weight) * zScore(keyword, usual.keyword.get(caseId)!) + weight * zScore(vector, usual.vector.get(caseId)!))
  }
}
