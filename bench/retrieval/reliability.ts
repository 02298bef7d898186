import { mean } from '../../src/retrieval/metrics.ts'
import type { BenchProduct } from './lines.ts'
import { openSearch } from './search-line.ts'
import type { JudgedPair } from './public-pairs.ts'

const edges = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

/**
 * What share of the cases shown first is right, by their score, on all pairs judged `y` or `n`: the answer to `y` is right where it is a campaign
 * of the family, the answer to `n` is wrong where it is one (what else it shows is not judged and left out). Owners who name the recall are in.
 */
export async function measureReliability(product: BenchProduct, judged: readonly JudgedPair[], vehicleToo: boolean) {
  const search = openSearch(product)
  const shown: { score: number; isRight: boolean }[] = []
  for (const { text, make, model, modelYear, relevant, verdict } of judged) {
    if (verdict === 'u') continue
    const { items } = await search({ text, ...(vehicleToo && { vehicle: { make, model, modelYear } }), limit: 1, diverse: false })
    const [first] = items
    if (!first) continue
    const isOfFamily = relevant.has(first.caseId)
    if (verdict === 'y') shown.push({ score: first.score, isRight: isOfFamily })
    else if (isOfFamily) shown.push({ score: first.score, isRight: false })
  }
  const atLeast = (least: number) => {
    const some = shown.filter(({ score }) => score >= least)
    return { shown: some.length, right: mean(some.map(({ isRight }) => Number(isRight))) }
  }
  const bins = edges.slice(0, -1).map((from, at) => {
    const some = shown.filter(({ score }) => score >= from && (score < edges[at + 1]! || edges[at + 1] === 1))
    return { from, shown: some.length, meanScore: mean(some.map(({ score }) => score)), right: mean(some.map(({ isRight }) => Number(isRight))) }
  })
  const error = bins.reduce((sum, { shown: count, meanScore, right }) => sum + (count / Math.max(1, shown.length)) * Math.abs(meanScore - right), 0)
  return { judged: shown.length, atLeastHalf: atLeast(0.5), atLeastFourFifths: atLeast(0.8), expectedCalibrationError: error, bins }
}

/** Scores of the first case for complaints that nobody explained: how often "seen before" is said of just any complaint. */
export async function scoresOfAnyComplaint(product: BenchProduct, texts: readonly string[]) {
  const search = openSearch(product)
  const scores: number[] = []
  for (const text of texts) scores.push((await search({ text, limit: 1, diverse: false })).items[0]?.score ?? 0)
  const shareAtLeast = (least: number): number => mean(scores.map(score => Number(score >= least)))
  return { complaints: scores.length, shareAtLeastHalf: shareAtLeast(0.5), shareAtLeastFourFifths: shareAtLeast(0.8) }
}
